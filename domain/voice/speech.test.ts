import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { languages } from '../kernel/language.js';
import { lineLibrary } from './lines/index.js';
import { mouthOf, visemes } from './mouth.js';
import { isSpeakable, type Speech, speechOf } from './speech.js';

const even = { valence: 0, arousal: 0, intensity: 0 };

/** All that a string can be, halves of surrogate pairs and control characters too, and what lines are made of. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    .map((codes) => String.fromCharCode(...codes)),
  fc
    .array(fc.constantFrom(...'abcdehgtions ,.!?…。，你好呀35\'"<>&\n{}[]]]>é😀'), { maxLength: 80 })
    .map((signs) => signs.join('')),
);
const anyFeeling = fc.record({
  valence: fc.double(),
  arousal: fc.double(),
  intensity: fc.double(),
});
const anySpeech = (check: (speech: Speech, text: string) => void) =>
  fc.assert(
    fc.property(anyText, fc.constantFrom(...languages), anyFeeling, (text, lang, feeling) =>
      check(speechOf(text, lang, feeling), text),
    ),
    { numRuns: 1_000 },
  );

const SSML =
  /^<speak version="1\.1" xmlns="http:\/\/www\.w3\.org\/2001\/10\/synthesis" xml:lang="(?:zh-CN|en-US)"><prosody rate="(?<rate>\d+)%" pitch="(?<pitch>[+-]\d+)%" volume="(?<volume>[+-]\d+)dB">(?<said>[^<>"']*)<\/prosody><\/speak>$/u;
const CHARS = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;
const marks: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

describe('SSML', () => {
  it('is well formed for any text, and says the text', () => {
    anySpeech(({ ssml }, text) => {
      const { said, rate, pitch, volume } = SSML.exec(ssml)!.groups!;
      assert.match(ssml, CHARS);
      assert.doesNotMatch(said!, /&(?!(?:amp|lt|gt|quot|apos);)/);
      const read = said!.replace(/&(\w+);/g, (_, name: string) => marks[name]!);
      assert.equal(read, [...text].filter((sign) => CHARS.test(sign)).join(''));
      assert.ok(Number(rate) >= 80 && Number(rate) <= 120, rate);
      assert.ok(Math.abs(Number(pitch)) <= 12 && Math.abs(Number(volume)) <= 3);
    });
  });

  it('is faster, higher and louder the more is felt, and even when nothing is', () => {
    const { ssml } = speechOf('Hi & <bye>', 'en', { valence: 1, arousal: 1, intensity: 1 });
    assert.match(ssml, /rate="120%" pitch="\+12%" volume="\+3dB">Hi &amp; &lt;bye&gt;</);
    assert.match(
      speechOf('嗯', 'zh', even).ssml,
      /xml:lang="zh-CN".*rate="100%" pitch="\+0%" volume="\+0dB">嗯</,
    );
    const sad = speechOf('Oh.', 'en', { valence: -1, arousal: -0.5, intensity: 1 }).ssml;
    assert.match(sad, /rate="90%" pitch="-9%" volume="-1dB"/);
  });
});

describe('the mouth', () => {
  it('begins at once, goes forward, is never told the same twice, and closes at the end', () => {
    const known = new Set<string>(visemes);
    anySpeech((speech) => {
      const shapes = speech.visemes;
      assert.equal(shapes[0]!.at, 0);
      assert.equal(shapes.at(-1)!.viseme, 'sil');
      shapes.forEach(({ at, viseme }, place) => {
        assert.ok(known.has(viseme) && Number.isInteger(at));
        const before = shapes[place - 1];
        assert.ok(!before || (before.at < at && before.viseme !== viseme));
      });
      assert.ok(Number.isInteger(speech.durationMs) && speech.durationMs >= shapes.at(-1)!.at);
    });
  });

  const shapes = (text: string) =>
    mouthOf(text, 1)
      .visemes.map(({ viseme }) => viseme)
      .join(' ');
  const english: Record<string, string> = {
    phone: 'FF oh nn sil',
    'She thinks': 'CH E TH ih nn kk SS sil',
    'made the match': 'PP aa DD TH E PP aa CH sil',
    'nation, picture': 'nn aa CH nn sil PP ih kk CH RR sil',
    'quick fix': 'kk ou ih kk FF ih kk SS sil',
    'city café': 'SS ih DD ih kk aa FF E sil',
    'you know': 'ih ou nn aa ou sil',
    "don't": 'DD oh nn DD sil',
    hello: 'E nn oh sil',
  };
  for (const [text, expected] of Object.entries(english))
    it(`of ${text}`, () => assert.equal(shapes(text), expected));

  it('opens and closes with each Chinese syllable, and rests at marks', () => {
    assert.equal(shapes('好球！再来'), 'nn aa nn aa sil nn aa nn aa sil');
    const lasts = (text: string) => mouthOf(text, 1).durationMs;
    assert.equal(lasts('好球'), 2 * lasts('好'));
    assert.ok(lasts('好，球') > lasts('好球'));
    assert.ok(lasts('好。球') > lasts('好，球'));
  });

  it('takes a run of marks for one pause, and none for spaces, apostrophes, or a point in a number', () => {
    const lasts = (text: string) => mouthOf(text, 1).durationMs;
    assert.equal(lasts('好！！！'), lasts('好！'));
    assert.equal(lasts('so it goes'), lasts('soitgoes'));
    assert.equal(lasts('3.5'), lasts('35'));
    assert.equal(lasts('…hm'), lasts('hm'));
  });

  it('is as long as it has to be: nothing said is nothing', () => {
    for (const nothing of ['', '…', '😀 !', '\u0000']) {
      assert.deepEqual(mouthOf(nothing, 1), { visemes: [{ at: 0, viseme: 'sil' }], durationMs: 0 });
      assert.equal(isSpeakable(nothing), false);
    }
    assert.ok(mouthOf('well', 0.8).durationMs > mouthOf('well', 1.2).durationMs);
  });

  it('of every line of the library lasts as long as people take for such', () => {
    for (const lang of languages)
      for (const { text } of Object.values(lineLibrary[lang]).flat()) {
        const { durationMs } = mouthOf(text, 1);
        const signs = [...text.matchAll(/[\p{L}\p{N}]/gu)].length;
        const each = durationMs / Math.max(1, signs);
        assert.ok(each > (lang === 'zh' ? 150 : 45) && each < (lang === 'zh' ? 600 : 300), `${each} ${text}`);
      }
  });
});
