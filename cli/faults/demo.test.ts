import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { dataAbsent, recorded } from '../imports/test-data.js';
import { matchFolder } from './testing/match.js';
import {
  cleanUp,
  processesOn,
  run,
  seconds,
  startEngine,
  stopEngine,
  temporaryFolder,
} from './testing/processes.js';

const onLinux = existsSync('/proc/self/task');
const dir = temporaryFolder();
after(() => cleanUp(dir));

type Outcome = {
  events: number;
  actions: number;
  spoken: number;
  templateShare: number;
  latency: { p50: number; p99: number };
  emotions: Record<string, number>;
};

describe('agl demo', () => {
  const env = { AGL_DATA_DIR: join(dir, 'demos') };
  const demo = async (...args: string[]): Promise<Outcome & { ms: number }> => {
    const { code, out, err, ms } = await run(['demo', '--exit', '--json', ...args], { env });
    assert.equal(code, 0, err);
    assert.doesNotMatch(err, /"level":"(error|fatal)"/);
    return { ...(JSON.parse(out) as Outcome), ms };
  };
  const isSensible = ({ events, actions, spoken, templateShare, latency, emotions }: Outcome) => {
    assert.ok(events > 20 && actions > 0 && spoken > 0 && spoken <= actions && actions <= events);
    assert.equal(templateShare, 1);
    assert.ok(latency.p50 > 0 && latency.p50 <= latency.p99 && latency.p99 < 30_000);
    assert.equal(
      Object.values(emotions).reduce((sum, count) => sum + count, 0),
      actions,
    );
  };

  it('plays its match and ends, leaving nothing; and one from a file on the same folder', async (t) => {
    const once = await demo('--speed', '2000');
    isSensible(once);
    if (dataAbsent) t.diagnostic(`${dataAbsent}: it plays one that the project writes`);
    const match = recorded.csgo[0] ?? matchFolder(join(dir, 'played'));
    const again = await demo('--speed', '4000', '--lang', 'en', '--persona', 'cool', '--match', match);
    isSensible(again);
    t.diagnostic(`${once.events} events, ${once.actions} acts; ${seconds(once.ms)} and ${seconds(again.ms)}`);
    if (onLinux) assert.deepEqual(processesOn(env.AGL_DATA_DIR), []);
  });

  it('may be played as often as one likes: its studio meets no quota of a month', async () => {
    const engine = await startEngine(env.AGL_DATA_DIR);
    const { apiKey } = JSON.parse(readFileSync(join(env.AGL_DATA_DIR, 'demo.json'), 'utf8'));
    const headers = { 'x-api-key': apiKey };
    const verified = await fetch(`${engine.url}/auth/verify`, { method: 'POST', headers });
    const { quota } = (await verified.json()) as { quota: number };
    assert.ok(quota >= 1_000_000_000, `${quota} a month`);
    assert.equal(await stopEngine(engine), 0);
  });
});
