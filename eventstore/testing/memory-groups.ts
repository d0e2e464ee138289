import {
  type ConsumeOptions,
  type Delivery,
  type EventLog,
  type Group,
  isOfGroup,
  type ParkedEvent,
  type PlacedEvent,
  RETRIES_MAX,
  type Refusal,
  START,
} from '../log.js';

type Loan = { event: PlacedEvent; retries: number };
type Consumer = { inFlight: number; loans: Set<Loan>; arrived: Delivery[]; wake(): void };
type State = {
  group: Group;
  /** How many events of the log it has looked at. */
  seen: number;
  /** Not on loan and not settled, in the order in which they will be given. */
  waiting: Loan[];
  consumers: Set<Consumer>;
  pins: Map<string, Consumer>;
  parked: ParkedEvent[];
};

type Groups = Pick<EventLog, 'consume' | 'groupStatus' | 'parked' | 'replayParked'> & { news(): void };

const LOOK_AHEAD = 500;

/** The groups of a log that is an array; `news` is to be called whenever it has grown. */
export function memoryGroups(events: readonly PlacedEvent[]): Groups {
  const groups = new Map<string, State>();
  const stateOf = (group: Group): State => {
    const { name } = group;
    const empty = { group, seen: 0, waiting: [], consumers: new Set<Consumer>(), parked: [] };
    const state = groups.get(name) ?? { ...empty, pins: new Map<string, Consumer>() };
    groups.set(name, state);
    return state;
  };
  return {
    consume: (group, options) => consume(() => stateOf(group), events, options),
    async groupStatus({ name }) {
      const state = groups.get(name);
      if (!state) return null;
      const open = [...[...state.consumers].flatMap(({ loans }) => [...loans]), ...state.waiting];
      const unsettled = Math.min(...open.map(({ event }) => event.position));
      return {
        name,
        position: open.length > 0 ? unsettled - 1 : (events[state.seen - 1]?.position ?? START),
        inFlight: open.length,
        parked: state.parked.length,
        consumers: state.consumers.size,
      };
    },
    async *parked({ name }, max = Number.POSITIVE_INFINITY) {
      yield* structuredClone(groups.get(name)?.parked.slice(0, max) ?? []);
    },
    async replayParked({ name }) {
      const state = groups.get(name);
      const parked = state?.parked.splice(0) ?? [];
      if (state)
        giveBack(
          state,
          events,
          parked.map(({ event }) => ({ event, retries: 0 })),
        );
      return parked.length;
    },
    news() {
      for (const state of groups.values()) deal(state, events);
    },
  };
}

async function* consume(
  join: () => State,
  events: readonly PlacedEvent[],
  { signal, inFlight = 100 }: ConsumeOptions,
): AsyncGenerator<Delivery[]> {
  if (signal.aborted) return;
  const state = join();
  const consumer: Consumer = { inFlight, loans: new Set(), arrived: [], wake: () => {} };
  const onAbort = () => consumer.wake();
  signal.addEventListener('abort', onAbort);
  state.consumers.add(consumer);
  deal(state, events);
  try {
    while (!signal.aborted) {
      if (consumer.arrived.length > 0) yield consumer.arrived.splice(0);
      else await new Promise<void>((resolve) => (consumer.wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    state.consumers.delete(consumer);
    for (const [stream, pinned] of state.pins) if (pinned === consumer) state.pins.delete(stream);
    const returned = [...consumer.loans].map(({ event, retries }) => ({ event, retries: retries + 1 }));
    consumer.loans.clear();
    giveBack(state, events, returned);
  }
}

function giveBack(state: State, events: readonly PlacedEvent[], loans: Loan[]): void {
  state.waiting = [...loans, ...state.waiting].sort((a, b) => a.event.position - b.event.position);
  deal(state, events);
}

/** Gives what waits to those who have room, and looks further in the log while somebody has. */
function deal(state: State, events: readonly PlacedEvent[]): void {
  if (state.consumers.size === 0) return;
  for (let gave = true; gave; ) {
    while (state.waiting.length < LOOK_AHEAD && state.seen < events.length) {
      const event = events[state.seen++]!;
      if (isOfGroup(state.group, event)) state.waiting.push({ event, retries: 0 });
    }
    const before = state.waiting.length;
    state.waiting = state.waiting.filter((loan) => !give(state, events, loan));
    gave = state.waiting.length < before;
  }
}

function give(state: State, events: readonly PlacedEvent[], loan: Loan): boolean {
  const { stream } = loan.event;
  const idlest = [...state.consumers].sort((a, b) => a.loans.size - b.loans.size)[0]!;
  const consumer = state.pins.get(stream) ?? idlest;
  if (consumer.loans.size >= consumer.inFlight) return false;
  state.pins.set(stream, consumer);
  consumer.loans.add(loan);
  const settle = (then: () => void) => {
    // What is no longer on loan to this consumer has been settled, or is given again already.
    if (!consumer.loans.delete(loan)) return;
    then();
    deal(state, events);
  };
  consumer.arrived.push({
    event: structuredClone(loan.event),
    retries: loan.retries,
    ack: () => settle(() => {}),
    nack: (how, reason) => settle(() => refuse(state, loan, { how, reason })),
  });
  consumer.wake();
  return true;
}

type Reasoned = { how: Refusal; reason: string };

function refuse(state: State, { event, retries }: Loan, { how, reason }: Reasoned): void {
  if (how === 'skip') return;
  if (how === 'retry' && retries < RETRIES_MAX) state.waiting.unshift({ event, retries: retries + 1 });
  else state.parked.push({ event, reason, parkedAt: new Date().toISOString() });
}
