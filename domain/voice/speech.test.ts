import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Language, languages } from '../kernel/language.js';
import { speechOf } from './speech.js';

const even = { valence: 0, arousal: 0, intensity: 0 };
const unit = fc.double({ min: -1, max: 1, noNaN: true });
const emotion = fc.record({
  valence: unit,
  arousal: unit,
  intensity: fc.double({ min: 0, max: 1, noNaN: true }),
});
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('Well played, friend!', '稳住，我们能赢。', 'Lux 这一下漂亮！', '', '…'),
);
const lang = fc.constantFrom<Language>(...languages);

const prosody = (ssml: string) => {
  const [, rate, pitch, volume] = /rate="(\d+)%" pitch="([+-]\d+)%" volume="([+-]\d+)dB"/
    .exec(ssml)!
    .map(Number);
  return { rate: rate!, pitch: pitch!, volume: volume! };
};
const unescaped = (xml: string) =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

describe('how a line is spoken', () => {
  it('is SSML of its language, at an even pace where nothing is felt', () => {
    assert.equal(
      speechOf('Hi & bye', 'en', even).ssml,
      '<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US"><prosody rate="100%" pitch="+0%" volume="+0dB">Hi &amp; bye</prosody></speak>',
    );
    assert.match(speechOf('稳', 'zh', even).ssml, /xml:lang="zh-CN"/);
  });

  it('lets no text out of its place', () => {
    fc.assert(
      fc.property(
        fc.oneof(text, fc.constantFrom('</speak>', '"><&\'', ']]>', '&lt;')),
        lang,
        (line, language) => {
          const { ssml } = speechOf(line, language, even);
          const inner = /<prosody [^>]*>([\s\S]*)<\/prosody><\/speak>$/.exec(ssml)![1]!;
          assert.doesNotMatch(inner, /[<>"']|&(?!amp;|lt;|gt;|quot;|apos;)/);
          assert.equal(unescaped(inner), line);
        },
      ),
    );
  });

  it('is within what a voice can do, and faster and louder the more awake', () => {
    fc.assert(
      fc.property(emotion, unit, (felt, arousal) => {
        const [one, other] = [felt, { ...felt, arousal }].map((each) =>
          prosody(speechOf('Hi', 'en', each).ssml),
        );
        for (const { rate, pitch, volume } of [one!, other!])
          assert.ok(rate >= 80 && rate <= 120 && Math.abs(pitch) <= 12 && Math.abs(volume) <= 3);
        const [calm, awake] = felt.arousal <= arousal ? [one!, other!] : [other!, one!];
        assert.ok(calm.rate <= awake.rate && calm.pitch <= awake.pitch && calm.volume <= awake.volume);
      }),
    );
  });

  it('moves the mouth from the start to the end, one shape after the other, and closes it', () => {
    fc.assert(
      fc.property(text, lang, emotion, (line, language, felt) => {
        const { visemes, durationMs } = speechOf(line, language, felt);
        assert.equal(visemes[0]!.at, 0);
        assert.equal(visemes.at(-1)!.viseme, 'sil');
        for (const [nth, { at, viseme }] of visemes.entries()) {
          assert.ok(Number.isInteger(at) && at <= durationMs);
          if (nth === 0) continue;
          assert.ok(at >= visemes[nth - 1]!.at);
          assert.notEqual(viseme, visemes[nth - 1]!.viseme);
        }
      }),
    );
  });

  it('takes longer for more text, and the shorter the faster it is spoken', () => {
    fc.assert(
      fc.property(text, lang, (line, language) => {
        const once = speechOf(line, language, even).durationMs;
        assert.ok(speechOf(`${line} ${line}`, language, even).durationMs >= once);
        const hasty = { valence: 0, arousal: 1, intensity: 1 };
        assert.ok(speechOf(line, language, hasty).durationMs <= once);
      }),
    );
  });

  it('has the shapes of the sounds', () => {
    const shapesOf = (line: string, language: Language) =>
      speechOf(line, language, even).visemes.map(({ viseme }) => viseme);
    assert.deepEqual(shapesOf('map', 'en'), ['PP', 'aa', 'PP', 'sil']);
    assert.deepEqual(shapesOf('Fish!', 'en'), ['FF', 'ih', 'CH', 'sil']);
    assert.deepEqual(shapesOf('稳住', 'zh'), ['nn', 'aa', 'nn', 'aa', 'sil']);
    assert.equal(speechOf('稳住', 'zh', even).durationMs, 420);
  });
});
