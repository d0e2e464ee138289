import type { Pool, PoolClient } from 'pg';
import type { LogEventType } from '../domain/events/log-events.js';
import type { Position } from '../eventstore/log.js';
import type { Model } from './models.js';
import type { Projection, Table } from './projection.js';
import type { Recorded } from './recorded.js';
import { type Stage, schemaOf, tablesOf } from './tables.js';

/** What every read model is about: who writes it takes the player's rows away, and no fold is shown it. */
export const ERASED = 'PlayerErased' satisfies LogEventType;

/** Where in the log players were erased: what comes of them after that is passed over. */
export type Erased = Map<string, Position>;

export const typesOf = ({ types }: Pick<Projection, 'types'>): readonly LogEventType[] => [...types, ERASED];

export function isAfterErasure(erased: Erased, { subject, position }: Recorded): boolean {
  // Nearly always there is nobody.
  const at = erased.size === 0 ? undefined : erased.get(subject);
  return at !== undefined && position > at;
}

export async function readErased(pool: Pool | PoolClient): Promise<Erased> {
  const { rows } = await pool.query('select player_id, position from erased_players');
  return new Map(rows.map(({ player_id, position }) => [player_id, Number(position)]));
}

/** Whose player was erased; `null`: no such player was. */
export async function erasedPlayer(
  pool: Pool,
  id: string,
): Promise<{ erased: true; clientId: string; gameId: string } | null> {
  const { rows } = await pool.query('select client_id, game_id from erased_players where player_id = $1', [
    id,
  ]);
  const [row] = rows;
  return row ? { erased: true, clientId: row.client_id, gameId: row.game_id } : null;
}

/** The column that names the player whose row it is; of tables without one the rows are nobody's. */
export const playerColumn = ({ player, columns }: Table): string | undefined =>
  player ?? ('player_id' in columns ? 'player_id' : undefined);

/** All rows of a player in the tables of one generation that are in Postgres. Returns how many there were. */
export async function eraseRows(
  client: Pool | PoolClient,
  projection: Projection,
  { stage, player }: { stage: Stage; player: string },
): Promise<number> {
  let rows = 0;
  for (const [name, table] of tablesOf(projection)) {
    const column = playerColumn(table);
    if (column === undefined) continue;
    const place = `${schemaOf[stage]}.${name}`;
    const { rowCount } = await client.query(`delete from ${place} where ${column} = $1`, [player]);
    rows += rowCount ?? 0;
  }
  return rows;
}

type Erasing = {
  projection: Projection;
  model: Model;
  event: Recorded;
  /** How much of the player was found beside Postgres. */
  elsewhere: number;
};

/** In the transaction that takes the event: from its commit on there is nothing of the player here. */
export async function erasePlayer(client: PoolClient, erasing: Erasing): Promise<void> {
  const { projection, model, event, elsewhere } = erasing;
  const { subject: player } = event;
  await bury(client, event);
  const rows = await eraseRows(client, projection, { stage: model.stage, player });
  await passOverParked(client, projection.name, player);
  if (model.stage === 'live')
    await addFound(client, { player, store: storeOf(projection), found: rows + elsewhere });
}

/** By what name a certificate calls a read model. */
export const storeOf = ({ name }: Pick<Projection, 'name'>): string => `read model ${name}`;

/** By what name a certificate calls what keeps the keys. */
export const KEYS = 'keys of persons';

type Grave = Pick<Recorded, 'subject' | 'position' | 'clientId' | 'gameId'>;

/**
 * Writes down who was erased, and has their key no more: also where the database is one of before, put back. Of two
 * events of one player, as a log that was put back may have them, the earlier counts.
 */
export async function bury(client: Pool | PoolClient, event: Grave): Promise<void> {
  const { subject, position, clientId, gameId } = event;
  await client.query(
    `insert into erased_players as known (player_id, client_id, game_id, position) values ($1, $2, $3, $4)
      on conflict (player_id) do update set position = least(known.position, excluded.position)`,
    [subject, clientId, gameId, position],
  );
  // Whoever was known has had one.
  await client.query(
    `with gone as (
      insert into person_keys as known (subject, erased_at) values ('player-' || $1::text, now())
      on conflict (subject) do update set wrapped = null, erased_at = coalesce(known.erased_at, now())
      returning xmax <> 0 as had)
      insert into erased_found select $1::text, $2, 1 from gone where had on conflict do nothing`,
    [subject, KEYS],
  );
}

/** A rebuild passes them over as well. Of whom they were is told no more. */
async function passOverParked(client: PoolClient, projection: string, player: string): Promise<void> {
  const { rowCount } = await client.query(
    `update parked_events set state = 'skipped', subject = '', stream = '', error = 'the player was erased', stack = null
      where projection = $1 and subject = $2`,
    [projection, player],
  );
  if (rowCount) await addFound(client, { player, store: 'parked events', found: rowCount });
}

type FoundMore = { player: string; store: string; found: number };

async function addFound(client: PoolClient, { player, store, found }: FoundMore): Promise<void> {
  await client.query(
    `insert into erased_found as known (player_id, store, found) values ($1, $2, $3)
      on conflict (player_id, store) do update set found = known.found + excluded.found`,
    [player, store, found],
  );
}
