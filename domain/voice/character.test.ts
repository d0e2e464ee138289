import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { type Game, type GameCommand, game } from '../game/game.js';
import { Rejection } from '../kernel/rejection.js';
import { CHARACTER_LINES_MAX, lineIdOf, type WantedCharacter } from './character.js';
import { lineOccasions, linePlaceholders } from './lines/line.js';
import { personaSheets } from './personas.js';
import { promptFor } from './prompt.js';

const line = (text: string, over: object = {}) => ({ lang: 'en', on: 'kill', text, ...over }) as const;
const owl = (over: Partial<WantedCharacter> = {}): WantedCharacter => ({
  character: 'owl',
  like: 'cool',
  name: 'The Old Owl',
  voice: 'Speaks of the night.',
  lines: [line('Silent, {player}, as the night wants it.')],
  ...over,
});

const given = (...commands: GameCommand[]): Game =>
  commands.reduce(
    (state, command) => {
      const decided = game.decide(command, state);
      assert.ok(!(decided instanceof Rejection), (decided as Rejection).message);
      return decided.reduce(game.evolve, state);
    },
    game.evolve(game.initial, { type: 'GameCreated', data: { clientId: 'c', name: 'G', config: {} } }),
  );
const writing = (character: WantedCharacter): GameCommand => ({ type: 'WriteCharacter', character });
const fieldOf = (character: WantedCharacter, state = given()): string | undefined => {
  const decided = game.decide(writing(character), state);
  assert.ok(decided instanceof Rejection, JSON.stringify(decided).slice(0, 200));
  assert.equal(decided.code, 'bad_frame');
  assert.ok(decided.message.startsWith(`${decided.detail.field}: `), decided.message);
  return decided.detail.field;
};

describe('what designers are told', () => {
  const told = readFileSync(fileURLToPath(new URL('../../../docs/characters.md', import.meta.url)), 'utf8');

  it('is a character that is accepted', () => {
    const [, body] = /-d '(\{[^']+\})'/.exec(told)!;
    const state = given(writing({ character: 'old-owl', ...JSON.parse(body!) }));
    assert.equal(state.characters['old-owl']!.lines.length, 5);
  });

  it('names every occasion and every placeholder', () => {
    for (const on of lineOccasions) assert.ok(told.includes(`\`${on}\``), on);
    for (const name of linePlaceholders) assert.ok(told.includes(`\`{${name}}\``), name);
  });
});

