import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { type Position, START } from '../eventstore/log.js';
import { codeMark } from './code-mark.js';
import { inTransaction, RELAXED } from './database.js';
import { dropGivenUp, giveUp, isLost, makeRoom, publish } from './elsewhere.js';
import type { Projection } from './projection.js';
import { dropTables, indexTables, makeTables, type Stage, tablesOf } from './tables.js';

/** One generation of a read model: where it is, what made it, how far it has got. */
export type Model = {
  name: string;
  stage: Stage;
  /** A UUID; a generation keeps it when it is moved to another stage. */
  generation: string;
  version: number;
  /** A mark of what made its rows: the program, and the models of feeling where they have a part in it. */
  code: string;
  /** What had a part in them beside the program and the log; `null`: nothing, or nobody wrote it down. */
  madeBy: string | null;
  /** Its tables in Postgres. */
  tables: string[];
  /** What is to become of a `next` one when it is complete; `null`: of no concern to a running engine. */
  asked: Asked | null;
  /** Why a `next` one stands still. */
  trouble: string | null;
  position: Position;
  /** How many it has taken in. */
  events: number;
  beganAt: Date;
  updatedAt: Date;
};

/** Whether its rows are such as this program makes: only then does it add to them. Who knows no `madeBy` judges by none. */
export const isOfVersion = (model: Model, projection: Projection): boolean =>
  model.version === projection.version && !isByAnother(model, projection);

/** Made by something else, where that counts as another version. */
const isByAnother = (model: Model, { madeByIsVersion, madeBy }: Projection): boolean =>
  madeByIsVersion === true && madeBy !== undefined && model.madeBy !== madeBy;

/** Whether what was begun, or asked for by somebody who knows no `madeBy`, is what this program would build. */
export const isToGoOn = (next: Model, projection: Projection): boolean =>
  next.madeBy === null ? next.version === projection.version : isOfVersion(next, projection);

/** It has taken in nothing yet. */
export const isUntouched = ({ events }: Pick<Model, 'events'>): boolean => events === 0;

/** That an engine is to build it. */
export type Asked = { by: 'version' | 'http' | 'start' };

export type Progress = { position: Position; events: number };

/** The generation is not where this process left it: another one writes, or has switched, this read model. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

const modelOf = (row: Record<string, unknown>): Model => ({
  name: row.name as string,
  stage: row.stage as Stage,
  generation: row.generation as string,
  version: row.version as number,
  code: row.code as string,
  madeBy: (row.made_by as string | null) ?? null,
  tables: row.tables as string[],
  asked: (row.asked as Asked | null) ?? null,
  trouble: (row.trouble as string | null) ?? null,
  position: Number(row.position),
  events: Number(row.events),
  beganAt: row.began_at as Date,
  updatedAt: row.updated_at as Date,
});

/** All generations as stored, also those that other processes write. */
export async function readModels(pool: Pool | PoolClient): Promise<Model[]> {
  const { rows } = await pool.query('select * from read_models');
  return rows.map(modelOf);
}

export async function readModel(
  pool: Pool | PoolClient,
  name: string,
  stage: Stage,
): Promise<Model | undefined> {
  return (await readModels(pool)).find((model) => model.name === name && model.stage === stage);
}

/**
 * The generation that is read; made, empty, where there is none. It may be of another version.
 * @throws StoreAway
 */
export async function openLive(pool: Pool, projection: Projection): Promise<Model> {
  const model = await openLiveHere(pool, projection);
  await makeRoomFor(projection, model);
  // Also one that is there: a switch may have broken off between the two stores. What is lost can be read by nobody.
  if (!(await isLost(projection, model))) await publish(projection, model);
  await dropGivenUp(pool, projection);
  return model;
}

function openLiveHere(pool: Pool, projection: Projection): Promise<Model> {
  return inTransaction(pool, async (client) => {
    await takeTurns(client, projection);
    const found = await readModel(client, projection.name, 'live');
    if (found) return found;
    const model = await begin(client, projection, 'live');
    await indexTables(client, projection, 'live');
    return model;
  });
}

/** Not where it has rows: should they be lost elsewhere, that must not pass for an empty one. */
async function makeRoomFor(projection: Projection, model: Model): Promise<void> {
  if (isUntouched(model)) await makeRoom(projection, model);
}

/**
 * Makes, empty, what is read and not there yet: who asks before anybody writes finds nothing rather than no table. In
 * Postgres alone: whoever writes it makes room elsewhere.
 */
export async function makeLive(pool: Pool, projections: readonly Projection[]): Promise<void> {
  const there = new Set(
    (await readModels(pool)).flatMap(({ name, stage }) => (stage === 'live' ? [name] : [])),
  );
  for (const projection of projections) if (!there.has(projection.name)) await openLiveHere(pool, projection);
}

