import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { reject } from '../domain/kernel/rejection.js';
import type { SaidLine } from '../domain/voice/speech.js';
import { GAME, stored } from '../projections/testing/stories.js';
import { ask, serve, served } from './testing/served.js';

const { log, running, pool } = served();

const line = (text: string): SaidLine => ({
  text,
  lang: 'en',
  emotion: { valence: 0, arousal: 0, intensity: 0 },
});
const lines: Record<string, SaidLine> = { said: line('Well done.'), silent: line('…'), busy: line('Busy.') };
const audio = Buffer.from([0xff, 0xfb, 0x00, 0x0a, 0x80]);

describe('speech', () => {
  const asked: unknown[] = [];
  let app: NestFastifyApplication;
  const parts = () => ({ pool: pool(), projections: running() });
  before(async () => {
    app = await serve({
      ...parts(),
      lineOf: async ({ playerId, actionId }) => (playerId === 'p0' ? (lines[actionId] ?? null) : null),
      soundOf: async (spoken) => {
        asked.push(spoken);
        if (spoken.text === 'Busy.') return reject('unavailable', 'too many', { retryAfterMs: 1_000 });
        return { audio, mime: 'audio/mpeg' };
      },
    });
  });
  after(() => app.close());

  const listen = (path: string, as: string) =>
    app.inject({ method: 'GET', url: path, headers: { 'x-api-key': as } });
  const refused = async (code: string, path: string, as = 'owner', on = app) => {
    const { status, body } = await ask(on, path, as);
    assert.deepEqual([status, body.code], [418, code], path);
    return body.message as string;
  };
  const speak = async (tts: boolean) => {
    log.tell(`game-${GAME}`, stored('GameConfigured', { config: { voice: { tts } } }));
    assert.ok(await running().caughtUpWithLog(30_000));
  };

  test('is not there in a game that has not switched it on, nor once it is switched off', async () => {
    assert.match(await refused('not_found', '/players/p0/actions/said/speech'), /voice\.tts/);
    await speak(true);
    assert.equal((await listen('/players/p0/actions/said/speech', 'owner')).statusCode, 200);
    await speak(false);
    await refused('not_found', '/players/p0/actions/said/speech');
    await speak(true);
  });

  test('is the sound of the line, byte for byte, for whoever may reach the player', async () => {
    for (const as of ['owner', 'operator', 'p0']) {
      const { statusCode, headers, rawPayload } = await listen('/players/p0/actions/said/speech', as);
      assert.equal(statusCode, 200);
      assert.equal(headers['content-type'], 'audio/mpeg');
      assert.equal(headers['content-length'], String(audio.length));
      assert.match(String(headers['cache-control']), /^private/);
      assert.deepEqual(rawPayload, audio);
    }
    // Of `play`: p0 chose another persona than the one that came first.
    assert.deepEqual(asked.at(-1), { ...line('Well done.'), persona: 'cool' });
  });

  test('is nobody else’s', async () => {
    const before = asked.length;
    for (const as of ['stranger', 'p1'])
      assert.match(await refused('not_found', '/players/p0/actions/said/speech', as), /no such player/);
    await refused('unauthorized', '/players/p0/actions/said/speech', 'nobody');
    assert.equal(asked.length, before);
  });

  test('is none without a line, or of one that cannot be said', async () => {
    for (const actionId of ['nothing', 'silent'])
      assert.match(await refused('not_found', `/players/p0/actions/${actionId}/speech`), /no line/);
    await refused('not_found', '/players/p1/actions/said/speech', 'p1');
    await refused('bad_frame', '/players/p0/actions/a%20b/speech');
  });

  test('is unavailable while the speaker is, and no cache keeps that', async () => {
    await refused('unavailable', '/players/p0/actions/busy/speech');
    const { headers } = await listen('/players/p0/actions/busy/speech', 'owner');
    assert.equal(headers['cache-control'], undefined);
  });

  test('is not there where nobody speaks', async () => {
    const mute = await serve(parts());
    try {
      const path = '/players/p0/actions/said/speech';
      assert.match(await refused('not_found', path, 'owner', mute), /no speaker/);
    } finally {
      await mute.close();
    }
  });
});
