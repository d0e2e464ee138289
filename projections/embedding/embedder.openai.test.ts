import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { keepsEmbedderContract } from './embedder.contract.js';
import { EmbedderRefused, EmbedderUnavailable } from './embedder.js';
import { embedByOpenAi, endpointOf, type OpenAiSettings } from './embedder.openai.js';
import { type EmbeddingsApi, type EmbeddingsFault, startEmbeddingsApi } from './testing/embeddings-api.js';

const KEY = 'sk-very-secret';
const SECRET = 'my mother is called Mei';

let api: EmbeddingsApi;
before(async () => {
  api = await startEmbeddingsApi();
});
afterEach(() => {
  api.asked.length = 0;
  api.faults.length = 0;
  api.refuses.clear();
});
after(() => api.close());

const open = (over: Partial<OpenAiSettings> = {}) =>
  embedByOpenAi({ url: api.url, key: KEY, model: 'm', capMs: 50, ...over });

async function failsWith(message: RegExp, embedding: Promise<unknown>): Promise<EmbedderUnavailable> {
  const error = await embedding.then(
    () => assert.fail(`there were vectors, and it was to fail: ${message}`),
    (caught) => caught,
  );
  assert.ok(error instanceof EmbedderUnavailable, String(error));
  assert.match(error.message, message);
  assert.ok(!error.message.includes(KEY) && !error.message.includes(SECRET), error.message);
  return error;
}

