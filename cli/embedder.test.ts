import assert from 'node:assert/strict';
import { it } from 'node:test';
import { builtInElsewhere } from '../projections/embedding/embedder.elsewhere.js';
import { startEmbeddingsApi } from '../projections/embedding/testing/embeddings-api.js';
import { openEmbedder } from './embedder.js';
import { readSettings } from './settings.js';

it('embeds by itself where no server is set', async () => {
  const embedder = openEmbedder(readSettings({}));
  assert.match(embedder.model, /^built-in-\d+$/);
  await embedder.close();
});

it('asks who has the built-in one already, where no server is set', async () => {
  const asked: string[][] = [];
  const builtIn = () =>
    builtInElsewhere(async (texts) => {
      asked.push([...texts]);
      return texts.map(() => new Float32Array(1024));
    });
  const embedder = openEmbedder(readSettings({}), builtIn);
  for (let n = 0; n < 2; n++) assert.equal((await embedder.embed(['a', 'b'])).length, 2);
  assert.deepEqual(asked, [['a', 'b']]);
  assert.equal(embedder.model, openEmbedder(readSettings({})).model);
  const server = openEmbedder(readSettings({ AGL_EMBEDDINGS_URL: 'http://127.0.0.1:1' }), builtIn);
  assert.match(server.model, /^openai/);
});

it('asks the server of the settings, with its key and model, and once for a text', async () => {
  const api = await startEmbeddingsApi();
  const settings = { AGL_EMBEDDINGS_URL: `${api.url}/v1/embeddings`, AGL_EMBEDDINGS_KEY: 'a-key' };
  const embedder = openEmbedder(readSettings({ ...settings, AGL_EMBEDDINGS_MODEL: 'e5' }));
  await embedder.embed(['a']);
  await embedder.embed(['a']);
  assert.equal(embedder.model, 'openai/e5');
  assert.deepEqual(
    api.asked.map(({ headers, body }) => [headers.authorization, body.model]),
    [['Bearer a-key', 'e5']],
  );
  assert.equal(openEmbedder(readSettings(settings)).model, 'openai/text-embedding-3-small');
  await api.close();
});
