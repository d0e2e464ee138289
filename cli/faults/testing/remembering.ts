import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask as over } from '../../../projections/testing/processes.js';
import { ask, type Studio, soon } from './studio.js';

const DAY_MS = 86_400_000;

/** By the game's own clock: so many days ago, at a minute of that day's play. */
export const daysAgo = (days: number, minute = 0): string =>
  new Date(Date.now() - days * DAY_MS + minute * 60_000).toISOString();

export type Told = [type: string, at: string, data?: Record<string, unknown>];

/** Tells what happened in a game; resolves with the place in the log, for `?after=`. */
export async function tell(studio: Studio, playerId: string, ...told: Told[]): Promise<string> {
  const { gameId } = studio;
  const events = told.map(([type, at, data = {}]) => ({ id: randomUUID(), type, at, data }));
  const { position } = await ask<{ position: string }>(studio, '/events', { gameId, playerId, events });
  return position;
}

export type Found = {
  id: string;
  kind: string;
  text: string;
  count: number;
  at: string;
  shares?: readonly string[];
};

/** What is remembered, `query` as it stands after the question mark. */
export const memoriesOf = async (studio: Studio, playerId: string, query = ''): Promise<Found[]> =>
  (await soon<{ items: Found[] }>(studio, `/players/${playerId}/memories?${query}`)).items;

export const lookUp = (studio: Studio, playerId: string, q: string): Promise<Found[]> =>
  memoriesOf(studio, playerId, `q=${encodeURIComponent(q)}`);

export type Model = { name: string; state: string; trouble: string | null; lag: { events: number | null } };

export async function statusOf(operator: Pick<Studio, 'base' | 'apiKey'>, name: string): Promise<Model> {
  const { items } = await soon<{ items: (Model & { rebuild: unknown })[] }>(operator, '/projections');
  return items.find((one) => one.name === name)!;
}

export const addressesOf = (dir: string): { eventstore: string; database: string } =>
  JSON.parse(readFileSync(join(dir, 'engine.json'), 'utf8'));

/** What the index in Postgres, as it is read, holds: the keys of each player's points, and their marks. */
export async function pointsInPostgres(dir: string): Promise<string[]> {
  const { database } = addressesOf(dir);
  const [read] = await over(
    database,
    "select collection_id as id from vectors.aliases where alias = 'memory_vectors'",
  );
  if (!read) return [];
  const rows = await over(database, `select player_id, key, mark from vectors.points_${read.id}`);
  return rows.map(({ player_id, key, mark }) => `${player_id} ${key} ${mark}`).sort();
}
