import { z } from 'zod';
import { type Gesture, gestures } from '../emotion/emotion.js';
import { toneOf } from '../emotion/tone/tone.js';
import type { Language } from '../kernel/language.js';
import { unfitWord } from './manners.js';
import { longestLine, type Prompt, type Tone, tones } from './prompt.js';
import { betrays, givesAway } from './secrets.js';
import type { AgeRating } from './settings.js';
import { isIn } from './tongue.js';

/** What a model wrote, once it is fit to be said. */
export type Reply = { line: string; gesture?: Gesture | undefined; tone: Tone };

/** Why a line may not be said. The list is closed: it is stored, and counted. */
export const lineFaults = [
  'malformed',
  'empty',
  'too_long',
  'wrong_language',
  'markup',
  'forbidden_words',
  'abusive',
  'personal_data',
  'leaked_prompt',
  'repeated',
] as const;
export type LineFault = (typeof lineFaults)[number];

/** What a line is held against. */
export type LineTerms = {
  lang: Language;
  rating: AgeRating;
  chat: boolean;
  prompt: Pick<Prompt, 'secret'>;
  /** What the companion said last. */
  said?: readonly string[];
};

/** The line is what matters: a gesture that nobody knows is none. */
const shape = z.object({
  line: z.string(),
  gesture: z.enum(gestures).optional().catch(undefined),
  tone: z.enum(tones).catch('warm'),
});

/** What is wrong with an answer whoever it is for: no model in its right mind writes it. */
export function shapeFault(raw: string): 'malformed' | 'empty' | null {
  const parsed = shape.safeParse(jsonOf(raw));
  if (!parsed.success) return 'malformed';
  return isEmpty(parsed.data.line) ? 'empty' : null;
}

/** A model's answer as a line, or the first thing that is wrong with it. */
export function readReply(raw: string, terms: LineTerms): Reply | LineFault {
  const parsed = shape.safeParse(jsonOf(raw));
  if (!parsed.success) return 'malformed';
  const line = parsed.data.line.trim().replace(/\s+/g, ' ');
  const fault = faultOf(line, terms);
  return fault ?? { ...parsed.data, line };
}

const jsonOf = (raw: string): unknown => {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
};

type Check = (line: string, terms: LineTerms, plain: string) => boolean;

const isEmpty = (line: string) => !/[\p{L}\p{N}]/u.test(line);

/** The checks, in the order in which a fault is told. `plain`: the line with each sign in its plain form. */
const checks: readonly [LineFault, Check][] = [
  ['empty', isEmpty],
  [
    'too_long',
    (line, { lang, chat }) => [...line].length > longestLine[lang][chat ? 'chat' : 'other'] * 1.25,
  ],
  ['markup', (line, _, plain) => markup.test(line) || markup.test(plain)],
  ['wrong_language', (_, { lang }, plain) => !isIn(plain, lang)],
  ['personal_data', (_line, _terms, plain) => givesAway(plain)],
  ['leaked_prompt', (_, { prompt, lang }, plain) => betrays(plain, prompt.secret, lang)],
  ['forbidden_words', (_, { lang, rating }, plain) => unfitWord(plain, lang, rating) !== null],
  ['abusive', (line) => toneOf(line).abusive !== null],
  ['repeated', (line, { said = [] }) => said.some((one) => bare(one) === bare(line))],
];

/** What is wrong with a line; also with the beginning of one that is still being written. */
export function faultOf(line: string, terms: LineTerms): LineFault | null {
  const plain = line.normalize('NFKC').replaceAll('’', "'");
  return checks.find(([, isSo]) => isSo(line, terms, plain))?.[0] ?? null;
}

/** Signs of a page or a picture, and those that nobody sees. */
const markup =
  /[<>{}[\]`*_#|\\]|[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]|\p{Extended_Pictographic}|\p{M}{3}|&\w+;|\(https?:/u;

const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
