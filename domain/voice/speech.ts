import type { Emotion } from '../emotion/emotion.js';
import type { Language } from '../kernel/language.js';

/** What a voice needs to speak a line, and a face to move with it. */
export type Speech = {
  /** SSML 1.1 (https://www.w3.org/TR/speech-synthesis11/). */
  ssml: string;
  /** When which shape of the mouth begins, in milliseconds from the start; estimated, no sound was made yet. */
  visemes: readonly { at: number; viseme: Viseme }[];
  durationMs: number;
};

/** The 15 shapes that most rigs know, by Oculus' names (https://developers.meta.com/horizon/documentation/unity/audio-ovrlipsync-viseme-reference). */
export type Viseme =
  | 'sil'
  | 'PP'
  | 'FF'
  | 'TH'
  | 'DD'
  | 'kk'
  | 'CH'
  | 'SS'
  | 'nn'
  | 'RR'
  | 'aa'
  | 'E'
  | 'ih'
  | 'oh'
  | 'ou';

const locale: Record<Language, string> = { zh: 'zh-CN', en: 'en-US' };
/** Milliseconds of a letter in English, of a syllable in Chinese, at an even pace. */
const PACE_MS: Record<Language, number> = { en: 65, zh: 210 };
const PAUSE_MS = { short: 180, long: 350 };

/** How a feeling is spoken: faster and higher the more awake, louder the more of it. */
export function speechOf(
  text: string,
  lang: Language,
  emotion: Pick<Emotion, 'valence' | 'arousal' | 'intensity'>,
): Speech {
  const rate = Math.round(100 + 20 * emotion.arousal * emotion.intensity);
  const pitch = Math.round(12 * ((emotion.arousal + emotion.valence) / 2) * emotion.intensity);
  const volume = Math.round(3 * emotion.arousal * emotion.intensity);
  const prosody = `rate="${rate}%" pitch="${signed(pitch)}%" volume="${signed(volume)}dB"`;
  const ssml = `<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="${locale[lang]}"><prosody ${prosody}>${xml(text)}</prosody></speak>`;
  return { ssml, ...mouthOf(text, lang, rate / 100) };
}

const signed = (value: number) => (value < 0 ? `${value}` : `+${value}`);
const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const xml = (text: string) => text.replace(/[&<>"']/g, (mark) => escapes[mark]!);

// biome-ignore format: a table is read by its columns
const shapes: readonly [RegExp, Viseme][] = [
  [/^[bmp]/, 'PP'], [/^[fv]/, 'FF'], [/^th/, 'TH'], [/^(ch|sh|j)/, 'CH'], [/^[dtl]/, 'DD'], [/^[kgqcx]/, 'kk'],
  [/^[sz]/, 'SS'], [/^n/, 'nn'], [/^r/, 'RR'], [/^(oo|u|w)/, 'ou'], [/^o/, 'oh'], [/^e/, 'E'], [/^[iy]/, 'ih'], [/^a/, 'aa'],
];

function mouthOf(text: string, lang: Language, rate: number): Omit<Speech, 'ssml'> {
  const visemes: { at: number; viseme: Viseme }[] = [];
  let clock = 0;
  const say = (viseme: Viseme, ms: number) => {
    if (visemes.at(-1)?.viseme !== viseme) visemes.push({ at: Math.round(clock), viseme });
    clock += ms / rate;
  };
  for (let rest = text.toLowerCase(); rest !== ''; ) {
    const syllable = /^\p{Script=Han}/u.exec(rest)?.[0];
    const shape = shapes.find(([begins]) => begins.test(rest));
    const taken = syllable ?? (shape ? shape[0].exec(rest)![0] : rest.slice(0, 1));
    // What a Chinese sign sounds like is not known here: the mouth opens and closes with each syllable.
    if (syllable) {
      say('nn', PACE_MS.zh * 0.3);
      say('aa', PACE_MS.zh * 0.7);
    } else if (shape) say(shape[1], PACE_MS[lang === 'zh' ? 'en' : lang] * taken.length);
    else
      say(
        'sil',
        /[.!?。！？…]/.test(taken) ? PAUSE_MS.long : /[,;:，、；：]/.test(taken) ? PAUSE_MS.short : 30,
      );
    rest = rest.slice(taken.length);
  }
  say('sil', 0);
  return { visemes, durationMs: Math.round(clock) };
}
