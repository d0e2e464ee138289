import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { findEspeak } from '../../commands/voice/speaker.espeak.js';
import { type SpeechApi, startSpeechApi } from '../../commands/voice/testing/speech-api.js';
import { type CompanionAction, connect } from '../../sdk/index.js';
import { cleanUp, type Engine, openEngine, stopEngine, temporaryFolder, until } from './testing/processes.js';
import { ask, openStudio, type Seated, type Studio, seat, webSocketOf } from './testing/studio.js';

const onLinux = existsSync('/proc/self/task');
const espeak = findEspeak(process.env.PATH);
const NO_PROGRAMS = '/nowhere';

describe('an engine whose companions speak', {
  skip: onLinux ? false : 'it finds its processes in /proc',
}, () => {
  const dir = temporaryFolder();
  let api: SpeechApi;
  let engine: Engine;
  let studio: Studio;
  let players: [Seated, Seated];
  let said: CompanionAction;
  before(async () => {
    api = await startSpeechApi();
  });
  after(async () => {
    await api.close();
    await cleanUp(dir);
  });

  const start = async (env: Record<string, string>) => {
    engine = await openEngine(dir, { env });
    if (studio) studio.base = engine.url;
  };
  const listen = (by: Record<string, string>, actionId = said.actionId, player = players[0]) =>
    fetch(`${studio.base}/players/${player.id}/actions/${actionId}/speech`, { headers: by });
  const bearer = ({ token }: Seated) => ({ authorization: `Bearer ${token}` });
  const victory = async () => {
    const actions: CompanionAction[] = [];
    const companion = connect({ url: webSocketOf(studio), token: players[0].token });
    companion.onAction((action) => void actions.push(action));
    await companion.send({ type: 'player.victory' });
    await until(() => actions.some(({ dialogue }) => dialogue), 'the companion speaks', 20_000);
    companion.close();
    return actions.find(({ dialogue }) => dialogue)!;
  };

  it('says what a voice needs in frames, and gives the sound for them', async () => {
    await start({ AGL_TTS_URL: api.url, AGL_TTS_KEY: 'a-key' });
    studio = await openStudio(engine.url);
    const config = { voice: { tts: true } };
    const { id } = await ask<{ id: string }>(studio, '/games', { name: 'Aloud', config });
    studio.gameId = id;
    players = [await seat(studio, 'ann'), await seat(studio, 'bob')];
    said = await victory();
    // What a busy machine may need for it is not what this is about.
    await until(async () => (await listen(bearer(players[0]))).status === 200, 'it is heard', 60_000);
    assert.match(said.speech!.ssml, /^<speak version="1\.1"/);
    assert.equal(said.speech!.visemes.at(-1)!.viseme, 'sil');
    for (const by of [bearer(players[0]), { 'x-api-key': studio.apiKey }]) {
      const response = await listen(by);
      assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'audio/mpeg']);
      assert.ok((await response.arrayBuffer()).byteLength > 100);
    }
    assert.equal(api.asked.length, 1, 'each time after the first it is known');
    assert.equal(api.asked[0]!.body.input, said.dialogue!.text);
  });

  // Read models know of the players by now.
  it('keeps it from others, and has none for what was never said', async () => {
    assert.equal((await listen(bearer(players[1]))).status, 404);
    assert.equal((await listen(bearer(players[0]), crypto.randomUUID())).status, 404);
    assert.equal((await listen({})).status, 401);
  });

  it('says when the speaker cannot, and stops all the same while it is silent', async () => {
    const next = await victory();
    api.faults.push({ status: 503 }, { hang: true });
    const response = await listen(bearer(players[0]), next.actionId);
    assert.equal(response.status, 503);
    assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    assert.ok(response.headers.has('retry-after'));
    const waiting = listen(bearer(players[0]), next.actionId).catch(() => null);
    await until(() => api.faults.length === 0, 'it was asked', 20_000);
    assert.equal(await stopEngine(engine), 0);
    await waiting;
  });

  it('has no sound without a speaker', async () => {
    await start({ PATH: NO_PROGRAMS });
    const response = await listen(bearer(players[0]));
    assert.equal(response.status, 404);
    assert.match(((await response.json()) as { detail: string }).detail, /no speaker/);
    assert.equal(await stopEngine(engine), 0);
  });

  it('speaks by itself where eSpeak NG is installed', {
    skip: espeak ? false : 'espeak-ng is not installed',
  }, async () => {
    await start({});
    const response = await listen(bearer(players[0]));
    assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'audio/wav']);
    assert.equal(Buffer.from(await response.arrayBuffer()).toString('latin1', 0, 4), 'RIFF');
    assert.equal(await stopEngine(engine), 0);
  });
});
