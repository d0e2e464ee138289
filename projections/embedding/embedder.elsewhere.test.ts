import assert from 'node:assert/strict';
import { it } from 'node:test';
import { builtInElsewhere } from './embedder.elsewhere.js';
import { EmbedderRefused, EmbedderUnavailable } from './embedder.js';

const hangs = () => new Promise<never>(() => {});

it('what fails elsewhere is worth a retry, what is nothing is refused here', async () => {
  const embedder = builtInElsewhere(async () => Promise.reject(new Error('the followers start again')));
  await assert.rejects(embedder.embed(['a']), new EmbedderUnavailable('the followers start again'));
  await assert.rejects(embedder.embed(['a', ' ']), EmbedderRefused);
});

it('nobody waits longer than they want to', async () => {
  const embedder = builtInElsewhere(hangs);
  const within = new AbortController();
  const waiting = embedder.embed(['a'], within.signal);
  within.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
  await assert.rejects(embedder.embed(['a'], within.signal), /enough/);
});