/**
 * The generation being built beside it: goes on with one that this very program has begun, by the same models of
 * feeling, else begins anew.
 * @throws StoreAway
 */
export async function openNext(pool: Pool, projection: Projection, asked: Asked | null): Promise<Model> {
  const wanted = { asked, by: codeMark(projection) };
  let model = await nextFor(pool, projection, wanted);
  if (await isLost(projection, model)) {
    await discard(pool, projection, model);
    model = await nextFor(pool, projection, { ...wanted, asked: asked ?? model.asked });
  }
  await makeRoomFor(projection, model);
  await dropGivenUp(pool, projection);
  return model;
}

const discard = (pool: Pool, projection: Projection, model: Model): Promise<void> =>
  inTransaction(pool, async (client) => {
    await takeTurns(client, projection);
    await dropGeneration(client, projection, model);
  });

/** As `openNext`, for who asks that it be built: who builds it will judge what was begun. */
export const openAsked = (pool: Pool, projection: Projection, asked: Asked): Promise<Model> =>
  nextFor(pool, asked.by === 'http' ? byWhomever(projection) : projection, { asked, by: null });

/** Whoever asks from outside need not know by what it is made. */
const byWhomever = ({ madeBy: _, ...projection }: Projection): Projection => projection;

type Wanted = { asked: Asked | null; by: string | null };

function nextFor(pool: Pool, projection: Projection, { asked, by }: Wanted): Promise<Model> {
  return inTransaction(pool, async (client) => {
    await takeTurns(client, projection);
    const found = await readModel(client, projection.name, 'next');
    const goesOn = found && isToGoOn(found, projection);
    if (goesOn && (by === null || (found.code === by && isOfVersion(found, projection)))) return found;
    if (found) await dropGeneration(client, projection, found);
    return begin(client, projection, 'next', asked ?? found?.asked);
  });
}

async function begin(
  client: PoolClient,
  projection: Projection,
  stage: Stage,
  asked: Asked | null = null,
): Promise<Model> {
  const { name, version, madeBy = null } = projection;
  const tables = tablesOf(projection).map(([table]) => table);
  await dropTables(client, tables, stage);
  await makeTables(client, projection, stage);
  const { rows } = await client.query(
    `insert into read_models (name, stage, generation, version, code, made_by, tables, asked, position)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning *`,
    [
      ...[name, stage, randomUUID(), version, codeMark(projection), madeBy, tables],
      ...[asked && JSON.stringify(asked), START],
    ],
  );
  return modelOf(rows[0]);
}

/** A generation with all its rows is no more; elsewhere it goes with `dropGivenUp`, after the transaction. */
export async function dropGeneration(
  client: PoolClient,
  { elsewhere }: Projection,
  { name, stage, generation, tables }: Model,
): Promise<void> {
  await dropTables(client, tables, stage);
  await client.query('delete from read_models where generation = $1', [generation]);
  if (elsewhere) await giveUp(client, { name, generation });
}

/** Who makes, switches or drops generations of a read model does so alone. */
export async function takeTurns(client: PoolClient, { name }: Projection): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('agl/generations/' || $1, 0))", [name]);
}

export type Move = { model: Model; to: Progress };

/**
 * In the transaction of the rows, so that all are there or none.
 * @throws Superseded when a generation is not where the caller left it.
 */
export async function moveOn(client: PoolClient, moves: readonly Move[]): Promise<void> {
  const { rows } = await client.query({
    name: 'agl_move_on',
    text: `update read_models m set position = moved.goes, events = moved.events, updated_at = now()
      from unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[])
        as moved(generation, stage, stood, goes, events)
      where m.generation = moved.generation and m.stage = moved.stage and m.position = moved.stood
      returning m.name`,
    values: [
      moves.map(({ model }) => model.generation),
      moves.map(({ model }) => model.stage),
      moves.map(({ model }) => model.position),
      moves.map(({ to }) => to.position),
      moves.map(({ to }) => to.events),
    ],
  });
  if (rows.length === moves.length) return;
  const moved = new Set(rows.map(({ name }) => name));
  const left = moves.flatMap(({ model }) => (moved.has(model.name) ? [] : [model.name]));
  throw new Superseded(`${left.join(', ')}: written, or switched, by another process`);
}

/**
 * Writes down how far those have got that nothing concerned for a while: others ask the database how far a
 * read model is, and a restart need not read again what was none of its business.
 * @throws Superseded
 */
export async function moveAllOn(pool: Pool, ahead: { model: Model; position: Position }[]): Promise<void> {
  if (ahead.length === 0) return;
  const moves = ahead.map(({ model, position }) => ({ model, to: { position, events: model.events } }));
  await inTransaction(pool, (client) => moveOn(client, moves), RELAXED);
}
