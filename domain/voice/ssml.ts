import type { Emotion } from '../emotion/emotion.js';
import type { Language } from '../kernel/language.js';

/** What of a feeling is heard. */
export type Heard = Pick<Emotion, 'valence' | 'arousal' | 'intensity'>;

/** What a text is spoken with: 1 is an even pace; pitch in percent, volume in dB, both beside the voice's own. */
export type Prosody = { rate: number; pitch: number; volume: number };

const locale: Record<Language, string> = { zh: 'zh-CN', en: 'en-US' };

/** How a feeling is spoken: faster and louder the more awake, higher also the happier, and all the more of it. */
export function prosodyOf(emotion: Heard): Prosody {
  const valence = within(emotion.valence, -1, 1);
  const awake = within(emotion.arousal, -1, 1);
  const much = within(emotion.intensity, 0, 1);
  return {
    rate: Math.round(100 + 20 * awake * much) / 100,
    pitch: Math.round(6 * (awake + valence) * much),
    volume: Math.round(3 * awake * much),
  };
}

/** A text as SSML 1.1 (https://www.w3.org/TR/speech-synthesis11/), whatever is in it. */
export function ssmlOf(text: string, lang: Language, { rate, pitch, volume }: Prosody): string {
  const how = `rate="${Math.round(rate * 100)}%" pitch="${signed(pitch)}%" volume="${signed(volume)}dB"`;
  return `<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="${locale[lang]}"><prosody ${how}>${escaped(text)}</prosody></speak>`;
}

/** What is not a number is nothing of it. */
const within = (value: number, least: number, most: number): number =>
  Number.isNaN(value) ? 0 : Math.min(most, Math.max(least, value));

const signed = (value: number) => (value < 0 ? `${value}` : `+${value}`);

/** No escape makes these a part of XML 1.0 (https://www.w3.org/TR/xml/#charsets); halves of surrogate pairs are among them. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
/** A text without what no document can hold. */
export const legible = (text: string): string => text.replace(NOT_XML, '');

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escaped = (text: string) => legible(text).replace(/[&<>"']/g, (mark) => escapes[mark]!);
