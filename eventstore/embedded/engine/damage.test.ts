import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startEmbeddedNode } from '../start.js';
import type { FromReader, ToReader } from './damage-reader.js';
import { openEngine } from './engine.js';
import { append, many, metadata, proposed, temporaryFolder } from './testing.js';

const PAGE = 4096;
const TIMES = process.env.AGL_LONG === '1' ? 12 : 1;
const names = Array.from({ length: 40 }, (_, n) => `player-${(n * 7919) % 1009}`);
const streams = [...names, ...names.map((name) => `$$${name}`), 'big', 'dead', 'soft'];

/** A log with all that there is in one: limits, deleted streams, gaps, events larger than a page. */
async function sampleLog(dir: string): Promise<Buffer> {
  const engine = await openEngine({ dir, pace: { part: 64, step: 1 / 8 } });
  for (let round = 0; round < 4; round++) {
    for (const name of names) await append(engine, name, 'any', many(3));
    await append(engine, 'big', 'any', [proposed('x'.repeat(9000 * (round + 1)))]);
  }
  for (const name of names.slice(0, 12)) await metadata(engine, name, { $maxCount: 4 });
  for (const name of ['dead', 'soft']) await append(engine, name, 'any', many(5));
  await engine.tombstone('dead', 'any');
  await engine.deleteStream('soft', 'any');
  await engine.scavenge().result;
  await append(engine, 'player-0', 'any', many(2));
  await engine.close();
  return readFileSync(join(dir, 'log.mdb'));
}

/** The same numbers at each run, so that what fails once fails again. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Outcome = FromReader | { ended: string };

/** Reads one log after the other in one process, in a new one after it was ended. */
function readerOf(t: TestContext, dir: string) {
  let child: ChildProcess | undefined;
  let number = 0;
  t.after(() => void child?.kill('SIGKILL'));
  return async (bytes: Buffer): Promise<Outcome> => {
    const log = join(dir, `log-${number++}`);
    mkdirSync(log);
    writeFileSync(join(log, 'log.mdb'), bytes);
    child ??= fork(fileURLToPath(new URL('./damage-reader.js', import.meta.url)), [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let resolve: (outcome: Outcome) => void = () => {};
    const promise = new Promise<Outcome>((done) => {
      resolve = done;
    });
    const ended = (code: number | null, signal: string | null) =>
      resolve({ ended: signal ?? `code ${code}` });
    const hung = setTimeout(() => resolve({ ended: 'never' }), 30_000);
    child.once('message', resolve);
    child.once('exit', ended);
    child.send({ dir: log, streams } satisfies ToReader);
    const outcome = await promise;
    clearTimeout(hung);
    child.removeAllListeners('message').removeListener('exit', ended);
    if ('ended' in outcome) child = void child.kill('SIGKILL') as undefined;
    rmSync(log, { recursive: true });
    return outcome;
  };
}

type Damage = { what: string; bytes: Buffer };

/** Whatever is done to it: all is read as it was, or it is said that it is not; the sums count how often which. */
async function checkAll(t: TestContext, damages: Iterable<Damage>, good: Buffer): Promise<Damage[]> {
  const read = readerOf(t, temporaryFolder(t));
  const sound = await read(good);
  assert.ok('sum' in sound && sound.sum && sound.verified === 'sound', JSON.stringify(sound));
  const counts = { identical: 0, refused: 0, ended: 0 };
  const fatal: Damage[] = [];
  for (const { what, bytes } of damages) {
    const outcome = await read(bytes);
    if ('ended' in outcome) {
      assert.notEqual(outcome.ended, 'never', `${what}: reading it does not end`);
      counts.ended++;
      fatal.push({ what, bytes });
    } else if (outcome.error !== undefined) {
      assert.ok(['corrupt', 'newer_format', 'storage'].includes(outcome.kind!), `${what}: ${outcome.error}`);
      assert.ok(
        !outcome.error.includes('\n') && outcome.verified !== 'sound',
        `${what}: ${outcome.verified}`,
      );
      counts.refused++;
    } else {
      assert.equal(outcome.sum, sound.sum, `${what}: it reads otherwise, and ${outcome.verified}`);
      counts.identical++;
    }
  }
  t.diagnostic(JSON.stringify(counts));
  return fatal;
}

test('a flipped bit anywhere: all is read as it was, or it is said that it is damaged', async (t) => {
  const good = await sampleLog(temporaryFolder(t));
  const random = randomOf(4750);
  function* flips(): Generator<Damage> {
    for (let n = 0; n < 120 * TIMES; n++) {
      const bytes = Buffer.from(good);
      const at = random(bytes.length);
      const bit = random(8);
      bytes[at]! ^= 1 << bit;
      yield { what: `bit ${bit} of byte ${at} flipped`, bytes };
    }
  }
  const fatal = await checkAll(t, flips(), good);
  // What ends lmdb's process is told by who started it.
  for (const { what, bytes } of fatal.slice(0, 2)) {
    const dir = temporaryFolder(t);
    writeFileSync(join(dir, 'log.mdb'), bytes);
    const said: string[] = [];
    const started = startEmbeddedNode({ dir, onLine: (line) => said.push(line) });
    const outcome = await started.then(
      async (node) => node.stop(),
      (error: Error) => error.message,
    );
    t.diagnostic(`${what}: ${outcome ?? 'it starts, and ends when that page is read'}`);
    if (outcome !== undefined) assert.match(outcome, /damaged/);
  }
});

test('a file cut off or with pages lost at its end: all is read as it was, or it is said', async (t) => {
  const good = await sampleLog(temporaryFolder(t));
  const random = randomOf(4751);
  const pages = good.length / PAGE;
  function* losses(): Generator<Damage> {
    for (let n = 0; n < 15 * TIMES; n++) {
      const length = n % 2 === 0 ? random(pages) * PAGE : random(good.length);
      yield { what: `cut off at ${length}`, bytes: good.subarray(0, length) };
    }
    for (let n = 0; n < 15 * TIMES; n++) {
      const from = random(pages) * PAGE;
      const bytes = Buffer.from(good);
      const filling =
        n % 2 === 0 ? Buffer.alloc(PAGE) : Buffer.from(good.subarray(random(pages) * PAGE)).subarray(0, PAGE);
      for (let at = from; at < Math.min(bytes.length, from + PAGE * (1 + (n % 3))); at += PAGE)
        filling.copy(bytes, at);
      yield { what: `pages from ${from / PAGE} ${n % 2 === 0 ? 'zeroed' : 'overwritten'}`, bytes };
    }
  }
  await checkAll(t, losses(), good);
});
