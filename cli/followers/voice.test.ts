import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pino } from 'pino';
import { untraced } from '../../commands/tracing.js';
import { DEFAULT_MODEL } from '../../domain/voice/prices.js';
import { someEvents, until } from '../../eventstore/testing/events.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { bury } from '../../projections/erased.js';
import { watchErased } from '../../projections/erasing/watch.js';
import { type TestServer, testServer } from '../../projections/testing/database.js';
import { openVoiceSide } from './voice.js';

let server: TestServer;
before(async () => {
  server = await testServer();
});
after(() => server.stop());

test('without Redis, each process forgets what happened last to who was erased, whichever carries it out', async (t) => {
  const { pool } = await server.fresh();
  const log = memoryLog();
  const sides = [0, 1].map(() => {
    const voice = openVoiceSide(
      { keysForPersons: [Buffer.alloc(32)], keyForPrompts: Buffer.alloc(32), model: DEFAULT_MODEL },
      {
        ...{ log, pool, logger: pino({ level: 'silent' }), tracing: untraced },
        ...{ whisper: () => {}, recallFor: async () => [], count: () => {} },
      },
    );
    const watching = watchErased(pool, voice.forget);
    t.after(() => Promise.all([watching.stop(), voice.stop()]));
    return voice;
  });
  const keptOf = (player: string) => Promise.all(sides.map(({ recent }) => recent.count(`player-${player}`)));
  for (const player of ['ann', 'bob']) {
    const events = log.tell(`player-${player}`, ...someEvents(3));
    for (const { seen } of sides) seen(events);
  }
  assert.deepEqual(await keptOf('ann'), [3, 3]);
  await bury(pool, { subject: 'ann', position: await log.head(), clientId: 'c', gameId: 'g' });
  await until(async () => (await keptOf('ann')).every((count) => count === 0));
  assert.deepEqual(await keptOf('bob'), [3, 3]);
});