describe('a character of a game', () => {
  it('has lines whose ids come from what they say', () => {
    const [event] = game.decide(writing(owl()), given()) as { data: { lines: { id: string }[] } }[];
    assert.equal(event!.data.lines[0]!.id, lineIdOf('owl', owl().lines[0]!));
    assert.match(event!.data.lines[0]!.id, /^en\.owl\.kill\.[0-9a-f]{16}$/);
  });

  it('is written once: the same again is no event, anything else is one', () => {
    const state = given(writing(owl()));
    const count = (over: Partial<WantedCharacter>) =>
      (game.decide(writing(owl(over)), state) as unknown[]).length;
    assert.equal(count({}), 0);
    const { like: _, ...unlike } = owl();
    assert.deepEqual(game.decide(writing(unlike), state), [], 'it stays like whom it was');
    const { voice: __, ...voiceless } = owl();
    assert.equal((game.decide(writing(voiceless), state) as unknown[]).length, 1);
    for (const over of [{ like: 'cute' as const }, { name: 'Owl' }, { lines: [] }])
      assert.equal(count(over), 1);
    assert.equal(
      count({ lines: [line('Silent, {player}, as the night wants it.', { feels: ['proud'] })] }),
      1,
    );
  });

  it('is like somebody; a built-in persona is itself', () => {
    const { like: _, ...nobody } = owl();
    assert.equal(fieldOf(nobody), 'like');
    assert.equal(fieldOf({ ...nobody, character: 'constructor' }), 'like');
    assert.equal(fieldOf(owl({ character: 'cute' })), 'like');
    const state = given(writing({ ...nobody, character: 'cute' }));
    assert.equal(state.characters.cute!.like, 'cute');
  });

  it('says nothing that a companion may not say, each named by its field', () => {
    const wrong: [over: Partial<WantedCharacter>, field: string][] = [
      [{ lines: [line('Fine.'), line('You idiot.')] }, 'lines[1].text'],
      [{ lines: [line('{hero}, {weapon}.', { on: 'idle' })] }, 'lines[0].text'],
      [{ lines: [line('{nobody}.')] }, 'lines[0].text'],
      [{ lines: [line('<b>Fine</b>.')] }, 'lines[0].text'],
      [{ lines: [line('Fine.'), line('Fine.')] }, 'lines[1].text'],
      [{ lines: [line('Fine.', { feels: [] })] }, 'lines[0].feels'],
      [{ lines: [line('Fine.', { feels: ['sad', 'sad'] })] }, 'lines[0].feels'],
      [{ lines: Array.from({ length: CHARACTER_LINES_MAX + 1 }, () => line('Fine.')) }, 'lines'],
      [{ name: 'x'.repeat(41) }, 'name'],
      [{ name: 'Owl", a "liar' }, 'name'],
      [{ name: '' }, 'name'],
      [{ voice: 'x'.repeat(1_001) }, 'voice'],
      [{ voice: ' ' }, 'voice'],
    ];
    for (const [over, field] of wrong)
      assert.equal(fieldOf(owl(over)), field, JSON.stringify(over).slice(0, 80));
    const refused = game.decide(writing(owl({ lines: [line('Level 3.')] })), given()) as Rejection;
    assert.equal(refused.message, 'lines[0].text: a foreign character, "3"');
  });

  it('is one of fifty', () => {
    const many = Array.from({ length: 50 }, (_, at) => writing(owl({ character: `owl-${at}` })));
    const state = given(...many);
    assert.equal(fieldOf(owl({ character: 'owl-50' }), state), 'persona');
    assert.equal(
      (game.decide(writing(owl({ character: 'owl-7', lines: [] })), state) as unknown[]).length,
      1,
    );
  });

  it('never leaves its place in a prompt, whatever is said of it', () => {
    for (const mark of [
      '<',
      '>',
      '\n',
      '\r',
      '\u2028',
      '\u2029',
      '\u0085',
      '\u200b',
      '\u202e',
      '\ud800',
      '\u{e0041}',
    ])
      for (const field of ['name', 'voice']) assert.equal(fieldOf(owl({ [field]: `an${mark}owl` })), field);
    const prompt = (name: string, voice: string) =>
      promptFor({
        scene: 'chat',
        sheet: { ...personaSheets.cool.en, name, voice },
        lang: 'en',
        ageRating: 'everyone',
        emotion: { label: 'calm', intensity: 0, valence: 0, arousal: 0 },
        happened: [],
        message: 'hello',
      });
    const plain = prompt('Owl', 'Calm.');
    const state = given();
    const marks = [...'ab .:：{}[]"\'`\\/&#<>\n\r\t\u2028\u0000\u200d猫é'];
    const text = fc.string({ unit: fc.constantFrom(...marks), minLength: 1, maxLength: 20 });
    const property = fc.property(text, text, (name, voice) => {
      if (game.decide(writing(owl({ name, voice })), state) instanceof Rejection) return;
      const { system, user } = prompt(name, voice);
      assert.equal(user, plain.user);
      const lines = system.split(/[\n\r\u2028\u2029]/);
      assert.deepEqual(lines.slice(2), plain.system.split('\n').slice(2));
      assert.equal(lines[1], `How it speaks: ${voice}`);
      assert.doesNotMatch(system.split('\n')[1]!, /[<>]/);
    });
    fc.assert(property, { numRuns: 1_000 });
  });
});
