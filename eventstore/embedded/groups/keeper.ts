import type { Engine } from '../engine/engine.js';
import { type ConfiguredGroup, loadGroups, saveGroups } from './config.js';
import { type Runner, runnerOf } from './runner.js';
import {
  type GroupKey,
  type GroupSettings,
  keyOf,
  problemOf,
  problemOfBuffers,
  problemOfName,
} from './settings.js';
import { sourceFor } from './source.js';
import { deleteStateStreams, isNameable } from './state-streams.js';
import type { GroupInfo } from './statistics.js';

export type GroupErrorKind = 'exists' | 'missing' | 'full' | 'failed';

/** Why something cannot be done with a group; `message` is the real server's reason. */
export class GroupError extends Error {
  override readonly name = 'GroupError';
  constructor(
    readonly kind: GroupErrorKind,
    readonly key: GroupKey,
    message = '',
  ) {
    super(message);
  }
}

/** All groups of a log. What is changed is kept in the log when it resolves. @throws GroupError */
export type Keeper = {
  create(key: GroupKey, settings: GroupSettings, user: string): Promise<void>;
  /** Its consumers are let go; it goes on where it was, with its filter. */
  update(key: GroupKey, settings: GroupSettings, user: string): Promise<void>;
  delete(key: GroupKey, user: string): Promise<void>;
  /** The group, for one more consumer. */
  connect(key: GroupKey): Promise<Runner>;
  info(key: GroupKey): Promise<GroupInfo>;
  /** Those of one stream, or all. */
  list(stream?: string): Promise<GroupInfo[]>;
  replayParked(key: GroupKey, stopAt?: number): Promise<void>;
  restart(): Promise<void>;
  /** Lets go of all consumers; how far each group is, is in the log when it resolves. */
  close(): Promise<void>;
};

/** How often time is looked at, as the real server does. */
const TICK_MS = 1000;

type Kept = ConfiguredGroup & { runner: Runner };
type State = {
  engine: Engine;
  now: () => number;
  groups: Map<string, Kept>;
  /** Streams that ever had a group. */
  streams: Set<string>;
  /** One change after the other; everything else waits until there is none under way. */
  changing: Promise<unknown>;
};

export function keeperOf(engine: Engine, now = () => Math.floor(performance.now())): Keeper {
  const state: State = { engine, now, groups: new Map(), streams: new Set(), changing: Promise.resolve() };
  load(state);
  const each = (what: (runner: Runner) => void) => () => {
    for (const { runner } of state.groups.values()) what(runner);
  };
  const dismiss = engine.onCommit(each((runner) => runner.wake()));
  const timer = setInterval(
    each((runner) => runner.tick()),
    TICK_MS,
  );
  timer.unref();
  return {
    create: (key, settings, user) => change(state, () => create(state, { ...key, settings }, user)),
    update: (key, settings, user) => change(state, () => update(state, { ...key, settings }, user)),
    delete: (key, user) => change(state, () => remove(state, key, user)),
    connect: (key) => settled(state, () => roomIn(find(state, key).runner)),
    info: (key) => settled(state, () => find(state, key).runner.info()),
    list: (stream) => settled(state, () => list(state, stream)),
    replayParked: (key, stopAt) => settled(state, () => find(state, key).runner.replayParked(stopAt)),
    restart: () => change(state, () => restart(state)),
    close() {
      dismiss();
      clearInterval(timer);
      return closeAll(state);
    },
  };
}

function change<T>(state: State, what: () => Promise<T>): Promise<T> {
  const done = state.changing.then(what);
  state.changing = done.catch(() => {});
  return done;
}

const settled = async <T>(state: State, what: () => T): Promise<T> => {
  await state.changing;
  return what();
};

function find({ groups }: State, key: GroupKey): Kept {
  const kept = groups.get(keyOf(key));
  if (kept === undefined) throw new GroupError('missing', key, `Group '${key.group}' does not exist.`);
  return kept;
}

function roomIn(runner: Runner): Runner {
  if (runner.isFull) throw new GroupError('full', runner.key);
  return runner;
}

function list(state: State, stream?: string): GroupInfo[] {
  if (stream !== undefined && !state.streams.has(stream))
    throw new GroupError('missing', { stream, group: '' });
  const streams = stream === undefined ? [...state.streams] : [stream];
  const kept = [...state.groups.values()];
  return streams.flatMap((name) => kept.filter((one) => one.stream === name).map((one) => one.runner.info()));
}

function load(state: State): void {
  for (const group of loadGroups(state.engine)) put(state, start(state, group));
}

function start({ engine, now }: State, group: ConfiguredGroup): Kept {
  const { stream, group: name, settings, startedAfter } = group;
  const key = { stream, group: name };
  const after = startedAfter ?? settings.startFrom.commit - 1;
  return { ...group, runner: runnerOf(engine, { key, settings, after, now }) };
}

/** What is to begin at the end begins at what is the end now, also after a restart. */
function begun({ engine }: State, group: ConfiguredGroup): ConfiguredGroup {
  if (group.settings.startFrom.commit >= 0) return group;
  return { ...group, startedAfter: sourceFor(engine, group, group.settings).end() };
}

function put({ groups, streams }: State, kept: Kept): void {
  groups.set(keyOf(kept), kept);
  streams.add(kept.stream);
}

const save = ({ engine, groups }: State, user: string) => saveGroups(engine, [...groups.values()], user);

function fail(key: GroupKey, problem: string | undefined): void {
  if (problem !== undefined) throw new GroupError('failed', key, problem);
}

async function create(state: State, group: ConfiguredGroup, user: string): Promise<void> {
  const { settings, ...key } = group;
  fail(key, problemOfName(key) ?? problemOf(settings, key, state.engine.head()));
  if (state.groups.has(keyOf(key)))
    throw new GroupError('exists', key, `Group '${key.group}' already exists.`);
  fail(key, problemOfBuffers(settings) ?? (isNameable(key) ? undefined : 'The names are too long.'));
  const kept = start(state, begun(state, group));
  put(state, kept);
  try {
    await save(state, user);
  } catch (error) {
    state.groups.delete(keyOf(key));
    void kept.runner.close(false);
    throw error;
  }
}

async function update(state: State, group: ConfiguredGroup, user: string): Promise<void> {
  const { settings, ...key } = group;
  fail(key, problemOfName(key));
  const old = find(state, key);
  fail(key, problemOf(settings, key, state.engine.head()) ?? problemOfBuffers(settings));
  await old.runner.close(true);
  put(
    state,
    start(state, begun(state, { ...group, settings: { ...settings, filter: old.settings.filter } })),
  );
  await save(state, user);
}

async function remove(state: State, key: GroupKey, user: string): Promise<void> {
  fail(key, problemOfName(key));
  const { runner } = find(state, key);
  state.groups.delete(keyOf(key));
  await runner.close(false);
  // What it kept goes first: a group made anew must not begin where this one ended.
  await Promise.all([deleteStateStreams(state.engine, key), save(state, user)]);
}

async function restart(state: State): Promise<void> {
  await closeAll(state);
  state.groups.clear();
  state.streams.clear();
  load(state);
}

async function closeAll({ groups }: State): Promise<void> {
  await Promise.all([...groups.values()].map(({ runner }) => runner.close(true)));
}
