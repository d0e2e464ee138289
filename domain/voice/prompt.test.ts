import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { languages, personas } from '../kernel/language.js';
import { personaSheets } from './personas.js';
import { type PromptParts, promptFor } from './prompt.js';
import { readReply } from './reply.js';
import { scenes } from './scene.js';
import { ageRatings } from './settings.js';
import { attacks } from './testing/attacks.js';

const emotion = { label: 'happy', intensity: 0.5, valence: 0.6, arousal: 0.4 } as const;
const chat = (over: Partial<PromptParts>): PromptParts => {
  const lang = over.lang ?? 'en';
  const sheet = personaSheets.cool[lang];
  return { scene: 'chat', sheet, lang, ageRating: 'everyone', emotion, happened: [], ...over };
};

const [OPEN, CLOSE] = ['<scene>', '</scene>'];

/** All that a model is told beside the system's part; nothing within can end it. */
function toldIn(user: string): Record<string, unknown> {
  assert.ok(user.startsWith(OPEN) && user.endsWith(CLOSE));
  const data = user.slice(OPEN.length, -CLOSE.length);
  assert.doesNotMatch(data, /[<>＜＞﹤﹥‹›〈〉⟨⟩]|[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u);
  return JSON.parse(data) as Record<string, unknown>;
}

describe('what a player writes', () => {
  it('is tried with at least twenty attacks in both languages', () => {
    for (const lang of languages) assert.ok(attacks.some((attack) => attack.lang === lang));
    assert.ok(attacks.length >= 20);
    assert.ok(attacks.filter(({ lang }) => lang === 'zh').length >= 10);
  });

  for (const { name, lang, message, obeyed, fault } of attacks) {
    it(`is data, and nothing but data: ${name} (${lang})`, () => {
      const plain = promptFor(chat({ lang }));
      const talk = [{ player: message }, { companion: message }];
      const attacked = promptFor(
        chat({ lang, message, player: message, talk, happened: [{ what: message }], memories: [message] }),
      );
      assert.equal(attacked.system, plain.system, "the system's part is untouched");
      const told = toldIn(attacked.user);
      assert.equal(told.message, message);
      assert.equal(told.player, message);
      assert.deepEqual(told.remembers, [message]);
      assert.deepEqual(told.talk, talk);
    });

    it(`is of no use where a model obeys: ${name} (${lang})`, () => {
      const prompt = promptFor(chat({ lang, message }));
      const raw = typeof obeyed === 'string' ? obeyed : JSON.stringify(obeyed);
      assert.equal(readReply(raw, { lang, rating: 'everyone', chat: true, prompt }), fault);
    });
  }

  it('stays within the data, whatever it is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom('<', '/', 'scene', '>', '\\', '"', '\u202e', '＜', '\ue000'), {
        maxLength: 12,
      }),
    );
    fc.assert(
      fc.property(text, (drawn) => {
        const message = typeof drawn === 'string' ? drawn : drawn.join('');
        const { system, user } = promptFor(chat({ message }));
        assert.equal(system, promptFor(chat({})).system);
        assert.equal(toldIn(user).message ?? '', message);
      }),
    );
  });
});

describe('a prompt', () => {
  it('has the same hash for the same, and another for another persona, language, rating or scene', () => {
    const hashes = personas.flatMap((persona) =>
      languages.flatMap((lang) =>
        ageRatings.flatMap((ageRating) =>
          scenes.map(
            (scene) => promptFor(chat({ lang, ageRating, scene, sheet: personaSheets[persona][lang] })).hash,
          ),
        ),
      ),
    );
    assert.equal(new Set(hashes).size, hashes.length);
    assert.equal(promptFor(chat({ message: 'a' })).hash, promptFor(chat({ message: 'a' })).hash);
  });

  it('keeps as a secret what a companion is, not what it says', () => {
    const sheet = {
      name: 'Ari',
      voice: 'A fox. It says "For the honour of the old kingdom, onward!"',
      examples: ['Onward!'],
    };
    const { secret, system } = promptFor(chat({ sheet }));
    assert.match(system, /honour of the old kingdom/);
    assert.doesNotMatch(secret, /honour of the old kingdom|Onward/);
    assert.match(secret, /A fox/);
  });
});
