import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { indexes, layoutOf } from '../layout.qdrant.js';
import { type Asked, documentAbsent, openQdrantDocument } from './openapi.js';

const asking = (over: Partial<Asked> = {}): Asked => ({
  method: 'put',
  path: '/collections/c',
  query: {},
  body: layoutOf({ dimension: 8, model: 'm' }),
  ...over,
});
const deleting = (body: unknown, query = {}) =>
  asking({ method: 'post', path: '/collections/c/points/delete', query, body });
const index = (field_schema: unknown) =>
  asking({ path: '/collections/c/index', body: { field_name: 'f', field_schema } });

describe("holding requests and answers against Qdrant's document", { skip: documentAbsent }, () => {
  const document = documentAbsent ? null : openQdrantDocument();
  const request = (asked: Asked) => document!.request(asked);

  it('takes what is right', () => {
    assert.equal(request(asking()), null);
    for (const schema of Object.values(indexes)) assert.equal(request(index(schema)), null);
    assert.equal(request(deleting({ filter: { must: [] } }, { wait: 'true', timeout: '3' })), null);
    assert.equal(request(asking({ method: 'get', body: undefined })), null);
  });

  const wrong: Record<string, Asked> = {
    'a method that is not there': asking({ method: 'patch', path: '/aliases' }),
    'a path that is not there': asking({ path: '/collections/c/pionts' }),
    'a body of another type': asking({ body: [] }),
    'no body': asking({ body: undefined }),
    'a body where none belongs': asking({ method: 'get', path: '/aliases', body: {} }),
    'a distance that there is not': asking({ body: { vectors: { size: 8, distance: 'Kosine' } } }),
    'a size that is not whole': asking({ body: { vectors: { size: 8.5, distance: 'Cosine' } } }),
    'a misspelt setting': asking({ body: { hnsw_confg: { m: 0 } } }),
    'a misspelt setting of a setting': asking({ body: { hnsw_config: { payloadM: 16 } } }),
    'a misspelt flag of an index': index({ type: 'keyword', is_tennant: true }),
    'a flag of another kind of index': index({ type: 'datetime', is_tenant: true }),
    'a parameter that is not known': deleting({ filter: {} }, { weit: 'true' }),
    'a parameter of another type': deleting({ filter: {} }, { wait: 'maybe' }),
    'a filter with a word that is none': deleting({ filter: { musst: [] } }),
    'an id that is not one': deleting({ filter: { must: [{ has_id: ['seven'] }] } }),
    'null where there may be none': asking({ body: { vectors: { size: null, distance: 'Cosine' } } }),
  };
  for (const [name, asked] of Object.entries(wrong))
    it(`refuses ${name}`, () => assert.notEqual(request(asked), null));

  it('holds answers to it as well', () => {
    const asked = asking({ method: 'post', path: '/collections/c/points/query', body: { query: [1] } });
    const point = { id: '00000001-aaaa-4bbb-8ccc-0000000000dd', version: 0, score: 0.5, payload: {} };
    const answer = (points: unknown[], status = 200) =>
      document!.answer(asked, { status, body: { time: 0, status: 'ok', result: { points } } });
    assert.equal(answer([point]), null);
    assert.equal(answer([{ ...point, payload: null }]), null);
    assert.notEqual(answer([{ ...point, version: undefined }]), null);
    assert.notEqual(answer([{ ...point, id: 'seven' }]), null);
    assert.notEqual(answer([{ ...point, skore: 1 }]), null);
    assert.notEqual(answer([point], 404), null, 'a refusal is of another form');
    const refusal = { status: 404, body: { time: 0, status: { error: 'gone' } } };
    assert.equal(document!.answer(asked, refusal), null);
  });
});
