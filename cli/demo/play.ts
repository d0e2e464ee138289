import { setTimeout as sleep } from 'node:timers/promises';
import { type CompanionAction, connect } from '../../sdk/index.js';
import type { ImportedEvent, ImportedMatch, ImportedPlayer } from '../imports/index.js';

/** A player of the match with a place in the engine. */
export type Seat = { player: ImportedPlayer; token: () => Promise<string> };

export type PlayOptions = {
  match: ImportedMatch;
  seats: readonly Seat[];
  url: string;
  /** How many times faster than it was played. */
  speed: number;
  /** Resolves when no more answers are to be waited for than those on their way. */
  answered(): Promise<void>;
  onEvent(player: ImportedPlayer, event: ImportedEvent): void;
  onAction(player: ImportedPlayer, action: CompanionAction): void;
};

export type Played = {
  events: number;
  actions: CompanionAction[];
  /** Milliseconds from sending an event to its action, one an action. */
  latencies: number[];
};

/** No pause of the match is longer than this on the screen. */
const LONGEST_PAUSE_MS = 3_000;
/** When nothing has come for so long after the companions have answered everything, nothing more will. */
const QUIET_MS = 700;

/** Streams a match through the gateway with the SDK, one connection a player, in the match's own order. */
export async function play(options: PlayOptions): Promise<Played> {
  const played: Played = { events: 0, actions: [], latencies: [] };
  const sentAt = new Map<string, number>();
  let heardAt = performance.now();
  const companions = new Map(
    options.seats.map(({ player, token }) => {
      const companion = connect({ url: options.url, token });
      companion.onAction((action, { seenAt }) => {
        heardAt = seenAt;
        const sent = sentAt.get(action.causedBy);
        if (sent !== undefined) played.latencies.push(seenAt - sent);
        played.actions.push(action);
        options.onAction(player, action);
      });
      return [player, companion] as const;
    }),
  );
  let before: number | null = null;
  const acks: Promise<unknown>[] = [];
  for (const { player, event } of inOrder(options.seats)) {
    const at = Date.parse(event.at);
    if (before !== null) await pause((at - before) / options.speed);
    before = at;
    options.onEvent(player, event);
    sentAt.set(event.id, performance.now());
    acks.push(send(companions.get(player)!, event));
  }
  played.events = (await Promise.all(acks)).length;
  await options.answered();
  heardAt = Math.max(heardAt, performance.now());
  while (performance.now() - heardAt < QUIET_MS) await sleep(50);
  await Promise.all([...companions.values()].map((companion) => companion.close()));
  return played;
}

function send(companion: ReturnType<typeof connect>, event: ImportedEvent): Promise<unknown> {
  if (event.kind === 'chat') return companion.chat(event.text, { id: event.id });
  const { id, type, at, data, context } = event;
  return companion.send({ type, at, data, context }, { id });
}

function inOrder(seats: readonly Seat[]): { player: ImportedPlayer; event: ImportedEvent }[] {
  const all = seats.flatMap(({ player }) => player.events.map((event) => ({ player, event })));
  return all.sort((a, b) => (a.event.at < b.event.at ? -1 : a.event.at > b.event.at ? 1 : 0));
}

async function pause(ms: number): Promise<void> {
  if (ms >= 1) await sleep(Math.min(ms, LONGEST_PAUSE_MS));
}
