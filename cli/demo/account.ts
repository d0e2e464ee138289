import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The demo's own studio and game, kept in the data folder so that the next demo finds them. */
export type Account = { apiKey: string; gameId: string };

/** Talks to the engine over HTTP like any stranger's server. */
export type Api = { url: string; apiKey?: string };

/** @throws Error with the engine's own words. */
export async function call<T>({ url, apiKey }: Api, path: string, body?: object): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...(apiKey && { 'x-api-key': apiKey }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as T & { detail?: string };
  if (!response.ok) throw new Error(`${path}: ${answer.detail ?? response.status}`);
  return answer;
}

export async function openAccount(url: string, dataDir: string): Promise<Account> {
  const file = join(dataDir, 'demo.json');
  const kept = remembered(file);
  if (kept && (await stillOpens(url, kept))) return kept;
  const email = `demo-${randomBytes(6).toString('hex')}@example.com`;
  const password = randomBytes(18).toString('base64url');
  const { apiKey } = await call<{ apiKey: string }>({ url }, '/auth/register', {
    name: 'Demo studio',
    email,
    password,
  });
  const { id: gameId } = await call<{ id: string }>({ url, apiKey }, '/games', { name: 'Demo game' });
  writeFileSync(file, JSON.stringify({ apiKey, gameId }), { mode: 0o600 });
  return { apiKey, gameId };
}

function remembered(file: string): Account | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Account;
  } catch {
    return null;
  }
}

async function stillOpens(url: string, { apiKey }: Account): Promise<boolean> {
  return call({ url, apiKey }, '/auth/verify', {}).then(
    () => true,
    () => false,
  );
}
