import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type SpeechApi, startSpeechApi } from '../../../commands/voice/testing/speech-api.js';
import { connectLog } from '../../../eventstore/log.eventstore.js';
import { anEvent } from '../../../eventstore/testing/events.js';
import { cleanUp, type Engine, openEngine, temporaryFolder, until } from '../../faults/testing/processes.js';
import { ask, type Seated, type Studio, seat, soon } from '../../faults/testing/studio.js';
import { Checked, type Document } from './checked.js';

export const ADMIN_KEY = 'an admin key for this test';

/** A client with one of everything. */
export type Tenant = {
  studio: Studio;
  clientId: string;
  account: { email: string; password: string };
  keyId: string;
  login: string;
  players: [Seated, Seated];
  externalId: string;
  actionId: string;
  memoryId: string;
  /** What the game calls a character of its own. */
  persona: string;
  insight: string;
};

export type World = {
  dir: string;
  engine: Engine;
  checked: Checked;
  /** A position in the log of an event that the read models have put aside. */
  parked: string;
  speech: SpeechApi;
  addresses: { eventstore: string; database: string };
  pool: pg.Pool;
  close(): Promise<void>;
};

/** An engine of its own, whose companions speak. */
export async function openWorld(more: Record<string, string> = {}): Promise<World> {
  const dir = temporaryFolder();
  const speech = await startSpeechApi();
  const env = { AGL_ADMIN_KEY: ADMIN_KEY, AGL_TTS_URL: speech.url, AGL_TTS_KEY: 'a-key', ...more };
  const engine = await openEngine(dir, { env });
  const addresses = JSON.parse(readFileSync(join(dir, 'engine.json'), 'utf8')) as World['addresses'];
  const pool = new pg.Pool({ connectionString: addresses.database, max: 2 });
  pool.on('error', () => undefined);
  const document = (await (await fetch(`${engine.url}/docs-json`)).json()) as Document;
  return {
    ...{ dir, engine, speech, addresses, pool, parked: '' },
    checked: new Checked(engine.url, document),
    async close() {
      await pool.end();
      await speech.close();
      await cleanUp(dir);
    },
  };
}

const PASSWORD = 'correct horse';

export async function openTenant({ engine, pool }: World, name: string): Promise<Tenant> {
  const settled = await settleTenant(engine.url, name);
  const { studio, players } = settled;
  const { actionId, memoryId } = await live(studio, players[0].id);
  const insight = `insight-of-${name}`;
  await keepInsight(pool, insight, studio.gameId);
  return { ...settled, actionId, memoryId, insight };
}

/** One to whom nothing has happened yet. */
export async function settleTenant(
  base: string,
  name: string,
): Promise<Omit<Tenant, 'actionId' | 'memoryId' | 'insight'>> {
  const account = { email: `${name}-${randomUUID()}@example.com`, password: PASSWORD };
  const opened = await ask<{ clientId: string; apiKey: string }>({ base, apiKey: '' }, '/auth/register', {
    name,
    ...account,
  });
  const { clientId, apiKey } = opened;
  const asked = { base, apiKey };
  const config = { voice: { tts: true } };
  const { id: gameId } = await ask<{ id: string }>(asked, '/games', { name, config });
  const studio = { ...asked, gameId };
  const { token: login } = await ask<{ token: string }>(studio, '/auth/login', account);
  const keys = await ask<{ items: { id: string; isThis: boolean }[] }>(studio, '/auth/keys');
  const players: Tenant['players'] = [await seat(studio, `${name} one`), await seat(studio, `${name} two`)];
  const persona = `hero-of-${name}`;
  await writeCharacter(studio, persona);
  return {
    ...{ studio, clientId, account, login, players, persona },
    keyId: keys.items.find(({ isThis }) => isThis)!.id,
    externalId: `${name} one`,
  };
}

export const characterBody = {
  like: 'cool',
  name: 'Robin',
  lines: [{ lang: 'en', on: 'victory', text: 'Well done, all of it.' }],
};

async function writeCharacter({ base, apiKey, gameId }: Studio, persona: string): Promise<void> {
  const response = await fetch(`${base}/games/${gameId}/characters/${persona}`, {
    method: 'PUT',
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify(characterBody),
  });
  if (!response.ok) throw new Error(await response.text());
}

export const anEventOf = (type: string, data: object = {}) => ({ id: randomUUID(), type, data });

/** Until the companion has said something of it, and remembers it. */
async function live(studio: Studio, player: string): Promise<Pick<Tenant, 'actionId' | 'memoryId'>> {
  const events = [
    anEventOf('session.start'),
    anEventOf('player.multi_kill', { killCount: 5, hero: 'Jinx' }),
    anEventOf('player.achievement', { name: 'Untouchable', rarity: 'legendary' }),
    anEventOf('player.victory', { killCount: 20, mvp: true, personalRecord: true }),
  ];
  const { gameId } = studio;
  await ask(studio, '/events', { gameId, playerId: player, events });
  const chat = { type: 'chat_message', id: randomUUID(), text: 'I live by the sea.' };
  const { position } = await ask<{ position: string }>(studio, `/players/${player}/frames`, chat);
  const first = async <T>(path: string, fits: (item: T) => boolean): Promise<T> => {
    let found: T | undefined;
    await until(async () => {
      const { items } = await soon<{ items: T[] }>(studio, `/players/${player}/${path}?after=${position}`);
      found = items.find(fits);
      return found !== undefined;
    }, `${path} of ${player}`);
    return found!;
  };
  const action = await first<{ actionId: string; dialogue?: object; lineFollows?: true }>(
    'actions',
    ({ dialogue, lineFollows }) => dialogue !== undefined && !lineFollows,
  );
  const memory = await first<{ id: string }>('memories', () => true);
  return { actionId: action.actionId, memoryId: memory.id };
}

/** As an analyst has one kept that is not answered any more: nobody changes it. */
async function keepInsight(pool: pg.Pool, name: string, gameId: string): Promise<void> {
  await pool.query(
    `insert into kept_insights (name, generation, client_id, game_id, scope, bundle, memory_mib, trouble, rows)
      values ($1, $2, null, $3, $4, '{}', 64, 'given up', 1)`,
    [name, randomUUID(), gameId, JSON.stringify({ gameId })],
  );
  await pool.query(`insert into kept_rows (name, nth, row) values ($1, 1, '{"players": 2}')`, [name]);
}

/** Of a player of its own, behind whom nobody waits. @returns its position, for the operator. */
export async function parkAnEvent({ addresses, pool }: World): Promise<string> {
  const log = connectLog({ url: addresses.eventstore });
  await log.append('player-broken', [{ ...anEvent({ at: 1 }), type: 'GameEventRecorded' }], 'any');
  await log.close();
  let position = '';
  await until(async () => {
    const { rows } = await pool.query("select position from parked_events where projection = 'game_events'");
    position = rows[0]?.position ?? '';
    return position !== '';
  }, 'it is put aside');
  return position;
}

export const byKey = ({ studio }: Pick<Tenant, 'studio'>) => ({ 'x-api-key': studio.apiKey });
export const byLogin = ({ login }: Pick<Tenant, 'login'>) => ({ authorization: `Bearer ${login}` });
export const byPlayer = ({ token }: Seated) => ({ authorization: `Bearer ${token}` });
export const byOperator = { 'x-api-key': ADMIN_KEY };
