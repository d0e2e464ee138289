import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { game as games } from '../../domain/game/game.js';
import { languages, personas } from '../../domain/kernel/language.js';
import { modelIds } from '../../domain/voice/prices.js';
import { isShared, scenes } from '../../domain/voice/scene.js';
import { ageRatings } from '../../domain/voice/settings.js';
import { aGameEvent } from '../testing/side.js';
import type { Briefing } from './briefing.js';
import { type LineTask, orderFor } from './order.js';
import { type House, openHouse, outcome } from './testing/house.js';
import { type MessagesApi, startMessagesApi } from './testing/messages-api.js';

type Settings = {
  scene: (typeof scenes)[number];
  lang: (typeof languages)[number];
  persona: (typeof personas)[number];
  ageRating: (typeof ageRatings)[number];
  model: (typeof modelIds)[number];
};
const setting = fc.record<Settings>({
  scene: fc.constantFrom(...scenes),
  lang: fc.constantFrom(...languages),
  persona: fc.constantFrom(...personas),
  ageRating: fc.constantFrom(...ageRatings),
  model: fc.constantFrom(...modelIds),
});

/** Words of a person: long and strange enough to be nowhere by chance. */
const words = fc
  .tuple(fc.constantFrom('Zoë-Q', '欧阳雪', 'Ωmega', 'x"</scene>'), fc.integer({ min: 10_000, max: 99_999 }))
  .map(([start, number]) => `${start}${number}`);

type Person = Pick<Briefing, 'player' | 'message' | 'said' | 'talk' | 'remembers'> & { playerId: string };
const person: fc.Arbitrary<Person> = fc.record({
  playerId: fc.uuid(),
  player: words,
  message: words,
  said: fc.array(words, { minLength: 1, maxLength: 3 }),
  talk: fc.array(fc.record({ player: words, companion: words }), { maxLength: 2 }),
  remembers: words.map((sentence) => [{ use: { memoryId: 'a-memory', score: 0.4 }, sentence }]),
});
/** Two who have nothing in common. */
const two = fc
  .tuple(person, person)
  .filter(([one, other]) => wordsOf(one).every((word) => !wordsOf(other).includes(word)));

const wordsOf = ({ player, message, said, talk, remembers, playerId }: Person): string[] => [
  playerId,
  player ?? '',
  message ?? '',
  ...said,
  ...remembers.map(({ sentence }) => sentence),
  ...talk.flatMap(({ player: asked = '', companion = '' }) => [asked, companion]),
];

function taskOf({ playerId, ...told }: Person, { scene, lang, persona, ageRating, model }: Settings) {
  const at = '2026-11-28T12:00:00.000Z';
  const emotion = { label: 'proud', intensity: 0.8, valence: 0.8, arousal: 0.5, dominance: 0.6 } as const;
  const fallback = { text: 'Well done.', lang, source: 'template' as const };
  const acted = {
    ...{ actionId: randomUUID(), causedBy: randomUUID(), at, action: 'cheer', occasion: 'milestone' },
    emotion: { ...emotion, confidence: 1, source: 'rule' },
    asks: { scene, persona, fallback, because: 'victory number 100' },
  } as LineTask['acted'];
  return {
    requestId: randomUUID(),
    acted,
    playerId,
    gameId: 'a-game',
    game: { ...games.initial, exists: true, config: { voice: { ageRating, model } } },
    briefing: { ...told, cause: VICTORY, happened: [VICTORY], atHand: {}, origins: [] },
  };
}

const VICTORY = { what: 'player.victory', hero: 'Lux', killCount: 7 };

const raw = (text: string) =>
  JSON.stringify(text).slice(1, -1).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');

