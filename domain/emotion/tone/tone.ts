import type { Language } from '../../kernel/language.js';
import type { Abuse } from './abuse.js';
import { cut, type Token } from './cut.js';
import { joined } from './disguise.js';
import { marksOf } from './marks.js';
import { faceAt, knownWords } from './tables.js';
import { type About, type Heard, weigh } from './weigh.js';

export type { Abuse } from './abuse.js';
export type { AbuseKind } from './lexicon.js';

/**
 * How a line of chat sounds, by tables and rules alone: the same text always has the same tone. Sarcasm is not
 * understood: who praises a loss is taken at their word.
 */
export type Tone = {
  /** -1 (unpleasant) to 1 (pleasant); 0 when nothing tells. */
  valence: number;
  /** -1 (asleep) to 1 (frantic); 0 when nothing tells. */
  arousal: number;
  /** 0 (nothing was recognised: valence 0 then means unknown) to 1 (much was, and it agrees). */
  certainty: number;
  /** What hurts others, the gravest of it; an insult of oneself is none. */
  abusive: Abuse | null;
  /** The player may want to hurt themselves: no abuse and nothing to punish, a reason to answer with care. */
  distress: { term: string } | null;
  /** Whom or what the strongest feeling is about, as far as the line says. */
  about: About | null;
  /** `null`: no word of either language. */
  lang: Language | null;
};

/** What is longer is read as far as here. */
export const TONE_READS = 16 * 1024;

export function toneOf(text: string): Tone {
  const { resolve, vocabulary } = knownWords();
  const tokens = joined(cut(cleaned(text), { resolve, faceAt }), vocabulary.hurting);
  const weighed = weigh(marksOf(tokens, vocabulary), tokens.length);
  const { heard, abusive, distress, asks, bangs, loud } = weighed;
  const { sum, gross } = summed(heard);
  const agreed = gross === 0 ? 0 : ((2 * gross) / (1 + 2 * gross)) * (Math.abs(sum) / gross);
  const certainty = agreed * (asks ? 0.7 : 1);
  const lift = 0.12 * Math.min(3, bangs) + (loud ? 0.2 : 0);
  return {
    valence: rounded(squashed(1.15 * sum)),
    arousal: rounded(Math.max(-1, Math.min(1, stirred(heard) + lift))),
    certainty: rounded(abusive || distress ? Math.max(certainty, 0.6) : certainty),
    abusive,
    distress,
    about: distress ? 'self' : (strongest(heard)?.about ?? weighed.about),
    lang: langOf(tokens),
  };
}

/** Without addresses and what nobody sees, and each letter in its plain form. */
function cleaned(text: string): string {
  const plain = text.slice(0, TONE_READS);
  const seen = /[^\x20-\x7e]/.test(plain)
    ? plain
        .normalize('NFKC')
        .replace(/\u00ad|[\u200b-\u200f]|\u2060|\ufe0e|\ufe0f|\ufeff/g, '')
        .replaceAll('’', "'")
        .slice(0, TONE_READS)
    : plain;
  return seen.includes('://') || seen.includes('www.')
    ? seen.replace(/\b(?:https?:\/\/|www\.)\S+/gi, ' ')
    : seen;
}

function summed(heard: readonly Heard[]): { sum: number; gross: number } {
  let sum = 0;
  let gross = 0;
  for (const { value, weight } of heard) {
    sum += value * weight;
    gross += Math.abs(value * weight);
  }
  return { sum, gross };
}

function stirred(heard: readonly Heard[]): number {
  let stirs = 0;
  let mass = 0;
  for (const { value, weight, arousal } of heard) {
    if (arousal === undefined) continue;
    const part = Math.max(0.2, Math.abs(value)) * weight;
    stirs += arousal * part;
    mass += part;
  }
  return mass === 0 ? 0 : stirs / mass;
}

function strongest(heard: readonly Heard[]): Heard | undefined {
  let best: Heard | undefined;
  for (const one of heard)
    if (!best || Math.abs(one.value * one.weight) > Math.abs(best.value * best.weight)) best = one;
  return best;
}

/** Two Chinese signs are about a word. */
function langOf(tokens: readonly Token[]): Language | null {
  let chinese = 0;
  let english = 0;
  for (const { lang } of tokens) {
    if (lang === 'zh') chinese++;
    else if (lang === 'en') english++;
  }
  if (chinese + english === 0) return null;
  return chinese >= english ? 'zh' : 'en';
}

/** Without `Math.tanh`, whose last digit may differ between machines. */
const squashed = (value: number) => value / Math.sqrt(1 + value * value);
// Adding zero turns -0, which JSON does not keep, into 0.
const rounded = (value: number) => Math.round(value * 1000) / 1000 + 0;