describe('an embedder behind an OpenAI-compatible server', () => {
  keepsEmbedderContract(() => open());

  it('finds the endpoint whatever the address ends with', () => {
    const wanted = 'http://h/x/v1/embeddings';
    for (const end of ['', '/', '/v1', '/v1/', '/v1/embeddings', '/v1/embeddings/'])
      assert.equal(endpointOf(`http://h/x${end}`), wanted);
    assert.equal(endpointOf('http://h'), 'http://h/v1/embeddings');
    assert.equal(endpointOf('https://h/d/embeddings?v=1'), 'https://h/d/embeddings?v=1');
  });

  it('sends texts in batches, the key as Bearer, and is called by its model', async () => {
    const texts = Array.from({ length: 130 }, (_, nth) => `text ${nth}`);
    const embedder = open();
    assert.equal((await embedder.embed(texts)).length, 130);
    assert.deepEqual(
      api.asked.map(({ body }) => body.input.length),
      [64, 64, 2],
    );
    assert.deepEqual(
      api.asked.flatMap(({ body }) => body.input),
      texts,
    );
    const [{ path, headers, body }] = api.asked as [(typeof api.asked)[0]];
    assert.deepEqual([path, headers.authorization, body.model], ['/v1/embeddings', `Bearer ${KEY}`, 'm']);
    assert.equal(embedder.model, 'openai/m');
  });

  it('sends no key where there is none', async () => {
    await embedByOpenAi({ url: api.url, model: 'm' }).embed(['a']);
    assert.equal(api.asked[0]!.headers.authorization, undefined);
  });

  it('asks once how long a vector is, and not at all when it has seen one', async () => {
    const embedder = open();
    assert.equal(await embedder.dimension(), 8);
    assert.equal(await embedder.dimension(), 8);
    assert.equal(api.asked.length, 1);
    const other = open();
    await other.embed(['a']);
    assert.equal(await other.dimension(), 8);
    assert.equal(api.asked.length, 2);
  });

  const passing: [string, EmbeddingsFault][] = [
    ['429', { status: 429 }],
    ['500', { status: 500 }],
    ['503 with a date', { status: 503, retryAfter: new Date(0).toUTCString() }],
    ['a cut connection', { cut: true }],
    ['an answer that is cut', { cutHalfway: true }],
  ];
  for (const [name, fault] of passing)
    it(`tries again after ${name}, and not for ever`, async () => {
      api.faults.push(fault, fault);
      assert.equal((await open().embed([SECRET])).length, 1);
      assert.equal(api.asked.length, 3);
      api.faults.push(fault, fault, fault, fault);
      await failsWith(/the server (answered \d{3}$|cannot be reached)/, open().embed([SECRET]));
      assert.equal(api.asked.length, 7);
    });

  it('waits as long as it is told to, and asks no more where that is too long', async () => {
    const pauses: number[] = [];
    const pause = async (ms: number) => pauses.push(ms);
    const soon = new Date(Date.now() + 60_000).toUTCString();
    api.faults.push({ status: 429, retryAfter: '7' }, { status: 503, retryAfter: soon });
    await open({ capMs: 60_000, pause }).embed([SECRET]);
    assert.equal(pauses[0], 7_000);
    assert.ok(pauses[1]! > 0 && pauses[1]! <= 60_000);
    api.faults.push({ status: 429, retryAfter: '3600' });
    const error = await failsWith(/answered 429/, open().embed([SECRET]));
    assert.equal(error.retryAfterMs, 3_600_000);
    assert.equal(api.asked.length, 4);
  });

  for (const status of [401, 403, 404])
    it(`does not try again after ${status}`, async () => {
      api.faults.push({ status });
      await failsWith(new RegExp(`answered ${status}$`), open().embed([SECRET]));
      assert.equal(api.asked.length, 1);
    });

  it('follows nobody elsewhere with its key', async () => {
    for (let tries = 0; tries < 4; tries++) api.faults.push({ redirect: `${api.url}/elsewhere` });
    await failsWith(/cannot be reached/, open().embed([SECRET]));
    assert.ok(api.asked.every(({ path }) => path === '/v1/embeddings'));
  });

  it('tells a server that is not there', async () => {
    const gone = await startEmbeddingsApi();
    await gone.close();
    await failsWith(/ECONNREFUSED/, open({ url: gone.url }).embed([SECRET]));
  });

  for (const fault of [{ hang: true }, { hangHalfway: true }] as const)
    it(`ends the wait for ${JSON.stringify(fault)}`, async () => {
      api.faults.push(fault, fault, fault);
      await failsWith(/no answer in 100 ms/, open({ deadlineMs: 100 }).embed([SECRET]));
      const leaving = new AbortController();
      const reason = new Error('nobody waits');
      const left = assert.rejects(open().embed([SECRET], leaving.signal), reason);
      setTimeout(() => leaving.abort(reason), 20);
      await left;
      const closed = open();
      const failed = failsWith(/closed/, closed.embed([SECRET]));
      await closed.close();
      await failed;
    });

  const bad: [RegExp, EmbeddingsFault][] = [
    [/is no JSON/, { body: `<html>${SECRET}</html>` }],
    [/is no JSON/, { body: '' }],
    [/form of embeddings: the whole/, { body: '[]' }],
    [/form of embeddings: data/, { body: JSON.stringify({ error: SECRET }) }],
    [
      /data\.0\.embedding\.0/,
      { body: '{"data":[{"index":0,"embedding":[1e999,1]},{"index":1,"embedding":[1,1]}]}' },
    ],
    [/data\.1\.embedding\.1/, { rows: (rows) => [rows[0]!, { index: 1, embedding: [1, Number.NaN] }] }],
    [/data\.0\.embedding/, { rows: (rows) => rows.map((row) => ({ ...row, embedding: SECRET })) }],
    [/data\.0\.embedding/, { rows: (rows) => rows.map((row) => ({ ...row, embedding: [] })) }],
    [/has 1 vectors for 2 texts/, { rows: (rows) => rows.slice(1) }],
    [/has 3 vectors for 2 texts/, { rows: (rows) => [...rows, rows[0]!] }],
    [/has two vectors 1/, { rows: (rows) => rows.map((row) => ({ ...row, index: 1 })) }],
    [/has a vector 2 for 2 texts/, { rows: (rows) => rows.map((row) => ({ ...row, index: row.index + 1 })) }],
    [
      /vector 1 of 2 numbers, where others have 8/,
      { rows: (rows) => [rows[0]!, { index: 1, embedding: [1, 2] }] },
    ],
    [/vector 1 of zeros/, { rows: (rows) => [rows[0]!, { index: 1, embedding: Array(8).fill(0) }] }],
  ];
  for (const [message, fault] of bad)
    it(`hands no vector on when the answer ${message.source}`, async () => {
      api.faults.push(fault);
      await failsWith(message, open().embed([SECRET, 'other']));
      assert.equal(api.asked.length, 1);
    });

  it('takes vectors in whatever order, of whatever length', async () => {
    const [a, b] = await open().embed(['a', 'b']);
    const tenfold = (row: { index: number; embedding: number[] }) => ({
      ...row,
      embedding: row.embedding.map((value) => value * 1e200),
    });
    api.faults.push({ rows: (rows) => rows.reverse().map(tenfold) });
    const turned = await open().embed(['a', 'b']);
    for (const [at, vector] of [a!, b!].entries())
      vector.forEach((value, nth) => void assert.ok(Math.abs(value - turned[at]![nth]!) < 1e-6));
  });

  it('notices a dimension that changes', async () => {
    const embedder = open();
    await embedder.embed(['a']);
    api.faults.push({ rows: () => [{ index: 0, embedding: [1, 2, 3] }] });
    await failsWith(/vector 0 of 3 numbers, where others have 8/, embedder.embed(['b']));
  });

  it('finds the texts that the server refuses among the others', async () => {
    api.refuses.add('bad').add(SECRET);
    const texts = ['a', 'bad', 'b', 'c', SECRET, 'd', 'e'];
    await assert.rejects(open({ batch: 4 }).embed(texts), (error) => {
      assert.ok(error instanceof EmbedderRefused);
      assert.deepEqual(error.which, [1, 4]);
      assert.equal(error.message, 'texts 1, 4: the server refuses it');
      return true;
    });
  });

  it('takes a server that refuses everything for one that is not there', async () => {
    for (let tries = 0; tries < 4; tries++) api.faults.push({ status: 400 });
    await failsWith(/refuses everything: the server answered 400/, open().embed([SECRET, 'a']));
    api.faults.push({ status: 400 });
    await failsWith(/refuses everything/, open().dimension());
  });
});