describe('what a line is asked with', () => {
  it('is the same for all where the scene is shared, and holds no word of either', () => {
    const shared = setting.filter(({ scene }) => isShared(scene));
    fc.assert(
      fc.property(two, shared, ([one, other], same) => {
        const [mine, theirs] = [orderFor(taskOf(one, same)), orderFor(taskOf(other, same))];
        assert.equal(mine.cacheKey, theirs.cacheKey);
        for (const { prompt } of [mine, theirs])
          for (const word of [...wordsOf(one), ...wordsOf(other)])
            assert.ok(!`${prompt.system}${prompt.user}`.includes(raw(word)), word);
      }),
      { numRuns: 300 },
    );
  });

  it('is never the same for two where the scene is not shared, though they were told the same', () => {
    const own = setting.filter(({ scene }) => !isShared(scene));
    fc.assert(
      fc.property(two, own, ([one, other], same) => {
        const twin = { ...one, playerId: other.playerId };
        const keys = [one, other, twin].map((who) => orderFor(taskOf(who, same)).cacheKey);
        assert.equal(new Set(keys).size, 3);
        const { user } = orderFor(taskOf(one, same)).prompt;
        assert.ok(user.includes(raw(one.player!)), 'and would be noticed, for it holds the name');
        for (const word of wordsOf(other)) assert.ok(!user.includes(raw(word)), word);
      }),
      { numRuns: 300 },
    );
  });

  it('is another in another language, of another persona, for another rating, of another model, for another scene', () => {
    fc.assert(
      fc.property(person, setting, setting, (who, one, other) => {
        for (const field of Object.keys(one) as (keyof Settings)[]) {
          const changed = { ...one, [field]: other[field] };
          const [before, after] = [orderFor(taskOf(who, one)), orderFor(taskOf(who, changed))];
          assert.equal(before.cacheKey === after.cacheKey, one[field] === other[field], field);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is a character's own, and not that of what every object has", () => {
    const who: Person = { playerId: 'p', player: null, message: null, said: [], talk: [], remembers: [] };
    const same: Settings = {
      scene: 'milestone',
      lang: 'en',
      persona: 'cool',
      ageRating: 'everyone',
      model: modelIds[0],
    };
    const plain = taskOf(who, same);
    const asking = (character: string) => ({
      ...plain,
      acted: { ...plain.acted, asks: { ...plain.acted.asks, character } },
      game: {
        ...plain.game,
        characters: { fox: { character: 'fox', like: 'cool' as const, name: 'Ari', lines: [] } },
      },
    });
    assert.match(orderFor(asking('fox')).prompt.system, /"Ari"/);
    assert.notEqual(orderFor(asking('fox')).cacheKey, orderFor(plain).cacheKey);
    assert.equal(orderFor(asking('constructor')).cacheKey, orderFor(plain).cacheKey);
  });
});

describe('a line for what happens to everybody', () => {
  let api: MessagesApi;
  let house: House;
  before(async () => {
    api = await startMessagesApi();
  });
  after(async () => {
    await house.stop();
    await api.close();
  });
  beforeEach(async () => {
    await house?.stop();
    api.asked.length = 0;
    house = await openHouse(api);
  });

  /** Ten victories: the first is a first, the tenth a milestone. Both ask for a line. */
  async function wins(player: string, lines: { first: string; tenth: string }, before = 0) {
    const victory = (nth: number) => aGameEvent('player.victory', nth * 100, { hero: 'Lux', killCount: 3 });
    api.reply = { line: lines.first, gesture: 'clap', tone: 'warm' };
    await house.play(player, victory(1));
    await outcome(house, player, before + 1);
    api.reply = { line: lines.tenth, gesture: 'cheer', tone: 'warm' };
    for (let nth = 2; nth <= 10; nth++) await house.play(player, victory(nth));
    const { written, failed } = await outcome(house, player, before + 2);
    assert.deepEqual(failed, []);
    return written.slice(before);
  }
  const opened = (player: string, text: string) => house.side.sealer.open(`player-${player}`, text);

  it('is written once and said to the next for nothing', async () => {
    const [ann, ben] = [await house.seat('ann', 'Annika'), await house.seat('ben', 'Benedikt')];
    const first = await wins(ann, { first: 'The first of many.', tenth: 'Ten of them. Count on.' });
    assert.deepEqual(
      first.map(({ scene, dialogue, cost }) => [scene, dialogue.source, cost > 0]),
      [
        ['first_ever', 'llm', true],
        ['milestone', 'llm', true],
      ],
    );
    const second = await wins(ben, { first: 'Never asked for.', tenth: 'Nor this.' });
    assert.deepEqual(
      second.map(({ scene, dialogue, cost }) => [scene, dialogue.source, cost]),
      [
        ['first_ever', 'cache', 0],
        ['milestone', 'cache', 0],
      ],
    );
    assert.equal(await opened(ben, second[1]!.dialogue.text), 'Ten of them. Count on.');
    assert.equal(second[1]!.action, 'cheer');
    assert.equal(api.asked.length, 2);
    for (const { body } of api.asked) assert.doesNotMatch(JSON.stringify(body), /Annika|Benedikt/);
  });

  it('is written anew for who has just heard it', async () => {
    const [ann, ben] = [await house.seat('ann'), await house.seat('ben')];
    await wins(ann, { first: 'The first of many.', tenth: 'Ten of them. Count on.' });
    api.reply = { line: 'The first of many!', gesture: 'nod', tone: 'warm' };
    await house.chat(ben, 'Say it.');
    await outcome(house, ben, 1);
    const [heard] = await wins(ben, { first: 'And so it begins.', tenth: 'Nor this.' }, 1);
    assert.equal(heard!.dialogue.source, 'llm');
    assert.equal(await opened(ben, heard!.dialogue.text), 'And so it begins.');
  });

  it('is not said to who speaks another language', async () => {
    const [ann, li] = [await house.seat('ann'), await house.seat('li', undefined, 'zh')];
    await wins(ann, { first: 'The first of many.', tenth: 'Ten of them. Count on.' });
    const lines = await wins(li, { first: '第一场，记下了。', tenth: '十场了，稳。' });
    assert.deepEqual(
      lines.map(({ dialogue }) => [dialogue.source, dialogue.lang]),
      [
        ['llm', 'zh'],
        ['llm', 'zh'],
      ],
    );
  });
});
