import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Document } from './document.js';
import { serveDocs } from './page.js';

it('makes the document once, and again when that did not go well', async () => {
  const routes = new Map<string, (request: unknown, reply: object) => Promise<unknown>>();
  const server = { get: (path: string, route: never) => void routes.set(path, route) };
  let tries = 0;
  serveDocs({ getHttpAdapter: () => ({ getInstance: () => server }) } as never, async () => {
    if (++tries === 1) throw new Error('no room');
    return { openapi: '3.1.0' } as Document;
  });
  const ask = () => routes.get('/docs-json')!({}, { send: (body: unknown) => body });
  await assert.rejects(ask(), { message: 'no room' });
  assert.deepEqual(await ask(), { openapi: '3.1.0' });
  await ask();
  assert.equal(tries, 2);
});
