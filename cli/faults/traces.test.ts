import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { type MessagesApi, startMessagesApi } from '../../commands/voice/testing/messages-api.js';
import { connectLog } from '../../eventstore/log.eventstore.js';
import type { StoredEvent } from '../../eventstore/log.js';
import { type CollectedSpan, startCollector } from './testing/collector.js';
import {
  cleanUp,
  type Engine,
  openEngine,
  startEngine,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { ask, openStudio, type Seated, type Studio, seat, webSocketOf } from './testing/studio.js';

const onLinux = existsSync('/proc/self/task');
const parentOf = (traceId: string) => `00-${traceId}-00f067aa0ba902b7-01`;
const newTraceId = () => randomUUID().replaceAll('-', '');

/** Up to the companion. */
const FELT = 'frame@gateway append@gateway feel@reactor';

type Frame = { type: string; id?: string; causedBy?: string; dialogue?: object };

describe('a frame on its way through two processes', {
  skip: onLinux ? false : 'it finds its processes in /proc',
}, () => {
  const dir = temporaryFolder();
  const there = temporaryFolder();
  const frames: Frame[] = [];
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let api: MessagesApi;
  let gateway: Engine;
  let reactor: Engine;
  let studio: Studio;
  let player: Seated;
  let socket: WebSocket;

  const send = (frame: object) => socket.send(JSON.stringify(frame));
  const pushed = (cause: string, fits: (frame: Frame) => boolean = () => true) =>
    until(() => frames.some((frame) => frame.causedBy === cause && fits(frame)), 'the answer is pushed');
  /** Without what comes to mind: a memory that was slow, or away, is left alone for a moment, and is no part of anything then. */
  const spansOf = async (traceId: string, count: number): Promise<CollectedSpan[]> => {
    const found = () => collector.spans.filter((span) => span.traceId === traceId && span.name !== 'recall');
    await until(() => found().length >= count, `${count} spans arrive`, 30_000).catch(() => undefined);
    return found();
  };
  /** Names from the first to the last, each below the one that it is because of. */
  const pathsOf = (spans: CollectedSpan[], from = '00f067aa0ba902b7', path = ''): string[] =>
    spans
      .filter(({ parentSpanId }) => parentSpanId === from)
      .flatMap((span) => {
        const here = `${path} ${span.name}@${span.roles.includes('reactor') ? 'reactor' : 'gateway'}`.trim();
        const below = pathsOf(spans, span.spanId, here);
        return below.length > 0 ? below : [here];
      });
  const stored = async (): Promise<StoredEvent[]> => {
    const { eventstore } = JSON.parse(readFileSync(join(dir, 'engine.json'), 'utf8'));
    const log = connectLog({ url: eventstore });
    const events: StoredEvent[] = [];
    for await (const event of log.readStream(`player-${player.id}`)) events.push(event);
    await log.close();
    return events;
  };

  before(async () => {
    [collector, api] = await Promise.all([startCollector(), startMessagesApi()]);
    const tracing = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_TRACES_SAMPLER_ARG: '0',
    };
    const common = {
      ...tracing,
      AGL_MASTER_KEY: Buffer.alloc(32, 5).toString('base64'),
      ANTHROPIC_API_KEY: 'a-key',
      ANTHROPIC_BASE_URL: api.url,
    };
    gateway = await openEngine(dir, { env: { ...common, AGL_ROLES: 'gateway,api,projector' } });
    const urls = JSON.parse(readFileSync(join(dir, 'engine.json'), 'utf8'));
    const env = { ...common, EVENTSTORE_URL: urls.eventstore, DATABASE_URL: urls.database };
    reactor = await startEngine(there, { env: { ...env, AGL_ROLES: 'reactor,api' } });
    studio = await openStudio(gateway.url);
    player = await seat(studio, 'ann');
    socket = new WebSocket(webSocketOf(studio));
    socket.on('message', (data) => void frames.push(JSON.parse(String(data))));
    await new Promise((resolve) => socket.once('open', resolve));
    send({ type: 'hello', protocol: 1, token: player.token });
    await until(() => frames.some(({ type }) => type === 'welcome'), 'the player is welcome');
    // A model is asked for the first victory of a life, and then for a minute for none.
    const id = randomUUID();
    send({ type: 'game_event', id, event: { type: 'player.victory' } });
    await pushed(id, ({ dialogue }) => dialogue !== undefined);
  });
  after(async () => {
    socket?.close();
    for (const engine of [reactor, gateway]) if (engine) await stopEngine(engine).catch(() => undefined);
    await Promise.all([collector.close(), api.close()]);
    await cleanUp(dir);
    await cleanUp(there);
  });

  it('is one trace up to the line that a model writes', async () => {
    const [id, traceId] = [randomUUID(), newTraceId()];
    const text = 'My sister Mirabel plays this too. What now?';
    send({ type: 'chat_message', id, text, lang: 'en', traceparent: parentOf(traceId) });
    await pushed(id, ({ dialogue }) => dialogue !== undefined);
    const paths = pathsOf(await spansOf(traceId, 10));
    assert.ok(paths.includes(`${FELT} choose line@reactor`), paths.join('\n'));
    assert.ok(paths.includes(`${FELT} append@reactor push@gateway`), paths.join('\n'));
    const written = `${FELT} append@reactor write line@reactor append@reactor push@gateway`;
    assert.ok(paths.includes(written), paths.join('\n'));
    for (const secret of ['Mirabel', player.id, studio.gameId])
      assert.ok(!collector.text().includes(secret), `${secret} is in a span`);
  });

  it('is one trace from the frame to the action, each part below the one it is because of', async () => {
    const [id, traceId] = [randomUUID(), newTraceId()];
    send({ type: 'game_event', id, event: { type: 'player.victory' }, traceparent: parentOf(traceId) });
    await pushed(id);
    const spans = await spansOf(traceId, 6);
    assert.deepEqual(pathsOf(spans).sort(), [
      `${FELT} append@reactor push@gateway`,
      `${FELT} choose line@reactor`,
    ]);
    assert.equal(new Set(spans.map(({ instance }) => instance)).size, 2);
    for (const called of ['feel', 'choose line']) {
      const { attributes } = spans.find(({ name }) => name === called)!;
      const about = Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
      assert.equal(about['agl.line'], 'template', called);
    }
  });

  it('has a part for what comes to mind, to the companion as to whoever writes its line', async () => {
    const isBelow = async (place: string, frame: object): Promise<boolean> => {
      const [id, traceId] = [randomUUID(), newTraceId()];
      send({ id, ...frame, traceparent: parentOf(traceId) });
      await pushed(id);
      const paths = () => pathsOf(collector.spans.filter((span) => span.traceId === traceId));
      const found = until(() => paths().some((path) => path.endsWith(place)), place, 5_000);
      return found.then(
        () => true,
        () => false,
      );
    };
    const soon = (place: string, frame: object) => until(() => isBelow(place, frame), place);
    await soon(`${FELT} recall@reactor`, { type: 'game_event', event: { type: 'player.victory' } });
    const chat = { type: 'chat_message', text: 'Do you remember me?', lang: 'en' };
    await soon(`${FELT} append@reactor write line@reactor recall@reactor`, chat);
  });

  it('is traced by the header of a request as well', async () => {
    const [id, traceId] = [randomUUID(), newTraceId()];
    const headers = { 'x-api-key': studio.apiKey, 'content-type': 'application/json' };
    const events = [{ id, type: 'player.victory' }];
    const body = JSON.stringify({ gameId: studio.gameId, playerId: player.id, events });
    const request = { method: 'POST', headers: { ...headers, traceparent: parentOf(traceId) }, body };
    assert.equal((await fetch(`${studio.base}/events`, request)).status, 200);
    await pushed(id);
    assert.equal((await spansOf(traceId, 6)).length, 6);
  });

  it('is stored as it is, whatever trace it is sent in again', async () => {
    const [id, first, second] = [randomUUID(), newTraceId(), newTraceId()];
    const frame = { type: 'game_event', id, event: { type: 'player.kill' } };
    const acks = () => frames.filter((one) => one.type === 'ack' && one.id === id);
    for (const traceId of [first, second]) {
      send({ ...frame, traceparent: parentOf(traceId) });
      const before = acks().length;
      await until(() => acks().length > before, 'it is acknowledged');
    }
    assert.equal((acks()[1] as { duplicate?: boolean }).duplicate, true);
    const [event, ...more] = (await stored()).filter((one) => one.id === id);
    assert.deepEqual(more, []);
    assert.match(event!.metadata.traceparent!, new RegExp(`^00-${first}-[0-9a-f]{16}-01$`));
  });

  it('leaves no trace where nobody asked for one, nor where what was asked for is no trace', async () => {
    const nothing = [undefined, 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`];
    const ids = nothing.map(() => randomUUID());
    for (const [nth, traceparent] of nothing.entries())
      send({ type: 'game_event', id: ids[nth], event: { type: 'player.victory' }, traceparent });
    for (const id of ids) await pushed(id);
    const events = (await stored()).filter(
      ({ id, metadata }) => ids.includes(id as never) || ids.includes(metadata.$causationId as never),
    );
    assert.equal(events.length, 6);
    assert.ok(events.every(({ metadata }) => !('traceparent' in metadata)));
    assert.ok(await ask(studio, '/health/ready'));
  });
});
