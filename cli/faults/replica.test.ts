import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ask as over } from '../../projections/testing/processes.js';
import { type Replicated, replicated } from '../../projections/testing/replica.js';
import {
  cleanUp,
  type Engine,
  freePort,
  startEngine,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { slow } from './testing/slow.js';
import { ask, openStudio, type Seated, type Studio, seat } from './testing/studio.js';

type Page = { items: { id: string }[] };

describe('questions that are put to a replica', { skip: slow }, () => {
  const dir = temporaryFolder();
  let servers: Replicated;
  let engine: Engine;
  let studio: Studio;
  let player: Seated;
  const tell = async () => {
    const id = randomUUID();
    const events = [{ id, type: 'player.victory' }];
    const told = { gameId: studio.gameId, playerId: player.id, events };
    const { position } = await ask<{ position: string }>(studio, '/events', told);
    return { id, position };
  };
  const timeline = (after?: string) =>
    ask<Page>(studio, `/players/${player.id}/timeline${after ? `?after=${after}` : ''}`);
  const ids = ({ items }: Page) => items.map(({ id }) => id);
  const onPrimary = async (id: string) =>
    (await over(servers.primary, 'select 1 from game_events where id = $1', [id])).length === 1;

  before(async () => {
    servers = await replicated([await freePort(), await freePort()]);
    const env = { DATABASE_URL: servers.primary, DATABASE_REPLICA_URL: servers.replica };
    engine = await startEngine(join(dir, 'agl'), { env });
    studio = await openStudio(engine.url);
    player = await seat(studio, 'ann');
  });
  after(async () => {
    await cleanUp(dir);
    await servers?.stop();
  });

  it('are answered from it, after what it has been told to wait for', async () => {
    const [{ standby }] = (await over(servers.replica, 'select pg_is_in_recovery() as standby')) as [
      { standby: boolean },
    ];
    assert.ok(standby);
    const { id, position } = await tell();
    assert.deepEqual(ids(await timeline(position)), [id]);
  });

  it('wait for the replica, not for the primary', async () => {
    const first = ids(await timeline());
    await over(servers.replica, 'select pg_wal_replay_pause()');
    const { id, position } = await tell();
    await until(() => onPrimary(id), 'the primary has it');
    await assert.rejects(timeline(position), /503 .*not got to that position yet/);
    assert.deepEqual(ids(await timeline()), first, 'without a position: what the replica has');
    await over(servers.replica, 'select pg_wal_replay_resume()');
    assert.deepEqual(ids(await timeline(position)), [...first, id]);
  });

  it('are unavailable while it is away, and answered again when it is back; events are taken all the while', async () => {
    await servers.stopReplica();
    await assert.rejects(timeline(), /503 .*the database cannot be reached/);
    const { id, position } = await tell();
    await until(() => onPrimary(id), 'the primary has it');
    await servers.startReplica();
    await until(
      async () => ids(await timeline(position).catch(() => ({ items: [] }))).includes(id),
      'it is read',
    );
    assert.doesNotMatch(engine.err(), /"level":"(error|fatal)"/);
    assert.equal(await stopEngine(engine), 0);
  });
});
