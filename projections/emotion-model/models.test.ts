import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { bookOf, folderOf, shippedFile, unreadBookOf } from './models.js';

const dir = mkdtempSync(join(tmpdir(), 'agl-models-'));
after(() => rmSync(dir, { recursive: true, force: true }));

it('a book is marked by all models there are, also for who does not load them', async () => {
  const markNow = async () => {
    const { mark } = await bookOf(dir, () => {});
    assert.equal(unreadBookOf(dir).mark, mark);
    return mark;
  };
  const own = (name: string, trainedWith: object, features = {}) => {
    const file = { ...JSON.parse(readFileSync(shippedFile, 'utf8')), trainedWith, ...features };
    writeFileSync(join(folderOf(dir), name), JSON.stringify(file));
  };
  const alone = await markNow();
  mkdirSync(folderOf(dir));
  assert.equal(await markNow(), alone);
  own('b.json', { data: 'one' });
  const withOne = await markNow();
  own('z.json', { data: 'two' });
  const withTwo = await markNow();
  assert.equal(new Set([alone, withOne, withTwo]).size, 3);
  own('a.json', { data: 'other features' }, { features: 'other' });
  assert.equal(await markNow(), withTwo, 'what nobody can ask changes nothing');
  for (const name of ['a.json', 'b.json', 'z.json']) rmSync(join(folderOf(dir), name));
  own('a.json', { data: 'two' });
  own('c.json', { data: 'one' });
  assert.equal(await markNow(), withTwo, 'whatever their files are called');
});
