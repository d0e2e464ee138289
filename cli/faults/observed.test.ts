import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type MessagesApi, startMessagesApi } from '../../commands/voice/testing/messages-api.js';
import { startRedis, type TestRedis } from '../../commands/voice/testing/redis.js';
import { putCluster } from '../../projections/testing/cluster.js';
import { type Companion, connect } from '../../sdk/index.js';
import { playerInLogs } from '../observe/without-secrets.js';
import {
  cleanUp,
  type Engine,
  lines,
  startEngine,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { ask, openStudio, type Seated, type Studio, seat, webSocketOf } from './testing/studio.js';

const onLinux = existsSync('/proc/self/task');
const root = new URL('../../../', import.meta.url);
const fileOf = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** What moves when somebody plays and is answered: each by the beginning of a time series. */
const moves = {
  'API calls per client': 'agl_client_calls_total{client="CLIENT",by="frame"}',
  'requests of a client': 'agl_client_calls_total{client="CLIENT",by="request"}',
  'events processed': 'agl_events_stored_total{type="player.victory"}',
  'a type of the game': 'agl_events_stored_total{type="custom"}',
  frames: 'agl_frames_total{type="game_event"}',
  'cost of a request to the model': 'agl_llm_request_usd_count',
  'cost of all': 'agl_llm_cost_usd_total{source="llm"',
  'template lines': 'agl_lines_total{source="template"',
  'lines of the model': 'agl_lines_total{source="llm"',
  'errors of a part': 'agl_errors_total{service="gateway",code="unknown_type"}',
  'work of a part': 'agl_work_total{service="emotion"}',
  requests: 'agl_http_requests_total{method="POST",route="/events",status="200"}',
  'latency of requests': 'agl_http_request_seconds_count{route="/events"}',
  'caches: streams': 'agl_cache_requests_total{cache="players",outcome="hit"}',
  'caches: keys': 'agl_cache_requests_total{cache="person_keys"',
  'caches: what happened last': 'agl_cache_requests_total{cache="recent_events"',
  processor: 'process_cpu_seconds_total',
  ...Object.fromEntries(
    ['frame', 'append', 'append_derived', 'to_feel', 'feel', 'to_push', 'frame_to_action'].map((stage) => [
      `latency: ${stage}`,
      `agl_stage_seconds_count{stage="${stage}"}`,
    ]),
  ),
};

/** What is told as it stands. */
const stands = [
  'agl_connections{kind="websocket"} 1',
  'agl_connections{kind="sse"} 0',
  'agl_postgres_connections{pool="main",state="waiting"} ',
  'agl_postgres_connections_max{pool="followers"} ',
  'agl_projection_lag_seconds{projection="sessions"} ',
  'agl_quota_clients{state="near"} 0',
  'agl_event_loop_lag_seconds{thread="main"} ',
  'agl_event_loop_lag_seconds{thread="followers"} ',
  'agl_disk_bytes{state="free"} ',
  'agl_line_template_share ',
  'process_resident_memory_bytes ',
];

/** Loaded before the engine: each thread warns once as soon as `warn` is there, beside it. */
const warning = `
  import { existsSync } from 'node:fs';
  import { isMainThread } from 'node:worker_threads';
  const timer = setInterval(() => {
    if (!existsSync(new URL('warn', import.meta.url))) return;
    clearInterval(timer);
    process.emitWarning((isMainThread ? 'main' : 'thread') + ' holds Bearer abcd.efgh');
  }, 50);
  timer.unref();`;

describe('an engine that is looked at', { skip: onLinux ? false : 'it finds its processes in /proc' }, () => {
  const dir = temporaryFolder();
  const answered = new Set<string>();
  let api: MessagesApi;
  let redis: TestRedis | null;
  let engine: Engine;
  let studio: Studio;
  let player: Seated;
  let companion: Companion;

  const metrics = async () => (await fetch(`${engine.url}/metrics`)).text();
  /** The sum of all time series that begin so. */
  const told = (text: string, begins: string): number =>
    text
      .split('\n')
      .filter((line) => line.startsWith(begins))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  const namesIn = (text: string) => new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!));
  const replies = ['Look where they were last.', 'Breathe out slowly, then go.', 'Hold the river.'];
  const play = async () => {
    // What it has just said it does not say again.
    api.reply = { line: replies.pop()!, gesture: 'nod', tone: 'calm' };
    const { id } = await companion.send({ type: 'player.victory', data: { mvp: true } });
    await companion.send({ type: 'custom.dance' });
    await companion.send({ type: 'player.nonsense' as 'player.kill' }).catch(() => undefined);
    const chat = await companion.chat('How should I play this?', { lang: 'en' });
    const events = [{ id: crypto.randomUUID(), type: 'player.kill' }];
    await ask(studio, '/events', { gameId: studio.gameId, playerId: player.id, events });
    await until(() => answered.has(id) && answered.has(chat.id), 'both are answered');
  };

  before(async () => {
    api = await startMessagesApi();
    redis = await startRedis();
    await putCluster(join(dir, 'postgres'));
    writeFileSync(join(dir, 'warning.mjs'), warning);
    const env = {
      ANTHROPIC_API_KEY: 'a-key',
      ANTHROPIC_BASE_URL: api.url,
      LOG_LEVEL: 'debug',
      NODE_OPTIONS: `--import=${join(dir, 'warning.mjs')}`,
      ...(redis && { REDIS_URL: redis.url }),
    };
    engine = await startEngine(dir, { env });
    studio = await openStudio(engine.url);
    player = await seat(studio, 'ann');
    companion = connect({
      url: webSocketOf(studio),
      token: player.token,
      onAction: ({ causedBy, dialogue }) => dialogue && answered.add(causedBy),
      onError: () => undefined,
    });
    await play();
  });
  after(async () => {
    await companion?.close();
    await stopEngine(engine).catch(() => undefined);
    await api.close();
    await redis?.kill();
    await cleanUp(dir);
  });

  it('tells of each thing in its metrics, and when it happens again they say so', async () => {
    const { clientId } = await ask<{ clientId: string }>(studio, '/auth/verify', {});
    const named = Object.entries(moves).map(([what, begins]) => [what, begins.replace('CLIENT', clientId)]);
    const before = await metrics();
    await play();
    let missing: string[] = [];
    let now = '';
    const look = async () => {
      now = await metrics();
      const isTold = (begins: string) => now.split('\n').some((line) => line.startsWith(begins));
      const still = named.filter(([, begins]) => told(now, begins!) <= told(before, begins!));
      missing = [...still.map(([what]) => what!), ...stands.filter((begins) => !isTold(begins))];
      return missing.length === 0;
    };
    await until(look, 'all is told', 60_000).catch(() => assert.deepEqual(missing, []));
    const families = [...now.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    assert.equal(families.length, new Set(families).size, 'no metric is told twice');
  });

  it('has all that the alerts, the dashboard and the document speak of', async () => {
    const text = await metrics();
    const names = namesIn(text);
    const alerts = [...fileOf('deploy/prometheus/alerts.yml').matchAll(/^ +expr: (.+)$/gm)].map(
      ([, expr]) => expr!,
    );
    const { panels } = JSON.parse(fileOf('deploy/grafana/agl.json')) as {
      panels: { targets: { expr: string }[] }[];
    };
    const expressions = [...alerts, ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))];
    assert.ok(alerts.length >= 9 && panels.length > 9, 'they were found');
    const used = expressions.flatMap((expr) => [
      ...expr.matchAll(
        /\b((?:agl|process|nodejs)_[a-z_]+?)(?:_bucket|_count|_sum)?(?=[{[)\s]|$)(?:\{([^}]*)\})?/g,
      ),
    ]);
    assert.ok(used.length > 20, 'they speak of metrics');
    assert.deepEqual(
      used.filter(([, name]) => !names.has(name!)).map(([, name]) => name),
      [],
    );
    const unknownLabels = used.filter(([, name, labels = '']) => {
      const keys = [...labels.matchAll(/(\w+)(?:!?=~?)"/g)]
        .map(([, key]) => key!)
        .filter((key) => key !== 'job');
      const samples = text.split('\n').filter((line) => line.startsWith(`${name}`) && line.includes('{'));
      return samples.length > 0 && keys.some((key) => !samples.some((line) => line.includes(`${key}="`)));
    });
    assert.deepEqual(unknownLabels, []);
    const documented = new Set(
      [...fileOf('docs/observability.md').matchAll(/^\| `(agl_\w+)`/gm)].map(([, name]) => name!),
    );
    assert.deepEqual([...documented].sort(), [...names].filter((name) => name.startsWith('agl_')).sort());
  });

  it('tells of each act and each line in its logs, and never by whom', async () => {
    const told = lines(engine.err()).map((line) => JSON.parse(line));
    const act = told.find(
      ({ service, event_type }) => service === 'emotion' && event_type === 'player.victory',
    );
    assert.equal(act.player_id, playerInLogs(player.id));
    assert.match(act.emotion, /^[a-z]+$/);
    assert.ok(act.confidence > 0 && act.latency_ms >= 0 && act.level === 'info');
    assert.ok(told.some(({ service, source }) => service === 'dialogue' && source === 'llm'));
    assert.ok(!engine.err().includes(player.id), 'no id of a player');
    assert.ok(!engine.err().includes('How should I play'), 'nothing that somebody said');
  });

  it('tells what a thread is warned of in its logs too, in their form', async () => {
    writeFileSync(join(dir, 'warn'), '');
    const warned = (thread: string) => engine.err().includes(`${thread} holds Bearer`);
    await until(() => warned('main') && warned('thread'), 'both are told');
    const told = lines(engine.err()).map((line) => JSON.parse(line));
    assert.ok(told.some(({ level, msg }) => level === 'warn' && msg === 'a warning'));
    assert.ok(!engine.err().includes('abcd.efgh'), 'no token');
  });

  it('counts questions of a client as well', async () => {
    const { clientId } = await ask<{ clientId: string }>(studio, '/auth/verify', {});
    const asked = async () =>
      told(await metrics(), `agl_client_calls_total{client="${clientId}",by="request"}`);
    const before = await asked();
    for (let nth = 0; nth < 10; nth++) await ask(studio, '/games');
    await until(async () => (await asked()) >= before + 10, 'they are counted');
  });

  it('says that Redis is gone, and goes on', async () => {
    if (!redis) return;
    const parts = async () => {
      const ready = await ask<{ status: string; parts: Record<string, string> }>(studio, '/health/ready');
      return [ready.status, ready.parts.redis];
    };
    assert.deepEqual(await parts(), ['ok', 'ok']);
    assert.ok(told(await metrics(), 'agl_redis_commands_total{outcome="ok"}') > 0);
    await redis.kill();
    await until(async () => (await parts()).join(' ') === 'degraded down', 'it is told');
    await play();
    assert.ok(told(await metrics(), 'agl_redis_commands_total{outcome="failed"}') > 0);
  });
});
