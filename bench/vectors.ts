import { randomUUID } from 'node:crypto';
import { openPool } from '../projections/database.js';
import type { VectorPoint, VectorStore } from '../projections/vectors/vectors.js';
import { vectorsInPostgres } from '../projections/vectors/vectors.pg.js';
import { startDatabases } from './databases.js';
import type { Bench } from './parts.js';
import { delaysOf, type Spread, short, spreadOf } from './statistics.js';

const POINTS = 100_000;
const PLAYERS = 10_000;
const POINTS_OF_ONE = 1_000;
const AT_ONCE = 1_000;
const LIMIT = 10;
/** Of the whole recall, of which this is a part. */
export const ONE_TARGET_MS = 5;
export const MANY_TARGET_MS = 20;

/** Milliseconds that a search of ten takes. */
export type Searches = { p50: Spread; p99: Spread; count: number };
export type Vectors = {
  dimension: number;
  /** One player, asked again and again. */
  one: Searches & { points: number; targetMs: number };
  /** The same one, each time after one more point was written. */
  written: Searches;
  /** Any player of many; `writtenPerSecond`: points, on one connection. */
  many: Searches & { points: number; players: number; writtenPerSecond: number; targetMs: number };
};

/** The embedded store of vectors, on a Postgres of its own. */
export async function vectors(bench: Bench): Promise<Vectors> {
  const { dimension, events } = bench;
  const store = await openStore(bench);
  const points = events ?? POINTS;
  await write(store, { players: ['one'], each: POINTS_OF_ONE, dimension });
  const players = Array.from({ length: PLAYERS }, randomUUID);
  bench.say(`vectors: ${points} points of ${PLAYERS} players are written`);
  const began = performance.now();
  await write(store, { players, each: Math.ceil(points / PLAYERS), dimension });
  const writtenPerSecond = short(points / ((performance.now() - began) / 1_000));
  const any = () => players[Math.floor(Math.random() * PLAYERS)]!;
  const more = () => store.upsert(NAME, [pointOf('one', dimension)]);
  const one = await searches(bench, store, { name: 'one player', player: () => 'one' });
  const many = await searches(bench, store, { name: 'any player', player: any });
  const written = await searches(bench, store, { name: 'after a write', player: () => 'one', before: more });
  return {
    dimension,
    one: { ...one, points: POINTS_OF_ONE, targetMs: ONE_TARGET_MS },
    written,
    many: { ...many, points, players: PLAYERS, writtenPerSecond, targetMs: MANY_TARGET_MS },
  };
}

const NAME = 'points';
const ALIAS = 'memories';

async function openStore({ tidy, dimension }: Bench): Promise<VectorStore> {
  const { url } = await (await startDatabases(tidy)).fresh();
  const warn = (_: object, message: string) => process.stderr.write(`${message}\n`);
  const pool = openPool({ url, logger: { info: warn, warn, error: warn } });
  tidy.later(() => pool.end());
  const store = vectorsInPostgres({ pool });
  await store.create(NAME, { dimension, model: 'none' });
  await store.publish(ALIAS, NAME);
  return store;
}

/** Players who come together, as a rebuild meets them. */
async function write(
  store: VectorStore,
  { players, each, dimension }: { players: string[]; each: number; dimension: number },
): Promise<void> {
  const together = Math.max(1, Math.floor(AT_ONCE / each));
  for (let from = 0; from < players.length; from += together) {
    const some = players.slice(from, from + together);
    const points = some.flatMap((player) => Array.from({ length: each }, () => pointOf(player, dimension)));
    await store.upsert(NAME, points);
  }
}

type Asked = { name: string; player: () => string; before?: () => Promise<void> };

async function searches(bench: Bench, store: VectorStore, asked: Asked): Promise<Searches> {
  const rounds: { p50: number; p99: number; count: number }[] = [];
  await oneRound(store, asked, bench);
  for (let nth = 0; nth < bench.rounds; nth++) {
    bench.say(`vectors, ${asked.name}: round ${nth + 1} of ${bench.rounds}`);
    rounds.push(await oneRound(store, asked, bench));
  }
  return {
    p50: spreadOf(rounds.map(({ p50 }) => p50)),
    p99: spreadOf(rounds.map(({ p99 }) => p99)),
    count: rounds.reduce((sum, { count }) => sum + count, 0),
  };
}

async function oneRound(store: VectorStore, { player, before }: Asked, { seconds, dimension }: Bench) {
  const ms: number[] = [];
  const until = performance.now() + seconds * 1_000;
  do {
    const ask = { playerId: player(), vector: randomUnit(dimension), limit: LIMIT };
    await before?.();
    const began = performance.now();
    await store.search(ALIAS, ask);
    ms.push(performance.now() - began);
  } while (performance.now() < until);
  return delaysOf(ms);
}

const KINDS = ['victory', 'defeat', 'achievement', 'chat'];

const pointOf = (playerId: string, dimension: number): VectorPoint => ({
  playerId,
  id: randomUUID(),
  vector: randomUnit(dimension),
  payload: {
    at: new Date(Date.UTC(2026, 0, 1) + Math.floor(Math.random() * 3e10)).toISOString(),
    importance: Math.random(),
    kind: KINDS[Math.floor(Math.random() * KINDS.length)]!,
    gameId: 'game',
    clientId: 'client',
    key: randomUUID(),
    mark: randomUUID(),
  },
});

function randomUnit(dimension: number): Float32Array {
  const vector = Float32Array.from({ length: dimension }, () => Math.random() - 0.5);
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}
