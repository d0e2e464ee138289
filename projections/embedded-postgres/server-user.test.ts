import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, chown, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ask, folder, HELPER, helper, quit, urlOf } from '../testing/processes.js';
import { startEmbeddedPostgres } from './start.js';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;
const reachable = isRoot
  ? spawnSync(process.execPath, [HELPER, '/proc'], { uid: NOBODY, gid: NOBODY, cwd: '/' })
  : null;
const asOthers = isRoot
  ? reachable?.stdout.toString().startsWith('failed')
    ? false
    : 'the build cannot be read by other users'
  : 'needs root to become another user';

describe('as other users', { skip: asOthers }, () => {
  test('as an ordinary user', async () => {
    const dir = await folder();
    await chown(dir, NOBODY, NOBODY);
    const one = await helper(dir, { uid: NOBODY });
    assert.deepEqual(await ask(urlOf(one), 'select 1 as one'), [{ one: 1 }]);
    await quit(one);
    assert.equal((await stat(join(dir, 'data'))).uid, NOBODY);
    // What an ordinary user made, root can go on with.
    await chmod(dir, 0o755);
    const root = await startEmbeddedPostgres({ dir });
    await ask(root.url, 'select 1');
    await root.stop();
  });

  test('an ordinary user that may not write there gets one clear line', async () => {
    const dir = await folder();
    await chmod(dir, 0o755);
    const one = await helper(join(dir, 'data'), { uid: NOBODY });
    assert.match(one.said, /^failed the embedded Postgres cannot start in .*: EACCES/);
  });

  test('as root where user namespaces are not to be had: as nobody, or a line that says what to do', async () => {
    const dir = await folder();
    const env = { PATH: '/nowhere' };
    const shut = await helper(join(dir, 'pg'), { env });
    assert.match(
      shut.said,
      /^failed .*[Pp]ermission denied.*Postgres does not run as root.*put its data folder/,
    );
    await chmod(dir, 0o755);
    const open = await helper(join(dir, 'pg'), { env });
    assert.deepEqual(await ask(urlOf(open), 'select 1 as one'), [{ one: 1 }]);
    await quit(open);
  });

  const inOwnMounts = ['unshare', '-m', 'sh', '-c'];
  const mountable = isRoot && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0;
  test('a full disk is one clear line', {
    skip: mountable ? false : 'cannot mount a small disk',
  }, async () => {
    const dir = await folder();
    const script = `mount -t tmpfs -o size=12m x ${dir} && exec "$@"`;
    const full = await helper(join(dir, 'pg'), { command: [...inOwnMounts, script, 'sh'] });
    assert.match(full.said, /^failed the embedded Postgres cannot start in .*No space left on device/);
  });
});
