import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { openEngine } from '../eventstore/embedded/engine/engine.js';
import { append, many } from '../eventstore/embedded/engine/testing.js';
import { startEmbeddedNode } from '../eventstore/embedded/start.js';
import { backup, restore } from './backup.js';
import { cleanUp, lines, run, temporaryFolder } from './faults/testing/processes.js';
import type { Verb } from './verbs.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));
const env = { AGL_DATA_DIR: join(dir, 'data') };
const file = join(dir, 'backup');

describe('agl backup and restore', () => {
  it('copy the log of a node that serves, and put it into another data folder', async () => {
    const log = join(env.AGL_DATA_DIR, 'log');
    const engine = await openEngine({ dir: log });
    await append(engine, 's', 'any', many(7));
    await engine.close();
    const node = await startEmbeddedNode({ dir: log });
    const ran = await run(['backup', '--json', file], { env });
    await node.stop();
    assert.deepEqual([ran.code, ran.err], [0, '']);
    const told = JSON.parse(ran.out) as Record<string, unknown>;
    assert.deepEqual([told.events, told.lastPosition, told.file], [7, 7, file]);
    assert.ok(Number(told.bytes) > 0 && Number(told.seconds) > 0);
    const other = { AGL_DATA_DIR: join(dir, 'other') };
    const restored = await run(['restore', file], { env: other });
    assert.equal(restored.code, 0, restored.err);
    assert.match(
      restored.out,
      /^7 events, the last position is 7; \d+ bytes in [\d.]+ s: .*other\/log\/log\.mdb\n$/,
    );
    const into = await run(['backup', `${dir}/copies/`], { env: other });
    assert.equal(into.code, 0, into.err);
    assert.match(readdirSync(join(dir, 'copies')).join(), /^agl-log-[\dTZ-]+\.mdb$/);
  });

  it('what cannot be done is one line on stderr, and exit code 1; bad usage 2', async () => {
    writeFileSync(join(dir, 'junk'), 'x'.repeat(9000));
    const nowhere = { AGL_DATA_DIR: join(dir, 'nowhere') };
    const real = { EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false' };
    const wrong: [Verb, string[], Record<string, string>, 1 | 2, RegExp][] = [
      [backup, [file], env, 1, /^backup: .*backup is already there$/],
      [backup, [join(dir, 'new')], nowhere, 1, /^backup: there is no log in .*nowhere\/log$/],
      [restore, [file], env, 1, /^restore: there is already a log in .*data\/log$/],
      [restore, [join(dir, 'none')], nowhere, 1, /^restore: there is no file .*none$/],
      [backup, [join(dir, 'new')], { ...env, ...real }, 1, /^backup: EVENTSTORE_URL is set: .* own means$/],
      [backup, [], env, 2, /^backup: name one DIR or FILE$/],
      [restore, ['a', 'b'], env, 2, /^restore: name one FILE$/],
    ];
    const kept = { ...process.env };
    for (const [verb, files, settings, exitCode, message] of wrong) {
      Object.assign(process.env, { EVENTSTORE_URL: '' }, settings);
      await assert.rejects(verb.run({ values: {}, files }), { exitCode, message });
    }
    Object.assign(process.env, { EVENTSTORE_URL: '', AGL_DATA_DIR: '' }, kept);
    const ran = await run(['restore', join(dir, 'junk')], { env: nowhere });
    assert.deepEqual([ran.code, ran.out, lines(ran.err).length], [1, '', 1]);
    assert.match(ran.err, /^agl: restore: the backup .*junk is damaged: it does not begin as a log does$/m);
    assert.ok(!existsSync(nowhere.AGL_DATA_DIR) && !existsSync(join(dir, 'new')));
  });
});
