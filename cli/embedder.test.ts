import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startEmbeddingsApi } from '../projections/embedding/testing/embeddings-api.js';
import { openEmbedder } from './embedder.js';
import { readSettings } from './settings.js';

it('embeds by itself where no server is set', async () => {
  const embedder = openEmbedder(readSettings({}));
  assert.match(embedder.model, /^built-in-\d+$/);
  await embedder.close();
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
