import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';
import { type MasterKeys, unwrap } from '../commands/person-keys/master-keys.js';
import { rewrapPersonKeys } from '../commands/person-keys/rewrap.pg.js';
import { sealerInPostgres } from '../commands/person-keys/sealer.pg.js';
import type { Pool } from '../projections/database.js';
import { type TestServer, testServer } from '../projections/testing/database.js';
import { rewrapKeptKeys } from './kept-keys.js';
import { masterKeysIn } from './master-keys.js';
import { keysForPersonsOf, openSecrets } from './secrets.js';
import { readSettings, UsageError } from './settings.js';

const key = (n: number) => Buffer.alloc(32, n).toString('base64');
const [first, second, third] = [key(1), key(2), key(3)];
const AGL_DATA_DIR = mkdtempSync(join(tmpdir(), 'agl-keys-'));
const settingsOf = (AGL_MASTER_KEY: string, AGL_MASTER_KEY_PREVIOUS = '') =>
  readSettings({ AGL_DATA_DIR, AGL_ADMIN_KEY: 'x'.repeat(16), AGL_MASTER_KEY, AGL_MASTER_KEY_PREVIOUS });
const mastersOf = (...keys: [string, string?]) => masterKeysIn(settingsOf(...keys));
const forPersons = (...keys: [string, string?]) => keysForPersonsOf(mastersOf(...keys));

let server: TestServer;
let pool: Pool;
before(async () => {
  server = await testServer();
});
beforeEach(async () => {
  ({ pool } = await server.fresh());
});
after(async () => {
  await server.stop();
  rmSync(AGL_DATA_DIR, { recursive: true });
});

const secretsBy = (...keys: [string, string?]) => openSecrets(settingsOf(...keys), pool);
const PERSONS = 600;
const persons = (count: number, kind = 'player') =>
  Array.from({ length: count }, (_, n) => `${kind}-${String(n).padStart(5, '0')}`);

/** What was sealed for persons, whose keys some master key wraps. */
async function sealedBy(masters: MasterKeys, subjects = persons(PERSONS)): Promise<Map<string, string>> {
  const sealer = sealerInPostgres(pool, masters);
  const sealed = new Map<string, string>();
  for (const subject of subjects) sealed.set(subject, await sealer.seal(subject, `name of ${subject}`));
  return sealed;
}

async function assertOpens(masters: MasterKeys, sealed: Map<string, string>): Promise<void> {
  const sealer = sealerInPostgres(pool, masters);
  for (const [subject, text] of sealed) assert.equal(await sealer.open(subject, text), `name of ${subject}`);
}

const isWrong = (error: unknown) =>
  error instanceof UsageError &&
  error.message ===
    'AGL_MASTER_KEY: is not the master key of this installation: its keys do not open with it';

it('what names are made with is what was always derived from the first master key, and outlives it', async () => {
  const known = 'd3b211d422fa8c45d9dee94888464fbc';
  const prompts = '752ea1251fbd1406fbace359d5a73b2cf3a65e7ab195acc35bb570653f383a54';
  const assertSame = async (...keys: [string, string?]) => {
    const { pseudonym, keyForPrompts } = await secretsBy(...keys);
    assert.equal(pseudonym('player', 'steam-1'), known);
    assert.equal(keyForPrompts.toString('hex'), prompts);
  };
  await Promise.all([assertSame(first), assertSame(first), assertSame(first)]);
  await assertSame(second, first);
  await rewrapKeptKeys(pool, mastersOf(second, first));
  await assertSame(second);
  await assert.rejects(secretsBy(first), isWrong);
});

it('whose persons another key wraps is told at the start, also where there is nothing but persons', async () => {
  await sealedBy(forPersons(first), persons(3));
  await assert.rejects(secretsBy(second), isWrong);
  // An installation of before: the key by which its names were made is the one that opens.
  const { pseudonym } = await secretsBy(second, first);
  assert.equal(pseudonym('player', 'steam-1'), 'd3b211d422fa8c45d9dee94888464fbc');
});

it('after a rotation all is readable by the new key, and the old one opens nothing', async () => {
  const sealed = await sealedBy(forPersons(first));
  const seen: number[] = [];
  const done = await rewrapPersonKeys(pool, forPersons(second, first), (keys) => void seen.push(keys));
  assert.deepEqual(done, { keys: PERSONS, changed: PERSONS, stuck: 0 });
  assert.ok(seen.length > 1 && seen[0]! < PERSONS, 'it told how far it was');
  await assertOpens(forPersons(second), sealed);
  const { rows } = await pool.query<{ subject: string; wrapped: Buffer }>('select * from person_keys');
  for (const { subject, wrapped } of rows)
    assert.throws(() => unwrap(forPersons(first), wrapped, subject), /another master key/);
  const again = await rewrapPersonKeys(pool, forPersons(second, first), () => {});
  assert.deepEqual(again, { keys: PERSONS, changed: 0, stuck: 0 });
});

it('interrupted, both keys together open all, and it goes on', async () => {
  const sealed = await sealedBy(forPersons(first));
  const interrupted = rewrapPersonKeys(pool, forPersons(second, first), () => {
    throw new Error('interrupted');
  });
  await assert.rejects(interrupted, /interrupted/);
  await assertOpens(forPersons(second, first), sealed);
  await assertOpens(forPersons(first, second), sealed);
  const { changed } = await rewrapPersonKeys(pool, forPersons(second, first), () => {});
  assert.ok(changed > 0 && changed < PERSONS, String(changed));
  await assertOpens(forPersons(second), sealed);
});

it('what is made meanwhile by who has the other key first is changed over too', async () => {
  await sealedBy(forPersons(first));
  let late: Map<string, string> | undefined;
  const busy = {
    async query(sql: string, values: unknown[]) {
      // Where the first pass has been already.
      if (sql.startsWith('update')) late ??= await sealedBy(forPersons(first, second), persons(1, 'early'));
      return pool.query(sql, values);
    },
  } as unknown as Pool;
  const done = await rewrapPersonKeys(busy, forPersons(second, first), () => {});
  assert.deepEqual(done, { keys: PERSONS + 1, changed: PERSONS + 1, stuck: 0 });
  await assertOpens(forPersons(second), late!);
});

it('a key that neither opens is told of, and is left as it is', async () => {
  const stuck = await sealedBy(forPersons(third), persons(2, 'other'));
  const sealed = await sealedBy(forPersons(first), persons(8));
  const done = await rewrapPersonKeys(pool, forPersons(second, first), () => {});
  assert.deepEqual(done, { keys: 10, changed: 8, stuck: 2 });
  await assertOpens(forPersons(second), sealed);
  await assertOpens(forPersons(third), stuck);
});
