import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GAME, stored } from '../projections/testing/stories.js';
import { type Body, served } from './testing/served.js';

const { log, get, refusedWith } = served();

const line = { id: 'en.owl.kill.1', lang: 'en', on: 'kill', text: 'Silent.', feels: ['proud'] };
const owl = { character: 'owl', like: 'cool', name: 'The Old Owl', voice: 'Calm.', lines: [line] };
const write = (over: object) => log.tell(`game-${GAME}`, stored('CharacterWritten', { ...owl, ...over }));
const ids = (body: Body) => body.items.map(({ id }: Body) => id);

test('the built-in personas are known to everybody who is known', async () => {
  for (const as of ['owner', 'stranger', 'operator', 'p0']) {
    const { body } = await get('/characters', as);
    assert.deepEqual(ids(body), ['cheerful', 'cool', 'cute']);
    for (const { name, voice, lineCount } of body.items) {
      assert.ok(name.zh && name.en && voice.zh && voice.en);
      assert.ok(lineCount.zh > 300 && lineCount.en > 300);
    }
  }
  await refusedWith('unauthorized', '/characters', { as: 'anyone' });
});

describe('the characters of a game', () => {
  test('are the built-in personas as long as it has said nothing', async () => {
    const { body } = await get(`/games/${GAME}/characters`);
    const cool = { id: 'cool', builtIn: true, like: 'cool', lineCount: { zh: 0, en: 0 } };
    assert.deepEqual(ids(body), ['cheerful', 'cool', 'cute']);
    assert.deepEqual(body.items[1], cool);
    const { builtInLines, ...one } = (await get(`/games/${GAME}/characters/cool`)).body;
    assert.deepEqual(one, { ...cool, gameId: GAME, lines: [] });
    assert.ok(builtInLines.length > 600 && builtInLines.every(({ id }: Body) => id.includes('.cool.')));
    await refusedWith('not_found', `/games/${GAME}/characters/owl`);
  });

  test('are those that it has written, as they are now', async () => {
    write({});
    write({ character: 'cute', like: 'cute', voice: undefined, lines: [] });
    write({ character: 'ant', lines: [] });
    const { body } = await get(`/games/${GAME}/characters`);
    assert.deepEqual(ids(body), ['cheerful', 'cool', 'cute', 'ant', 'owl']);
    const { character: id, lines, ...said } = owl;
    const member = { id, builtIn: false, ...said, lineCount: { zh: 0, en: 1 } };
    assert.deepEqual(body.items[4], member);
    assert.equal(body.items[2].name, 'The Old Owl');
    assert.ok(!('voice' in body.items[2]));
    const { builtInLines, ...one } = (await get(`/games/${GAME}/characters/owl`)).body;
    assert.deepEqual(one, { ...member, gameId: GAME, lines });
    assert.ok(builtInLines.length > 600);
    write({ like: 'cheerful', lines: [line, { ...line, id: 'zh.owl.kill.1', lang: 'zh', text: '静。' }] });
    const changed = (await get(`/games/${GAME}/characters/owl`)).body;
    assert.deepEqual([changed.like, changed.lineCount], ['cheerful', { zh: 1, en: 1 }]);
  });

  test('are not there for others', async () => {
    for (const tail of ['', '/cool', '/owl'])
      for (const as of ['stranger', 'p0'])
        await refusedWith('not_found', `/games/${GAME}/characters${tail}`, { as });
    assert.equal((await get(`/games/${GAME}/characters/owl`, 'operator')).body.id, 'owl');
    await refusedWith('not_found', `/games/${GAME}/characters/constructor`);
    await refusedWith('bad_frame', `/games/${GAME}/characters/a%20b`, { field: 'persona' });
  });

  test('are what their players are said to have at their side', async () => {
    const choose = (choice: object) => log.tell('player-p1', stored('PersonaChosen', choice));
    const seen = async () => [
      (await get('/players/p1')).body.persona,
      (await get(`/games/${GAME}/players`)).body.items.find(({ id }: Body) => id === 'p1').persona,
    ];
    choose({ persona: 'cool', character: 'owl' });
    assert.deepEqual(await seen(), ['owl', 'owl']);
    choose({ lang: 'en' });
    assert.deepEqual(await seen(), ['owl', 'owl']);
    choose({ persona: 'cool' });
    assert.deepEqual(await seen(), ['cool', 'cool']);
    const data = { clientId: 'c1', gameId: GAME, externalId: 'sealed:x', persona: 'cool', character: 'owl' };
    log.tell('player-new', stored('PlayerRegistered', { ...data, lang: 'en' }));
    assert.equal((await get('/players/new')).body.persona, 'owl');
  });
});
