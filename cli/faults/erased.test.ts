import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { putCluster } from '../../projections/testing/cluster.js';
import { ask as over } from '../../projections/testing/processes.js';
import { dumpOf } from './testing/canary.js';
import {
  cleanUp,
  type Engine,
  run,
  startEngine,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { addressesOf, tell } from './testing/remembering.js';
import { slow } from './testing/slow.js';
import { ask, openStudio, type Seated, type Studio, seat } from './testing/studio.js';

const onLinux = existsSync('/proc/self/task');
const long = '2020-03-04T05:06:07.000Z';

type Certificate = { searched: { store: string; found: number; left: number }[]; residue: { rows: number } };

describe('who was erased', { skip: onLinux ? slow : 'it finds its processes in /proc' }, () => {
  const dir = temporaryFolder();
  const data = join(dir, 'agl');
  const env = { AGL_DATA_DIR: data };
  const [postgres, log] = [join(data, 'postgres'), join(data, 'log')];
  let engine: Engine;
  let studio: Studio;
  let ann: Seated;
  let bob: Seated;
  let cat: Seated;
  let certificate: Certificate;
  after(async () => {
    if (engine) await stopEngine(engine).catch(() => undefined);
    await cleanUp(dir);
  });

  const start = async () => {
    await putCluster(postgres);
    engine = await startEngine(data);
    if (studio) studio = { ...studio, base: engine.url };
  };
  const verb = async (...args: string[]) => {
    const { code, out, err } = await run(args, { env });
    assert.equal(code, 0, err);
    return out;
  };
  const status = async (path: string, body?: object) => {
    const headers = { 'content-type': 'application/json', 'x-api-key': studio.apiKey };
    const asked = { method: body ? 'POST' : 'GET', headers, ...(body && { body: JSON.stringify(body) }) };
    return (await fetch(`${studio.base}${path}`, asked)).status;
  };
  const query = async (sql: string) => over(addressesOf(data).database, sql);
  const insightRows = async () =>
    (await query("select row->>'player' as player from kept_rows order by 1")).map(({ player }) => player);
  const keyOf = async ({ id }: Seated) =>
    (await query(`select wrapped from person_keys where subject = 'player-${id}'`))[0]!.wrapped;
  const naming = async ({ id }: Seated) => {
    const books = ['public.erased_players', 'public.person_keys'];
    const rows = await dumpOf(addressesOf(data).database);
    return rows
      .filter(({ table, row }) => row.includes(id) && !books.includes(table))
      .map(({ table }) => table);
  };

  it('is in no kept insight and no archived month any more', async () => {
    await start();
    studio = await openStudio(engine.url);
    [ann, bob, cat] = [await seat(studio, 'ann'), await seat(studio, 'bob'), await seat(studio, 'cat')];
    for (const { id } of [ann, bob]) {
      await tell(studio, id, ['player.kill', long], ['player.death', long]);
      await tell(studio, id, ['match.start', new Date().toISOString(), { hero: 'Emberfox' }]);
    }
    const file = join(dir, 'deaths.ts');
    writeFileSync(
      file,
      `import { insight } from 'agl/insight';
export default insight({
  initial: () => 0, step: (state) => state + 1, end: (events, { player }) => ({ player: player.id, events }) });`,
    );
    await verb('insight', file, '--game', studio.gameId, '--keep', 'told');
    await until(async () => (await insightRows()).length === 2, 'the insight is answered');
    await verb('archive', '--before', '2020-04');
    await verb('backup', join(dir, 'log.backup'));
    assert.equal(await stopEngine(engine), 0);
    cpSync(postgres, join(dir, 'postgres'), { recursive: true, preserveTimestamps: true });
    await start();
    certificate = JSON.parse(await verb('erase', ann.id, '--json')) as Certificate;
    const found = Object.fromEntries(certificate.searched.map(({ store, found: n }) => [store, n]));
    assert.ok(found.archive! >= 4 && found['kept insights']! >= 0, JSON.stringify(found));
    assert.equal(certificate.residue.rows, 0);
    await until(async () => (await insightRows()).join() === bob.id, 'the insight is answered without ann');
    await verb('archive', '--restore-all');
    assert.deepEqual(await naming(ann), []);
    assert.equal(await status(`/players/${bob.id}/timeline`), 200);
  });

  it('stays so when the database of before is put back: before anybody is served there is no key, then no row', async () => {
    assert.equal(await stopEngine(engine), 0);
    assert.deepEqual(
      JSON.parse(await verb('erase', ann.id, '--json')),
      certificate,
      'also without an engine',
    );
    const { residue } = JSON.parse(await verb('erase', cat.id, '--json')) as Certificate;
    assert.equal(residue.rows, 0);
    rmSync(postgres, { recursive: true });
    renameSync(join(dir, 'postgres'), postgres);
    await start();
    assert.deepEqual([await keyOf(ann), await keyOf(cat)], [null, null]);
    assert.ok(await keyOf(bob));
    assert.equal(await status(`/players/${ann.id}/erase`, {}), 200);
    for (const one of [ann, cat]) await until(async () => (await naming(one)).length === 0, 'no row is left');
    const again = JSON.parse(await verb('erase', ann.id, '--json'));
    assert.deepEqual(again, certificate, 'the first certificate counts');
    assert.equal(await status(`/players/${ann.id}/timeline`), 410);
  });

  it('stays so when the log of before is put back', async () => {
    assert.equal(await stopEngine(engine), 0);
    rmSync(log, { recursive: true });
    await verb('restore', join(dir, 'log.backup'));
    await start();
    assert.equal(await keyOf(ann), null);
    assert.equal(await status(`/games/${studio.gameId}/players`, { externalId: 'ann' }), 410);
    const events = [{ id: randomUUID(), type: 'player.kill' }];
    assert.equal(await status('/events', { gameId: studio.gameId, playerId: ann.id, events }), 410);
    assert.equal(await status('/events', { gameId: studio.gameId, playerId: bob.id, events }), 200);
    for (const one of [ann, cat]) {
      const { residue } = JSON.parse(await verb('erase', one.id, '--json')) as Certificate;
      assert.equal(residue.rows, 0, 'it is certified again');
      assert.equal(await status(`/players/${one.id}/erase`, {}), 200);
    }
    await ask(studio, `/players/${bob.id}`);
    // The log is shorter than it was when the read models took it in.
    const { residue } = JSON.parse(await verb('erase', bob.id, '--json')) as Certificate;
    assert.equal(residue.rows, 0);
    assert.deepEqual(await naming(bob), []);
  });
});
