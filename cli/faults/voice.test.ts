import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { Redis } from 'ioredis';
import { type MessagesApi, startMessagesApi } from '../../commands/voice/testing/messages-api.js';
import { startRedis, type TestRedis } from '../../commands/voice/testing/redis.js';
import { formatPosition } from '../../domain/kernel/position.js';
import { START } from '../../eventstore/log.js';
import { type Companion, type CompanionAction, connect, type LinePiece } from '../../sdk/index.js';
import {
  cleanUp,
  type Engine,
  openEngine,
  run,
  signal,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { ask, openStudio, type Seated, type Studio, seat, webSocketOf } from './testing/studio.js';

const onLinux = existsSync('/proc/self/task');

describe('an engine that has lines written', {
  skip: onLinux ? false : 'it finds its processes in /proc',
}, () => {
  const dir = temporaryFolder();
  let api: MessagesApi;
  let redisServer: TestRedis | null = null;
  let engine: Engine;
  let studio: Studio;
  let player: Seated;
  let companion: Companion;
  const actions: CompanionAction[] = [];
  const pieces: LinePiece[] = [];
  const sit = (resume?: string) => {
    companion = connect({
      url: webSocketOf(studio),
      token: player.token,
      ...(resume !== undefined && { resume }),
      onAction: (action) => void actions.push(action),
      onError: () => undefined,
    });
    companion.onLine((piece) => void pieces.push(piece));
  };
  const start = async (env: Record<string, string> = {}) => {
    engine = await openEngine(dir, {
      env: { ANTHROPIC_API_KEY: 'a-key', ANTHROPIC_BASE_URL: api.url, ...env },
    });
    if (studio) studio = { ...studio, base: engine.url };
  };
  const answered = (id: string) => actions.filter(({ causedBy }) => causedBy === id);
  const spoken = async (id: string) => {
    await until(() => answered(id).some(({ dialogue }) => dialogue), 'the line is there');
    return answered(id).find(({ dialogue }) => dialogue)!.dialogue!;
  };

  before(async () => {
    api = await startMessagesApi();
    await start();
    studio = await openStudio(engine.url);
    player = await seat(studio, 'ann');
    sit();
  });
  after(async () => {
    await companion?.close();
    await api.close();
    await redisServer?.stop();
    if (engine) await stopEngine(engine).catch(() => undefined);
    cleanUp(dir);
  });

  it('answers a message with the body at once, the line as it grows, and the whole of it', async () => {
    api.reply = { line: 'Breathe out slowly. Then look where they were last.', gesture: 'nod', tone: 'calm' };
    const { id } = await companion.chat('How should I play this?', { lang: 'en', stream: true });
    assert.deepEqual(await spoken(id), { text: api.reply.line, lang: 'en', source: 'llm' });
    const [body, whole, ...more] = answered(id);
    assert.equal(body!.lineFollows, true);
    assert.equal(body!.dialogue, undefined);
    assert.equal(whole!.actionId, body!.actionId);
    assert.equal(whole!.action, 'nod');
    assert.deepEqual(more, []);
    assert.equal(pieces.map(({ delta }) => delta).join(''), api.reply.line);
    assert.ok(pieces.every(({ actionId }) => actionId === body!.actionId));
  });

  it('goes on with templates while the model is away, shows it, and asks again later', async () => {
    api.always = { status: 529 };
    for (let nth = 0; nth < 5; nth++) {
      const { id } = await companion.chat(`hello ${nth}`, { lang: 'en' });
      assert.equal((await spoken(id)).source, 'template');
    }
    const ready = () =>
      fetch(`${engine.url}/health/ready`).then(
        (response) => response.json() as Promise<{ voice: { breaker: string } }>,
      );
    // What it answers may be a second old.
    const shows = async (closed: boolean) => ((await ready()).voice.breaker === 'closed') === closed;
    await until(() => shows(false), 'it is shown that the model is left alone');
    assert.match(
      await (await fetch(`${engine.url}/metrics`)).text(),
      /agl_voice_breaker\{state="(open|half_open)"\} 1/,
    );
    api.always = null;
    await until(async () => {
      const { id } = await companion.chat('and now?', { lang: 'en' });
      return (await spoken(id)).source === 'llm';
    }, 'a line is written again');
    await until(() => shows(true), 'it is shown that the model is asked again');
  });

  it('never keeps the next events waiting for a line', async () => {
    api.always = { hang: true };
    const chat = await companion.chat('are you there?', { lang: 'en' });
    const { id } = await companion.send({ type: 'player.multi_kill', data: { killCount: 3 } });
    await until(() => answered(id).length > 0, 'the body moves for the event');
    assert.ok(
      answered(chat.id).every(({ dialogue }) => !dialogue),
      'while the line is still being waited for',
    );
    assert.equal((await spoken(chat.id)).source, 'template');
    api.always = null;
  });

  it('killed while a line is written, it says the template, once, and pays once', async () => {
    api.always = { hang: true };
    const asked = api.asked.length;
    const { id } = await companion.chat('and if you fall?', { lang: 'en' });
    await until(() => api.asked.length > asked, 'the line is asked for');
    await until(() => answered(id).length === 1, 'the body moves');
    const { resume } = companion;
    await companion.close();
    signal(engine.pid, 'SIGKILL');
    await engine.exited;
    api.always = null;
    // From here on with one, where it is installed: for what comes last.
    redisServer = await startRedis();
    await start(redisServer ? { REDIS_URL: redisServer.url } : {});
    sit(resume);
    assert.equal((await spoken(id)).source, 'template');
    assert.equal(answered(id).length, 2);
    assert.equal(api.asked.length, asked + 1);
  });

  it('replays and rebuilds without a word to the model', async () => {
    const asked = api.asked.length;
    const said = actions.filter(({ dialogue }) => dialogue).length;
    assert.equal((await run(['rebuild', 'companion_actions'], { env: { AGL_DATA_DIR: dir } })).code, 0);
    const again: CompanionAction[] = [];
    const witness = connect({
      url: webSocketOf(studio),
      token: player.token,
      resume: formatPosition(START, -1),
      onError: () => undefined,
    });
    witness.onAction((action) => void again.push(action));
    try {
      await until(() => again.filter(({ dialogue }) => dialogue).length >= said, 'all is told again');
    } finally {
      await witness.close();
    }
    assert.deepEqual(
      again.map(({ actionId, dialogue }) => [actionId, dialogue]),
      actions.map(({ actionId, dialogue }) => [actionId, dialogue]),
    );
    assert.equal(api.asked.length, asked);
  });

  it('keeps what happened last in Redis, sealed, and writes on whatever becomes of it', async (context) => {
    const server = redisServer;
    if (!server) return context.skip('no redis-server on this machine');
    const redis = new Redis(server.url);
    redis.on('error', () => undefined);
    const text = 'nobody else shall read this';
    const written = async (line: string) => {
      api.reply = { ...api.reply, line };
      const { id } = await companion.chat(text, { lang: 'en' });
      assert.deepEqual(await spoken(id), { text: line, lang: 'en', source: 'llm' });
      return JSON.stringify(api.asked.at(-1)!.body.messages);
    };
    try {
      await companion.send({ type: 'player.objective', data: { name: 'the Frost Gate' } });
      await written('Stay close to the river.');
      const keys = await redis.keys('agl:recent:*');
      assert.equal(keys.length, 1);
      const kept = await redis.zrange(keys[0]!, '0', '-1');
      assert.ok(kept.some((event) => event.includes('ChatMessageReceived')));
      assert.ok(!kept.some((event) => event.includes(text)));
      await redis.flushall();
      const flushed = await written('Take the long way around.');
      await server.kill();
      const alone = await written('Wait for the next wave.');
      for (const prompt of [flushed, alone])
        for (const past of ['the Frost Gate', 'Stay close to the river.'])
          assert.ok(prompt.includes(past), `${past} is not in ${prompt}`);
    } finally {
      redis.disconnect();
    }
  });

  it('without a key says templates alone, at once', async () => {
    await companion.close();
    assert.equal(await stopEngine(engine), 0);
    await start({ ANTHROPIC_API_KEY: '' });
    sit(companion.resume);
    const { id } = await companion.chat('hello', { lang: 'en' });
    assert.equal((await spoken(id)).source, 'template');
    assert.equal(answered(id).length, 1);
    const { voice } = await ask<{ voice: object }>(studio, '/health/ready');
    assert.deepEqual(voice, { breaker: 'off', trouble: null });
  });
});
