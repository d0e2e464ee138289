import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** A stranger's server: talks to the engine over HTTP alone. */
export type Studio = { base: string; apiKey: string; gameId: string };

export type Seated = { id: string; token: string };

export async function ask<T>(
  studio: Pick<Studio, 'base' | 'apiKey'>,
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(`${studio.base}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', 'x-api-key': studio.apiKey },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}

export async function openStudio(base: string): Promise<Studio> {
  const account = { name: 'Faults', email: `faults-${randomUUID()}@example.com`, password: 'long enough' };
  const { apiKey } = await ask<{ apiKey: string }>({ base, apiKey: '' }, '/auth/register', account);
  const { id: gameId } = await ask<{ id: string }>({ base, apiKey }, '/games', { name: 'Faults' });
  return { base, apiKey, gameId };
}

export async function seat(studio: Studio, externalId: string): Promise<Seated> {
  const { gameId } = studio;
  const { id } = await ask<{ id: string }>(studio, `/games/${gameId}/players`, { externalId, lang: 'en' });
  const { token } = await ask<{ token: string }>(studio, '/auth/player-tokens', { gameId, playerId: id });
  return { id, token };
}

/** All items of a list, page by page; with `after`, once the read model has got to that position. */
export async function all<T>(studio: Studio, path: string, after?: string): Promise<T[]> {
  const items: T[] = [];
  for (let next: string | undefined = ''; next !== undefined; ) {
    const from = next === '' ? '' : `&from=${encodeURIComponent(next)}`;
    const until = after === undefined ? '' : `&after=${after}`;
    const page: { items: T[]; next?: string } = await soon(studio, `${path}?limit=500${from}${until}`);
    items.push(...page.items);
    next = page.next;
  }
  return items;
}

export const webSocketOf = ({ base }: Pick<Studio, 'base'>): string => `${base.replace('http', 'ws')}/ws`;

/** Who is told "not now" asks again: an answer waits for a position, or for the read models, only so long. */
export async function soon<T>(studio: Pick<Studio, 'base' | 'apiKey'>, path: string): Promise<T> {
  for (const end = performance.now() + 120_000; ; ) {
    try {
      return await ask<T>(studio, path);
    } catch (error) {
      const notNow = (error as Error).message.includes(': 503 ');
      if (!notNow || performance.now() > end) throw error;
      await sleep(200);
    }
  }
}
