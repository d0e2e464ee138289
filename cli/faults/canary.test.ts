import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type MessagesApi, startMessagesApi } from '../../commands/voice/testing/messages-api.js';
import { startRedis, type TestRedis } from '../../commands/voice/testing/redis.js';
import { ask as over } from '../../projections/testing/processes.js';
import { type Companion, type CompanionAction, connect } from '../../sdk/index.js';
import { type DumpedRow, dumpOf, filesOf, leaksIn, redisOf, type Written } from './testing/canary.js';
import { runInTurn } from './testing/in-turn.js';
import {
  cleanUp,
  type Engine,
  openEngine,
  signal,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { addressesOf, lookUp, tell } from './testing/remembering.js';
import { ask, type Seated, type Studio, seat, webSocketOf } from './testing/studio.js';

const onLinux = existsSync('/proc/self/task');

/** Nobody else writes any of these. */
const canaries = {
  email: 'kanarienvogel7713.mail@example.com',
  externalId: 'steam:Kanari7713äußerlich',
  name: 'Kanari7713Künstlername',
  chat: 'Kanari7713 schläft schlecht',
  told: 'Kanari7713 häuser',
  line: 'Kanari7713 möge ruhen',
};
const told = `I live in ${canaries.told}`;

type Searched = { store: string; found: number; removed: number; left: number };
type Certificate = {
  playerId: string;
  publicKey: string;
  searched: Searched[];
  residue: { tables: number; rows: number };
};

describe('nothing of a person is to be read, and after an erasure nothing is there', {
  skip: onLinux ? false : 'it finds its processes in /proc',
}, () => {
  const dir = temporaryFolder();
  let api: MessagesApi;
  let redis: TestRedis | null;
  let engine: Engine;
  let studio: Studio;
  let canary: Seated;
  let other: Seated;
  let companion: Companion;
  let certificate: Certificate;
  const said: string[] = [];
  const actions: CompanionAction[] = [];
  const closed: string[] = [];

  const start = async () => {
    const away = { ANTHROPIC_API_KEY: 'a-key', ANTHROPIC_BASE_URL: api.url };
    engine = await openEngine(dir, {
      env: { ...away, LOG_LEVEL: 'trace', ...(redis && { REDIS_URL: redis.url }) },
    });
    if (studio) studio = { ...studio, base: engine.url };
  };
  const stop = async () => {
    said.push(engine.out(), engine.err());
    assert.equal(await stopEngine(engine), 0);
  };
  const spoken = async (id: string) => {
    const line = () => actions.find((action) => action.causedBy === id && action.dialogue);
    await until(() => line() !== undefined, 'the line is there');
    return line()!.dialogue!;
  };
  const chat = async (text: string, line: string) => {
    // Whatever of the person is in a prompt may come back; what all may be told is asked for without.
    api.writes = ({ messages }) => {
      const isOwn = JSON.stringify(messages).includes('Kanari7713');
      const reply = { line: isOwn ? line : 'Breathe out slowly.', gesture: 'nod', tone: 'calm' };
      return { reply, usage: api.usage };
    };
    const { id } = await companion.chat(text, { lang: 'en' });
    return spoken(id);
  };
  const rows = () => dumpOf(addressesOf(dir).database);
  const everything = async (): Promise<Written[]> => {
    const inTables = (await rows()).map(({ table, row }) => ({ place: table, bytes: Buffer.from(row) }));
    const logs = [...said, engine.out(), engine.err()].map((text) => ({
      place: 'stdout, stderr',
      bytes: Buffer.from(text),
    }));
    return [...inTables, ...logs, ...filesOf(dir), ...(redis ? await redisOf(redis.url) : [])];
  };
  const answer = async (path: string, body: object = {}) => {
    const response = await fetch(`${studio.base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': studio.apiKey },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const eraseAs = (id: string) => answer(`/players/${id}/erase`);
  const keyOf = async (id: string) => {
    const { database } = addressesOf(dir);
    const asked = `select encode(wrapped, 'hex') as wrapped from person_keys where subject = 'player-${id}'`;
    return (await over(database, asked))[0]!.wrapped as string | null;
  };
  const naming = async (id: string): Promise<string[]> =>
    (await rows())
      .filter(({ row }: DumpedRow) => row.includes(id))
      .map(({ table, row }) => `${table} ${row}`);

  before(async () => {
    [api, redis] = await Promise.all([startMessagesApi(), startRedis()]);
    await start();
    const account = { name: 'Studio', email: canaries.email, password: 'long enough' };
    const { apiKey } = await ask<{ apiKey: string }>(
      { base: engine.url, apiKey: '' },
      '/auth/register',
      account,
    );
    const { id: gameId } = await ask<{ id: string }>({ base: engine.url, apiKey }, '/games', {
      name: 'A game',
    });
    studio = { base: engine.url, apiKey, gameId };
    const { externalId, name: displayName } = canaries;
    const { id } = await ask<{ id: string }>(studio, `/games/${gameId}/players`, {
      externalId,
      displayName,
      lang: 'en',
    });
    const { token } = await ask<{ token: string }>(studio, '/auth/player-tokens', { gameId, playerId: id });
    canary = { id, token };
    other = await seat(studio, 'somebody else');
    companion = connect({
      ...{ url: webSocketOf(studio), token, onError: () => undefined },
      onAction: (action) => void actions.push(action),
      onRefused: (reason: { message: string }) => void closed.push(reason.message),
    } as Parameters<typeof connect>[0]);
  });
  after(async () => {
    await companion?.close();
    await api?.close();
    if (engine) await stopEngine(engine).catch(() => undefined);
    await redis?.stop();
    await cleanUp(dir);
  });

  it('while a person plays, talks and is remembered, no byte that is written tells of them', async () => {
    const line = `${canaries.line}, and ${canaries.told}`;
    assert.deepEqual(await chat(told, line), { text: line, lang: 'en', source: 'llm' });
    for (const { id } of [canary, other])
      await tell(
        { ...studio },
        id,
        ['match.start', new Date().toISOString(), { hero: 'Emberfox' }],
        ['player.multi_kill', new Date().toISOString(), { killCount: 5 }],
      );
    await chat(canaries.chat, line);
    await until(async () => {
      const found = await lookUp(studio, canary.id, 'where do I live');
      return found.some(({ text }) => text.includes(canaries.told));
    }, 'it is remembered');
    assert.deepEqual(leaksIn(await everything(), canaries), []);
  });

  it('what leaks is found, in whichever form', async () => {
    const place = (form: string) => join(dir, `planted-${form}`);
    const forms = ['utf8', 'utf16le', 'base64', 'hex'] as const;
    for (const form of forms) {
      const text = Buffer.from(`x${canaries.told}`, 'utf8');
      writeFileSync(place(form), form === 'utf16le' ? Buffer.from(canaries.told, form) : text.toString(form));
    }
    const found = leaksIn(await filesOf(dir), canaries).join('\n');
    for (const form of forms) {
      assert.match(found, new RegExp(`^told \\(.*\\) in .*planted-${form}$`, 'm'));
      rmSync(place(form));
    }
  });

  it('erased, nothing names the player any more, the key is gone, and others are as they were', async () => {
    const key = await keyOf(canary.id);
    const before = await naming(other.id);
    assert.ok(before.length > 5 && key);
    const erased = await eraseAs(canary.id);
    assert.equal(erased.status, 200, JSON.stringify(erased.body));
    certificate = erased.body.certificate as Certificate;
    assert.deepEqual([certificate.playerId, certificate.residue.rows], [canary.id, 0]);
    for (const { store, found, removed, left } of certificate.searched)
      if (store !== 'event log') assert.deepEqual([store, removed, left], [store, found, 0]);
    const found = Object.fromEntries(certificate.searched.map(({ store, found }) => [store, found]));
    for (const store of ['keys of persons', 'read model game_events', 'read model memories', 'lines'])
      assert.ok(found[store]! > 0, `${store}: ${JSON.stringify(found)}`);
    assert.equal(await keyOf(canary.id), null);
    const books = /^public\.(erased_players|person_keys) /;
    assert.deepEqual(
      (await naming(canary.id)).filter((row) => !books.test(row)),
      [],
    );
    assert.deepEqual(
      (await rows()).filter(({ row }) => row.includes(key!)),
      [],
    );
    assert.deepEqual(await naming(other.id), before);
    assert.deepEqual(leaksIn(await everything(), canaries), []);
    if (redis)
      assert.deepEqual(
        (await redisOf(redis.url)).filter(({ bytes }) => bytes.includes(canary.id)),
        [],
      );
  });

  it('the certificate is as it was signed, is answered again, and a changed one is not taken', async () => {
    const file = join(dir, 'certificate.json');
    writeFileSync(file, JSON.stringify({ certificate }));
    const changed = join(dir, 'changed.json');
    writeFileSync(changed, JSON.stringify({ certificate }).replace('"left":0', '"left":1'));
    const { publicKey } = certificate;
    const [verified, byAnother, ofChanged, again] = await runInTurn(
      [
        ['erase', '--verify', file, '--by', publicKey],
        ['erase', '--verify', file, '--by', 'another'],
        ['erase', '--verify', changed],
        ['erase', canary.id, '--json'],
      ],
      { AGL_DATA_DIR: dir },
    );
    assert.deepEqual([verified!.code, verified!.out.includes(publicKey)], [0, true]);
    assert.deepEqual([byAnother!.code, ofChanged!.code], [1, 1]);
    assert.deepEqual([again!.code, again!.err, JSON.parse(again!.out)], [0, '', certificate]);
    assert.deepEqual((await eraseAs(canary.id)).body.certificate, certificate);
  });

  it('who was erased is told so, at every door, and does not come back', async () => {
    const { gameId } = studio;
    const refused = async (path: string, body?: object) => {
      const { status, body: problem } = await answer(path, body);
      assert.deepEqual([path, status, problem.code], [path, 410, 'erased']);
    };
    const { externalId } = canaries;
    await refused(`/games/${gameId}/players`, { externalId });
    await refused('/auth/player-tokens', { gameId, playerId: canary.id });
    const events = [{ id: randomUUID(), type: 'player.kill' }];
    await refused('/events', { gameId, playerId: canary.id, events });
    for (const path of ['', '/timeline', '/memories', '/actions', '/emotion']) {
      const headers = { 'x-api-key': studio.apiKey };
      const asked = await fetch(`${studio.base}/players/${canary.id}${path}`, { headers });
      assert.deepEqual([path, asked.status], [path, 410]);
    }
    const bearer = { authorization: `Bearer ${canary.token}` };
    assert.equal(
      (await fetch(`${studio.base}/players/${canary.id}/actions`, { headers: bearer })).status,
      410,
    );
    assert.equal((await eraseAs('nobody')).status, 404);
  });

  it('killed in the middle of an erasure, it is carried out all the same', async (context) => {
    if (!redis) return context.skip('no redis-server on this machine');
    const { port } = redis;
    await redis.kill();
    const pending = eraseAs(other.id).catch(() => null);
    await until(async () => (await keyOf(other.id)) === null, 'the key is gone');
    signal(engine.pid, 'SIGKILL');
    await engine.exited;
    await pending;
    said.push(engine.out(), engine.err());
    redis = await startRedis(port);
    await start();
    await until(async () => (await eraseAs(other.id)).status === 200, 'it is carried out');
    const { body } = await eraseAs(other.id);
    assert.equal((body.certificate as Certificate).residue.rows, 0);
    await stop();
  });
});
