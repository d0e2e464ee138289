import type { Engine } from '../engine/engine.js';
import { type Checkpoints, checkpointsBy } from './checkpoints.js';
import type { Entry } from './entry.js';
import { groupOf, type NackAction } from './group.js';
import { type Latest, latestOnly } from './latest.js';
import { type Consumer, type Members, membersOf } from './members.js';
import type { Mark } from './progress.js';
import { type Reading, turn } from './reading.js';
import { replayOf } from './replay.js';
import type { GroupKey, GroupSettings } from './settings.js';
import { sourceFor } from './source.js';
import { parkedRange, readCheckpoint, writeCheckpoint, writeParked } from './state-streams.js';
import { type GroupInfo, statisticsOf } from './statistics.js';
import { strategyOf } from './strategies.js';

/** A group at work: it reads the log, delivers, and writes down how far it is. */
export type Runner = {
  key: GroupKey;
  settings: GroupSettings;
  readonly isFull: boolean;
  join(consumer: Consumer): void;
  leave(consumer: Consumer): void;
  ack(ids: string[]): void;
  nack(ids: string[], action: NackAction, reason: string): void;
  replayParked(stopAt?: number): void;
  /** There may be something to do. */
  wake(): void;
  /** Once a second or so: what takes time. */
  tick(): void;
  info(): GroupInfo;
  /** Lets go of its consumers and, to `keep` where it is, writes that down. Nothing is under way afterwards. */
  close(keep: boolean): Promise<void>;
};

/** `after` is the place of the last event that is not for the group, where it has no checkpoint. */
export type RunnerOptions = { key: GroupKey; settings: GroupSettings; after: number; now: () => number };

type State = Reading & {
  members: Members;
  checkpoints: Checkpoints;
  /** The place last written down. */
  checkpoint?: number;
  writing: Latest<Mark>;
  parking: Set<Promise<void>>;
  awake: boolean;
  ended: boolean;
  faulted: boolean;
};

export function runnerOf(engine: Engine, options: RunnerOptions): Runner {
  const state = stateOf(engine, options);
  const { key, settings, now, group, members, replay } = state;
  const statistics = statisticsOf(now);
  wake(state);
  return {
    key,
    settings,
    get isFull() {
      return settings.maxSubscriberCount > 0 && members.size >= settings.maxSubscriberCount;
    },
    join(consumer) {
      if (state.faulted || state.ended) return consumer.drop();
      group.join(members.seat(consumer));
      wake(state);
    },
    leave(consumer) {
      const seat = members.unseat(consumer);
      if (seat !== undefined) group.leave(seat);
      wake(state);
    },
    ack(ids) {
      if (state.ended) return;
      group.ack(ids);
      wake(state);
    },
    nack(ids, action, reason) {
      if (state.ended) return;
      group.nack(ids, action, reason);
      wake(state);
    },
    replayParked(stopAt) {
      replay.start(stopAt);
      wake(state);
    },
    wake: () => wake(state),
    tick: () => tick(state),
    info: () => statistics.info(state, members),
    close: (keep) => close(state, keep),
  };
}

function stateOf(engine: Engine, options: RunnerOptions): State {
  const { key, settings, now } = options;
  const members = membersOf(settings);
  const checkpoint = readCheckpoint(engine, key);
  const at = checkpoint ?? options.after;
  const group = groupOf({
    settings,
    strategy: members.timed(strategyOf(settings.strategy), now),
    after: at,
    parkedAfter: parkedRange(engine, key).first - 1,
    park: (entry, reason) => park(state, entry, reason),
  });
  const state: State = {
    engine,
    key,
    settings,
    now,
    source: sourceFor(engine, key, settings),
    group,
    replay: replayOf(engine, key, group),
    at,
    live: false,
    liveCount: 0,
    members,
    checkpoints: checkpointsBy(settings),
    checkpoint,
    writing: latestOnly(
      (mark: Mark) => writeCheckpoint(engine, key, mark.position),
      () => wake(state),
    ),
    parking: new Set(),
    awake: false,
    ended: false,
    faulted: false,
  };
  return state;
}

function wake(state: State): void {
  if (state.awake || state.faulted || state.ended) return;
  state.awake = true;
  setImmediate(work, state);
}

function work(state: State): void {
  state.awake = false;
  guarded(state, () => {
    const more = turn(state);
    writeIfDue(state, false);
    state.replay.truncate(false);
    if (more) wake(state);
  });
}

function tick(state: State): void {
  guarded(state, () => {
    state.group.expire(state.now());
    writeIfDue(state, true);
    state.replay.truncate(true);
    wake(state);
  });
}

/** What cannot be read cannot be delivered: those who wait for it are let go, as by the real server. */
function guarded(state: State, what: () => void): void {
  if (state.faulted || state.ended) return;
  try {
    what();
  } catch {
    state.faulted = true;
    dropAll(state);
  }
}

function dropAll({ members }: State): void {
  for (const seat of members.all()) seat.drop();
}

function writeIfDue(state: State, tick: boolean): void {
  const mark = state.group.mark();
  if (state.writing.busy || !state.checkpoints.due(mark, { now: state.now(), tick })) return;
  state.checkpoints.written(mark, state.now());
  writeDown(state, mark);
}

function writeDown(state: State, mark: Mark): void {
  state.checkpoint = mark.position;
  state.writing.put(mark);
}

function park(state: State, entry: Entry, reason: string): void {
  const { engine, key, group, parking } = state;
  const done = writeParked(engine, key, { ...entry, reason })
    .then(
      () => true,
      () => false,
    )
    .then((ok) => {
      parking.delete(done);
      group.parked(entry, ok);
      wake(state);
    });
  parking.add(done);
}

async function close(state: State, keep: boolean): Promise<void> {
  if (state.ended) return;
  state.ended = true;
  dropAll(state);
  const { group, replay, writing } = state;
  if (!keep) writing.forget();
  // Nothing may be under way afterwards: it would bring back streams that are deleted.
  await Promise.all(state.parking);
  const mark = group.mark();
  if (keep && mark.count > 0 && mark.position !== state.checkpoint) writeDown(state, mark);
  if (keep) replay.truncate(true);
  await Promise.all([writing.idle(), replay.idle()]);
}
