import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Companion, connect } from '../../sdk/index.js';
import {
  cleanUp,
  type Engine,
  freePort,
  isAlive,
  logNodeOf,
  openEngine,
  postgresOf,
  seconds,
  signal,
  startEngine,
  stopEngine,
  temporaryFolder,
  treeOf,
  until,
} from './testing/processes.js';
import { readLog } from './testing/stored.js';
import { all, ask, openStudio, type Seated, type Studio, seat, webSocketOf } from './testing/studio.js';
import { play, type Traffic } from './testing/traffic.js';

/** A second kill is no other than the first. */
const ROUNDS = process.env.AGL_LONG === '1' ? [1, 2] : [1];
const onLinux = existsSync('/proc/self/task');

describe('a stream of events, while parts of the engine are killed', {
  skip: onLinux ? false : 'it finds its processes in /proc',
}, () => {
  const dir = temporaryFolder();
  let engine: Engine;
  let studio: Studio;
  let env: Record<string, string>;
  let players: Traffic[] = [];
  /** Says nothing until Postgres is away: no key of hers is in memory then. */
  let quiet: Seated;
  let dee: Companion | undefined;

  before(async () => {
    env = { PORT: String(await freePort()) };
    engine = await openEngine(dir, { env });
    studio = await openStudio(engine.url);
    const seated = await Promise.all(['ann', 'bo', 'cem'].map((name) => seat(studio, name)));
    quiet = await seat(studio, 'dee');
    players = seated.map((player) => play(studio, player, { everyMs: 50 }));
    await flowing();
  });
  after(async () => {
    await Promise.all([...players, dee].map((one) => one?.close()));
    await cleanUp(dir);
  });

  const acked = () => players.reduce((sum, { acked }) => sum + acked.size, 0);

  async function statusOf(path: string, body?: object): Promise<number> {
    const { status } = await fetch(`${studio.base}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'x-api-key': studio.apiKey, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    return status;
  }

  /** Events that were sent from now on are acked. */
  function flowing(): Promise<number> {
    const newest = players.map(({ sent }) => sent.events.length);
    const reached = (of: Traffic, at: number) => of.acked.has(of.sent.events[newest[at]! + 20] ?? '');
    return until(() => players.every(reached), 'every player is acked again');
  }

  for (const round of ROUNDS) {
    it(`goes on when the event store is killed (${round})`, async (t) => {
      const before = logNodeOf(engine)!;
      signal(before, 'SIGKILL');
      await until(() => !isAlive(before), 'it is dead');
      const ms = await flowing();
      t.diagnostic(`acked again after ${seconds(ms)}`);
      assert.notEqual(logNodeOf(engine), before);
      assert.ok(isAlive(engine.pid), 'the engine stayed');
    });
  }

  for (const round of ROUNDS) {
    it(`goes on when the whole engine is killed and started again (${round})`, async (t) => {
      const children = treeOf(engine.pid);
      signal(engine.pid, 'SIGKILL');
      await engine.exited;
      if (round === 2) await sleep(300);
      engine = await startEngine(dir, { env });
      const ms = await flowing();
      t.diagnostic(`ready after ${seconds(engine.readyMs)}, all acked ${seconds(ms)} later`);
      await until(() => !children.some(isAlive), 'what the killed engine had started is gone');
    });
  }

  it('goes on while Postgres is away, and reads answer 503', async (t) => {
    const data = join(dir, 'postgres', 'data');
    const server = postgresOf(engine)!;
    // Gone, and not to be started again until its folder is back.
    renameSync(data, `${data}.away`);
    signal(server, 'SIGKILL');
    await until(() => !isAlive(server), 'it is dead');
    dee = connect({
      url: webSocketOf(studio),
      token: quiet.token,
      backoff: { baseMs: 50, capMs: 400 },
    });
    const line = dee.chat('Is anybody there?');
    const soFar = acked();
    const actions = players[0]!.actions.length;
    await until(() => acked() > soFar + 100, 'events are acked without Postgres');
    await until(() => players[0]!.actions.length > actions, 'companions act without Postgres');
    const { id } = players[0]!.player;
    assert.equal(await statusOf(`/players/${id}/timeline`), 503);
    assert.equal(await statusOf('/auth/verify', {}), 503);
    assert.equal(await statusOf(`/games/${studio.gameId}/players`, { externalId: 'eve' }), 503);
    const { parts } = await ask<{ parts: Record<string, string> }>(studio, '/health/ready');
    assert.deepEqual([parts.log, parts.database], ['ok', 'down'], JSON.stringify(parts));
    assert.equal(dee.pending, 1, 'what needs a key waits');
    renameSync(`${data}.away`, data);
    const reads = async () => (await statusOf(`/players/${id}/timeline?limit=1`)) === 200;
    const ms = await until(reads, 'reads answer again');
    t.diagnostic(`reads answer ${seconds(ms)} after the folder is back`);
    assert.equal((await line).duplicate, false);
    await dee.close();
    await flowing();
  });

  it('lost nothing and doubled nothing', async (t) => {
    const since = performance.now();
    await Promise.all(players.map((player) => player.finish()));
    t.diagnostic(`the last ack and act after ${seconds(performance.now() - since)}`);
    const about = JSON.parse(readFileSync(join(dir, 'engine.json'), 'utf8')) as { eventstore: string };
    const log = await readLog(about.eventstore);
    await Promise.all(players.map((player) => player.close()));
    const { position, players: told } = log;
    const level = performance.now();
    await all(studio, `/players/${players[0]!.player.id}/timeline`, position);
    const caughtUp = performance.now() - level;
    for (const { player, sent, acked, refused, actions } of players) {
      assert.deepEqual(refused, [], 'nothing was refused');
      assert.equal(acked.size, sent.events.length + sent.chats.length, 'everything was acked in the end');
      const stored = told.get(player.id)!;
      assert.deepEqual(stored.events, sent.events, 'the log holds each event once, in the order of sending');
      assert.deepEqual(stored.chats, sent.chats, 'and each chat line');
      const timeline = await all<{ id: string }>(studio, `/players/${player.id}/timeline`, position);
      assert.deepEqual(timeline.map(({ id }) => id).sort(), [...sent.events].sort());
      const acts = await all<{ actionId: string; causedBy: string }>(
        studio,
        `/players/${player.id}/actions`,
        position,
      );
      const causes = acts.map(({ causedBy }) => causedBy);
      assert.equal(new Set(causes).size, causes.length, 'one act a cause');
      assert.deepEqual(acts.map(({ actionId }) => actionId).sort(), [...stored.acts].sort());
      const felt = await all<{ position: string }>(studio, `/players/${player.id}/emotions`, position);
      assert.equal(new Set(felt.map(({ position }) => position)).size, felt.length);
      assert.deepEqual(
        actions.map(({ actionId }) => actionId),
        stored.acts,
        'each act reached the game once, in order',
      );
    }
    const events = players.reduce((sum, { sent }) => sum + sent.events.length, 0);
    const used = async () => (await ask<{ used: number }>(studio, '/auth/verify', {})).used;
    await until(async () => (await used()) >= events, 'all are counted');
    assert.equal(await used(), events, 'nothing was counted twice');
    t.diagnostic(
      `${events} events, ${players.flatMap(({ actions }) => actions).length} acts; read models level after ${seconds(caughtUp)}`,
    );
    assert.equal(await stopEngine(engine), 0);
  });
});
