import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { type EmbeddedNode, startEmbeddedNode } from '../../../eventstore/embedded/start.js';
import { connectLog } from '../../../eventstore/log.eventstore.js';
import { newEvents, type Tenant, type Told } from '../../../projections/insight/testing/history.js';
import { runInTurn } from './in-turn.js';
import { cleanUp, lines, type Ran, run, temporaryFolder } from './processes.js';

const ours: Tenant = { gameId: 'ours', clientId: 'us' };
const theirs: Tenant = { gameId: 'theirs', clientId: 'them' };
export const PLAYERS = 40;
export const idOf = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 32);

/** A log with players of two games, a deed at a time, so that their events lie among each other. */
async function history(url: string): Promise<void> {
  const log = connectLog({ url });
  for (const stream of ['game-ours', 'game-theirs', 'client-us'])
    await log.append(stream, newEvents(stream, [['PersonaChosen', {}]]), 'no_stream');
  const players = Array.from({ length: PLAYERS }, (_, n) => {
    const told: Told[] = [
      ['PlayerRegistered', {}],
      ['session.start', 0],
    ];
    for (let minute = 1; minute <= 10 + n; minute++)
      told.push([minute % 3 ? 'player.kill' : 'player.death', minute]);
    const id = idOf(`player ${n}`);
    return { stream: `player-${id}`, events: newEvents(id, told, n % 4 === 0 ? theirs : ours) };
  });
  for (let n = 0; n < 60; n++) {
    const appends = players.map(({ stream, events }) => events[n] && log.append(stream, [events[n]!], 'any'));
    await Promise.all(appends);
  }
  const broken = newEvents(
    idOf('player 1'),
    [
      ['player.kill', 0],
      ['player.kill', 1],
    ],
    ours,
  ).map((event, n) => ({
    ...event,
    id: event.id.replace(/^......../, `0000000${n}`),
    data: { at: 'never' },
  }));
  await log.append(`player-${idOf('player 1')}`, broken, 'any');
  await log.close();
}

/** For the tests of one suite: a log with a history, and an analyst who puts questions to it. */
export function analyst() {
  const dir = temporaryFolder();
  const data = join(dir, 'data');
  let node: EmbeddedNode;
  let env: Record<string, string>;
  const open = async () => {
    node = await startEmbeddedNode({ dir: join(data, 'log') });
    env = { AGL_DATA_DIR: data, EVENTSTORE_URL: node.url };
  };
  const shut = async () => {
    await node.stop();
    env = { AGL_DATA_DIR: data };
  };
  before(async () => {
    mkdirSync(join(data, 'log'), { recursive: true });
    await open();
    await history(node.url);
  });
  after(async () => {
    await node?.stop();
    await cleanUp(dir);
  });

  const file = (name: string, text: string) => {
    const path = join(dir, name);
    writeFileSync(path, `import { insight } from 'agl/insight';\n${text}\n`);
    return path;
  };
  const insight = (...args: string[]): Promise<Ran> => run(['insight', ...args], { env });
  const inTurn = (...calls: string[][]) =>
    runInTurn(
      calls.map((args) => ['insight', ...args]),
      env,
    );
  /** Each with its line, tried one after the other. */
  const fail = async (...calls: [string[], RegExp][]): Promise<void> => {
    const ran = await inTurn(...calls.map(([args]) => args));
    for (const [at, { code, out, err }] of ran.entries()) {
      assert.equal(code, 1, err);
      assert.equal(out, '');
      assert.equal(lines(err).length, 1, err);
      assert.match(err, calls[at]![1]);
    }
  };
  return { dir, data, open, shut, file, insight, inTurn, fail };
}
