import type { Resolved } from '../engine/links.js';
import { type Entry, entryOf, type Seat } from './entry.js';
import { type Lines, linesOf } from './lines.js';
import { type Mark, type Progress, progressFrom } from './progress.js';
import { type Sent, sentBy } from './sent.js';
import type { GroupSettings } from './settings.js';
import type { Strategy } from './strategies.js';

export type NackAction = 'unknown' | 'park' | 'retry' | 'skip' | 'stop';

/**
 * The state of one group: what waits, what is with whom, what is settled. It knows neither clock, log nor wire;
 * what it holds is bounded by the buffers of its settings and of its consumers.
 */
export type Group = {
  join(seat: Seat): void;
  /** What a consumer leaves behind is delivered to others. */
  leave(seat: Seat): void;
  /** Whether another batch of new events may be taken, or of replayed ones. */
  hasRoom(batch: number): boolean;
  hasRoomToReplay(batch: number): boolean;
  /** The next event of what the group consumes, or of what it has parked. */
  take(event: Resolved, position: number): void;
  replay(event: Resolved, revision: number): void;
  /** The next event is not for this group; the next parked one leads nowhere any more. */
  pass(position: number, counted: boolean): void;
  passParked(revision: number): void;
  /** What has been waiting for a second delivery may be settled too: the first consumer was late, not wrong. */
  ack(ids: string[]): void;
  nack(ids: string[], action: NackAction, reason: string): void;
  /** What was delivered too long ago is delivered again, or parked. */
  expire(now: number): void;
  /** What `park` was called with is parked; or not, and goes on as before. */
  parked(entry: Entry, done: boolean): void;
  /** Sends what can be sent. */
  dispatch(now: number): void;
  /** Everything up to here is settled, of the events and of the parked ones. */
  mark(): Mark;
  replayedMark(): Mark;
  counts(): Counts;
};

export type Counts = {
  fresh: number;
  again: number;
  outstanding: number;
  delivered: number;
  replaying: number;
};

export type GroupOptions = {
  settings: Pick<GroupSettings, 'messageTimeout' | 'maxRetryCount' | 'historyBufferSize'>;
  strategy: Strategy;
  /** Everything up to here is settled already. */
  after: number;
  parkedAfter: number;
  /** To be answered with `parked`. */
  park(entry: Entry, reason: string): void;
};

type State = GroupOptions & { progress: Progress; replayed: Progress; lines: Lines; sent: Sent };

export function groupOf(options: GroupOptions): Group {
  const { settings, strategy } = options;
  const progress = progressFrom(options.after);
  const replayed = progressFrom(options.parkedAfter);
  const lines = linesOf();
  const sent = sentBy(strategy);
  const state: State = { ...options, progress, replayed, lines, sent };
  return {
    join: (seat) => strategy.join(seat),
    leave(seat) {
      strategy.leave(seat);
      for (const entry of sent.with(seat)) again(state, entry);
    },
    hasRoom: (batch) => settings.historyBufferSize - lines.counts().all > batch,
    hasRoomToReplay: (batch) => lines.counts().replays < batch,
    take: (event, position) => lines.fresh(entryOf(event, progress.begin(position))),
    replay: (event, revision) => lines.replay(entryOf(event, replayed.begin(revision), true)),
    pass: (position, counted) => progress.pass(position, counted),
    passParked: (revision) => replayed.pass(revision, true),
    ack: (ids) => each(state, ids, (entry) => settle(state, entry)),
    nack: (ids, action, reason) => each(state, ids, (entry) => deny(state, entry, { action, reason })),
    expire(now) {
      for (const entry of sent.before(now - settings.messageTimeout)) againOrPark(state, entry);
    },
    parked(entry, done) {
      if (done) settle(state, entry);
      else wait(state, entry);
    },
    dispatch: (now) =>
      lines.drain((entry) => {
        const choice = sent.send(entry, now);
        if (typeof choice === 'string') return choice;
        lines.forget(entry);
        return 'gone';
      }),
    mark: () => progress.mark(),
    replayedMark: () => replayed.mark(),
    counts: () => countsOf(state),
  };
}

function each({ sent, lines }: State, ids: string[], fate: (entry: Entry) => void): void {
  for (const id of ids) {
    const entry = sent.get(id) ?? lines.waitingAgain(id);
    if (entry !== undefined) fate(entry);
  }
}

function settle({ sent, lines, replayed, progress }: State, entry: Entry): void {
  sent.release(entry);
  lines.forget(entry);
  entry.state = 'settled';
  (entry.replayed ? replayed : progress).settle(entry.number);
}

function wait({ lines }: State, entry: Entry): void {
  entry.state = 'waiting';
  lines.again(entry);
}

function again(state: State, entry: Entry): void {
  state.sent.release(entry);
  entry.retries++;
  wait(state, entry);
}

function park({ sent, lines, park }: State, entry: Entry, reason: string): void {
  sent.release(entry);
  lines.forget(entry);
  entry.state = 'parking';
  park(entry, reason);
}

function againOrPark(state: State, entry: Entry): void {
  const { maxRetryCount } = state.settings;
  if (entry.retries < maxRetryCount) again(state, entry);
  else park(state, entry, `Reached retry count of ${maxRetryCount}`);
}

function deny(state: State, entry: Entry, { action, reason }: { action: NackAction; reason: string }): void {
  if (action === 'park') park(state, entry, `Client explicitly NAK'ed message.\n${reason}`);
  else if (action === 'skip' || action === 'stop') settle(state, entry);
  // What waits to be sent again is denied already.
  else if (entry.state === 'sent') againOrPark(state, entry);
}

function countsOf({ lines, sent, replayed }: State): Counts {
  const { fresh, again, replays } = lines.counts();
  return {
    fresh,
    again: again + replays,
    outstanding: sent.size,
    delivered: sent.total,
    replaying: replayed.unsettled,
  };
}
