import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { glossFile } from './built-in/gloss.js';
import { hashedGrams } from './built-in/grams.js';
import { slang, terms } from './built-in/terms.js';
import { BUILT_IN, BUILT_IN_DIMENSION, builtInEmbedder } from './embedder.built-in.js';
import { keepsEmbedderContract } from './embedder.contract.js';
import { EmbedderUnavailable } from './embedder.js';
import { tracesOf } from './testing/traces-of.js';

const beside = (name: string) => new URL(`./testing/${name}.js`, import.meta.url);
const path = (name: string) => fileURLToPath(beside(name));

/** What makes up the vectors shows in these. */
const SAMPLES = [
  'You won as Jinx with 12 kills.',
  '上次我用金克丝赢了吗？',
  '記得我拿到的傳說裝備嗎',
  'gg, that pentakill!',
  '😀',
  'of the',
];
/** Of their vectors, and of all words, by name: whoever changes any of it raises the name, and puts the new ones here. */
const LOCK: Record<string, { traces: number[]; words: string }> = {
  'built-in-2': {
    traces: [-1.18004, -0.85671, 0.01961, -0.55751, 0.49771, -1.17681],
    words: '11f1a0324b6fb208d22f804f48426ae5',
  },
};
function assertLocked(traces: readonly number[]) {
  const locked = LOCK[BUILT_IN]!.traces;
  const off = traces.map((trace, nth) => Math.abs(trace - locked[nth]!));
  assert.ok(off.length === locked.length && Math.max(...off) < 1e-4, JSON.stringify(traces));
}

describe('the built-in embedder', () => {
  keepsEmbedderContract(() => builtInEmbedder());

  const embedder = builtInEmbedder();
  after(() => embedder.close());

  it('makes the same vectors as ever under its name', async () => {
    const words = createHash('sha256')
      .update(readFileSync(glossFile))
      .update(JSON.stringify([...terms, ...slang]))
      .digest('hex')
      .slice(0, 32);
    assert.equal(words, LOCK[BUILT_IN]!.words);
    assertLocked(tracesOf(await embedder.embed(SAMPLES)));
    for (const [nth, text] of SAMPLES.entries()) {
      const [alone] = tracesOf(await embedder.embed([text]));
      assert.ok(Math.abs(alone! - LOCK[BUILT_IN]!.traces[nth]!) < 1e-4, text);
    }
  });

  it('makes the same vectors in another process, asks no network, and keeps no process alive', async () => {
    const args = ['--import', beside('without-network').href, path('embed-once'), ...SAMPLES];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { timeout: 120_000 });
    assert.equal(stderr, '');
    assertLocked(JSON.parse(stdout));
  });

  it('would notice a network that is asked', async () => {
    const args = ['--import', beside('without-network').href, '-e', "fetch('http://127.0.0.1:9')"];
    await assert.rejects(promisify(execFile)(process.execPath, args), { code: 9 });
  });

  it('finds what is meant across languages, and by names that no dictionary has', async () => {
    const memories = [
      'You won as Jinx with 12 kills.',
      'You died to the dragon as Zyqorth.',
      'You bought a new skin.',
    ];
    const questions = ['上次我用金克丝赢了吗？', 'Zyqorth?', '我买了什么皮肤？'];
    const near = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
    const told = await embedder.embed(memories);
    for (const [at, asked] of (await embedder.embed(questions)).entries()) {
      const nearness = told.map((one) => near(one, asked));
      assert.equal(nearness.indexOf(Math.max(...nearness)), at, questions[at]);
    }
  });
});

/** On a machine that is busy, starting may take longer than the short deadline. */
async function again<T>(attempt: () => Promise<T>, tries = 10): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (tries === 1) throw error;
    return again(attempt, tries - 1);
  }
}

describe('the thread of the built-in embedder', () => {
  const open = (deadlineMs = 60_000) => builtInEmbedder({ program: beside('obeying-worker'), deadlineMs });

  for (const [text, message] of [
    ['die', /died of TypeError$/],
    ['end', /has ended$/],
    ['hang', /gave no answer in 2000 ms$/],
  ] as const)
    it(`fails all who wait when it is to ${text}, and starts anew`, async () => {
      const embedder = open(text === 'hang' ? 2_000 : undefined);
      const waiting = [['a', text], ['b'], Array(50).fill('c') as string[]].map((texts) =>
        embedder.embed(texts),
      );
      for (const one of waiting)
        await assert.rejects(one, (error) => {
          assert.ok(error instanceof EmbedderUnavailable);
          assert.match(error.message, message);
          return true;
        });
      const anew = await again(() => embedder.embed(['a']));
      assert.equal(anew[0]!.length, BUILT_IN_DIMENSION);
      await embedder.close();
    });

  it('lets nobody wait for all that somebody else has asked before', async () => {
    const embedder = open();
    const done: string[] = [];
    const many = Array.from({ length: 500 }, (_, nth) => `text ${nth}`);
    const long = embedder.embed(many).then((vectors) => {
      assert.deepEqual(
        vectors,
        many.map((text) => hashedGrams(text, BUILT_IN_DIMENSION)),
      );
      done.push('many');
    });
    const short = embedder.embed(['one']).then(() => done.push('one'));
    await Promise.all([long, short]);
    assert.deepEqual(done, ['one', 'many']);
    await embedder.close();
  });

  it('does no more for those who have left', async () => {
    const embedder = open();
    const leaving = new AbortController();
    const left = embedder.embed([...Array<string>(100).fill('a'), 'die'], leaving.signal);
    leaving.abort(new Error('nobody waits'));
    await assert.rejects(left, /nobody waits/);
    // As many turns as it would take to come to the last of them.
    for (const text of ['b', 'c', 'd', 'e']) assert.equal((await embedder.embed([text])).length, 1);
    await embedder.close();
  });
});
