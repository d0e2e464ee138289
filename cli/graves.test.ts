import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { erasureId } from '../commands/erasing/erase-player.js';
import { gravesInPostgres } from '../commands/erasing/graves.pg.js';
import { anEvent, someEvents } from '../eventstore/testing/events.js';
import { memoryLog } from '../eventstore/testing/memory-log.js';
import { bury, ERASED } from '../projections/erased.js';
import { type TestServer, testServer } from '../projections/testing/database.js';
import { keepGraves } from './graves.js';

let server: TestServer;
before(async () => {
  server = await testServer();
});
after(() => server.stop());

/** Players who were erased and certified, as the database has it; `keeps`: those whose certificates the log has. */
async function certified({ players, keeps }: { players: string[]; keeps: string[] }) {
  const { pool } = await server.fresh();
  const log = memoryLog();
  const graves = gravesInPostgres(pool);
  for (const player of players) {
    const stream = `player-${player}`;
    const [erased] = log.tell(stream, { ...anEvent({}, erasureId(stream)), type: ERASED });
    if (keeps.includes(player)) log.tell(stream, { ...anEvent(), type: 'ErasureCertified' });
    await bury(pool, { subject: player, position: erased!.position, clientId: 'c', gameId: 'g' });
    assert.equal((await graves.claim(60_000))?.playerId, player);
    await graves.done(player);
  }
  return { pool, log, graves };
}

test('a log that was put back has no certificate any more: the erasure is carried out and certified again', async () => {
  const { pool, log, graves } = await certified({ players: ['ann', 'bob'], keeps: ['ann'] });
  assert.equal(await graves.claim(60_000), null);
  await keepGraves({ log, pool });
  assert.equal((await graves.claim(60_000))?.playerId, 'bob');
  assert.equal(await graves.claim(60_000), null, 'ann has hers');
});

test('a log that was put back has not even the erasure any more: it is told, and certified again', async () => {
  const { pool, log, graves } = await certified({ players: ['ann', 'bob'], keeps: ['ann', 'bob'] });
  log.events.splice(1);
  await keepGraves({ log, pool });
  assert.deepEqual(
    log.events.map(({ stream }) => stream),
    ['player-ann', 'player-bob'],
  );
  assert.equal((await graves.claim(60_000))?.playerId, 'ann');
  const { playerId, position } = (await graves.claim(60_000))!;
  assert.deepEqual([playerId, position], ['bob', await log.head()], 'its place is one of this log');
  assert.equal(await graves.claim(60_000), null);
});

test('a log that was put back and went on has other events where the erasures were: they are told again all the same', async () => {
  const { pool, log, graves } = await certified({ players: ['ann', 'bob'], keeps: [] });
  await pool.query(
    "update erased_players set certified_at = null, claimed_at = null where player_id = 'bob'",
  );
  log.events.splice(0);
  log.tell('player-cat', ...someEvents(20));
  await keepGraves({ log, pool });
  const told = log.events.filter(({ type }) => type === ERASED);
  assert.deepEqual(told.map(({ stream }) => stream).sort(), ['player-ann', 'player-bob']);
  for (const { stream, position } of told) {
    const grave = await graves.claim(60_000);
    assert.deepEqual([`player-${grave?.playerId}`, grave?.position], [stream, position]);
  }
  const { length } = log.events;
  await keepGraves({ log, pool });
  assert.equal(log.events.length, length, 'once');
});

test('however many certificates the log has lost, all come back, also behind those that were not given yet', async () => {
  const players = Array.from({ length: 250 }, (_, nth) => `p${nth}`);
  const { pool, log } = await certified({ players, keeps: players.slice(0, 20) });
  await pool.query('update erased_players set certified_at = null where player_id = any($1)', [
    players.slice(130),
  ]);
  await keepGraves({ log, pool });
  const { rows } = await pool.query('select count(*) from erased_players where certified_at is null');
  assert.equal(Number(rows[0].count), 230);
});

test('a claim that is renewed goes on; one that is not is for others', async () => {
  const { pool, graves } = await certified({ players: ['ann'], keeps: ['ann'] });
  const long = "claimed_at = now() - interval '1 hour'";
  await pool.query(`update erased_players set ${long}, certified_at = null`);
  await graves.renew('ann');
  assert.equal(await graves.claim(60_000), null);
  await pool.query(`update erased_players set ${long}`);
  assert.equal((await graves.claim(60_000))?.playerId, 'ann');
});
