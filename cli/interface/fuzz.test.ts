import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { isAlive, lines, stopEngine } from '../faults/testing/processes.js';
import { ask } from '../faults/testing/studio.js';
import { operationsIn } from './testing/checked.js';
import { sendHostileFrames } from './testing/hostile-frames.js';
import { sendHostileRequests } from './testing/hostile-requests.js';
import { sendRawRequests } from './testing/raw-requests.js';
import { openTenant, openWorld, parkAnEvent, type Tenant, type World } from './testing/world.js';

/** Frames and requests together. */
const TOTAL = process.env.AGL_LONG === '1' ? 100_000 : process.env.AGL_SLOW === '1' ? 20_000 : 2_000;
/** So many by one tenant: whatever becomes of it, the next begins with a whole one. */
const PART = Math.min(1_000, TOTAL / 2);
const RAW_SHARE = 0.02;

const open = {
  AGL_LIMIT_ADDRESS: '0',
  AGL_LIMIT_KEY: '0',
  AGL_LIMIT_PLAYER: '0',
  AGL_TRUSTED_PROXIES: 'loopback',
};

describe('frames and requests that are nearly right, or not at all', () => {
  let world: World;
  let theirs: Tenant;
  let parked: string;
  let secrets: string[];
  let known: unknown[];
  const seed = Number(process.env.AGL_SEED ?? randomBytes(2).readUInt16BE());

  /** All that the other tenant has. */
  const allOfTheirs = () => {
    const { studio, players } = theirs;
    const game = `/games/${studio.gameId}`;
    const player = `/players/${players[0].id}`;
    const paths = [
      game,
      `${game}/players`,
      `${game}/characters`,
      player,
      `${player}/timeline`,
      `${player}/actions`,
    ];
    return Promise.all([...paths, '/auth/keys'].map((path) => ask<unknown>(studio, path)));
  };
  const attacker = () => openTenant(world, randomBytes(8).toString('hex'));

  before(async () => {
    world = await openWorld(open);
    const name = randomBytes(8).toString('hex');
    theirs = await openTenant(world, name);
    const { studio, account, login, players } = theirs;
    const tokens = players.map(({ token }) => token);
    secrets = [`"${name}"`, `${name} one`, `${name} two`, studio.apiKey, account.email, login, ...tokens];
    parked = await parkAnEvent(world);
    known = await allOfTheirs();
  });
  after(async () => world?.close());

  const parts = (total: number) => Array.from({ length: Math.ceil(total / PART) }, (_, n) => seed + n);

  it('over WebSockets: every answer is a frame, nothing is a bug, and what is good is acked', async (t) => {
    let answers = 0;
    for (const seed of parts(TOTAL / 2)) {
      const { players } = await attacker();
      const aims = players.map(({ token }) => ({ url: world.engine.url, token, secrets }));
      const each = aims.map((aim, nth) => sendHostileFrames(aim, { count: PART / 2, seed: seed * 2 + nth }));
      for (const count of await Promise.all(each)) answers += count;
    }
    assert.ok(answers > TOTAL * 0.4, String(answers));
    t.diagnostic(`seed ${seed}: ${answers} answers to ${TOTAL / 2} frames`);
  });

  it('over HTTP: every no is a problem document with a code, and nothing is a bug', async (t) => {
    const operations = operationsIn(world.checked.document);
    const all: Record<number, number> = {};
    for (const seed of parts(TOTAL / 2)) {
      const parties = { operations, ours: await attacker(), theirs, parked };
      const hostile = { ...parties, url: world.engine.url, secrets };
      const statuses = await sendHostileRequests(hostile, { count: PART, seed });
      for (const [status, count] of Object.entries(statuses))
        all[Number(status)] = (all[Number(status)] ?? 0) + count;
    }
    t.diagnostic(`seed ${seed}: ${JSON.stringify(all)}`);
    assert.ok((all[200] ?? 0) > TOTAL * 0.02, 'some go well');
    assert.ok((all[0] ?? 0) < TOTAL * 0.02, 'nearly all are answered');
  });

  it('so do requests that are no HTTP', async (t) => {
    const answers = await sendRawRequests(world.engine.url, { count: TOTAL * RAW_SHARE, seed });
    t.diagnostic(`seed ${seed}: ${answers} answers`);
  });

  it('leave the engine alive and without a bug, and all that the other tenant has as it was', async () => {
    assert.ok(isAlive(world.engine.pid));
    assert.deepEqual(await allOfTheirs(), known);
    const bugs = lines(world.engine.err()).filter((line) => /"msg":"a bug"|"level":60/.test(line));
    assert.deepEqual(bugs, []);
    assert.equal(await stopEngine(world.engine), 0);
  });
});
