import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { openBook } from '../domain/emotion/book.js';
import { player } from '../domain/player/player.js';
import { startEmbeddedNode } from '../eventstore/embedded/start.js';
import { connectLog } from '../eventstore/log.eventstore.js';
import type { EventLog, NewEvent } from '../eventstore/log.js';
import { all, idsOf, until } from '../eventstore/testing/events.js';
import { HotStreams } from './hot-streams.js';
import { metadataOf } from './metadata.js';
import { pagesStreamOf } from './pages.js';
import { Mind } from './reactors/mind.js';
import { snapshotStreamOf, snapshotsInLog } from './reactors/snapshots.js';
import { aGameEvent, writeSideOver } from './testing/side.js';

const book = openBook();

const STREAM = 'player-1';
const types = ['player.kill', 'player.death', 'player.assist', 'player.damage_taken'];

function played(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, n) => {
    const { id, ...data } = aGameEvent(types[n % 4]!, n * 7);
    const metadata = metadataOf('GameEventRecorded', { correlationId: id, causationId: id }, new Date());
    return { id, type: 'GameEventRecorded', data, metadata };
  });
}

async function exists(log: EventLog, stream: string): Promise<boolean> {
  return (await all(log.readStream(stream))).length > 0;
}

it('in the real log, a long stream is known from its pages and a companion wakes from its snapshot', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'agl-long-'));
  const node = await startEmbeddedNode({ dir });
  const log = connectLog({ url: node.url });
  t.after(async () => {
    await log.close();
    await node.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  for (let part = 0; part < 5; part++) await log.append(STREAM, played(500), 'any');
  const ids = idsOf(await all(log.readStream(STREAM)));

  const whole = await new HotStreams(log, player, { expect: 'any' }).state(STREAM);
  await writeSideOver(log).players.state(STREAM);
  await until(() => exists(log, pagesStreamOf(STREAM)));
  const read: string[] = [];
  const watched: EventLog = {
    ...log,
    async *readStream(stream, options) {
      for await (const event of log.readStream(stream, options)) {
        read.push(stream);
        yield event;
      }
    },
  };
  const { players } = writeSideOver(watched);
  assert.deepEqual(await players.state(STREAM), whole);
  assert.equal(read.filter((stream) => stream === STREAM).length, 1_000 + 1 + 500);
  const unknown: string[] = [];
  await players.submit(STREAM, (_, knows) => {
    unknown.push(...[...ids, randomUUID()].filter((id) => !knows(id)));
    return [];
  });
  assert.equal(unknown.length, 1);

  const warn = (_: string, error: unknown) => assert.fail(error as Error);
  const asleep = await Mind.wake(
    { book, log, snapshots: snapshotsInLog({ book, log, warn }) },
    STREAM,
    ids.length,
  );
  await until(() => exists(log, snapshotStreamOf(STREAM)));
  read.length = 0;
  const snapshots = snapshotsInLog({ book, log: watched, warn });
  const woken = await Mind.wake({ book, log: watched, snapshots }, STREAM, ids.length);
  assert.deepEqual(read, [snapshotStreamOf(STREAM), STREAM]);
  assert.deepEqual(Reflect.get(woken, 'companion'), Reflect.get(asleep, 'companion'));
});
