import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The demo's own studio and game, kept in the data folder so that the next demo finds them. */
export type Account = { apiKey: string; gameId: string };

/** Talks to the engine over HTTP like any stranger's server. */
export type Api = { url: string; apiKey?: string };

/** @throws Error with the engine's own words. */
export async function call<T>(
  { url, apiKey }: Api,
  path: string,
  body?: object,
  method = body ? 'POST' : 'GET',
): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(apiKey && { 'x-api-key': apiKey }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as T & { detail?: string };
  if (!response.ok) throw new Error(`${path}: ${answer.detail ?? response.status}`);
  return answer;
}

/** `allow`: lets a client send as much as it likes; a demo is not what a quota is for. */
export async function openAccount(
  url: string,
  { dataDir, allow }: { dataDir: string; allow: (clientId: string) => Promise<unknown> },
): Promise<Account> {
  const file = join(dataDir, 'demo.json');
  const kept = remembered(file);
  const known = kept && (await clientOf(url, kept));
  if (known) {
    await allow(known);
    return kept;
  }
  const email = `demo-${randomBytes(6).toString('hex')}@example.com`;
  const password = randomBytes(18).toString('base64url');
  const account = { name: 'Demo studio', email, password };
  const { clientId, apiKey } = await call<{ clientId: string; apiKey: string }>(
    { url },
    '/auth/register',
    account,
  );
  await allow(clientId);
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

/** `null`: its key opens nothing any more. */
async function clientOf(url: string, { apiKey }: Account): Promise<string | null> {
  const verified = call<{ clientId: string }>({ url, apiKey }, '/auth/verify', {});
  return verified.then(
    ({ clientId }) => clientId,
    () => null,
  );
}
