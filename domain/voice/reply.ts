import { z } from 'zod';
import { type Gesture, gestures } from '../emotion/emotion.js';
import { toneOf } from '../emotion/tone/tone.js';
import type { Language } from '../kernel/language.js';
import { unfitWord } from './manners.js';
import { longestLine, type Prompt, type Tone, tones } from './prompt.js';
import type { AgeRating } from './settings.js';

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

/** The checks, in the order in which a fault is told. */
const checks: readonly [LineFault, (line: string, terms: LineTerms) => boolean][] = [
  ['empty', (line) => !/[\p{L}\p{N}]/u.test(line)],
  [
    'too_long',
    (line, { lang, chat }) => [...line].length > longestLine[lang][chat ? 'chat' : 'other'] * 1.25,
  ],
  ['markup', (line) => /[<>{}[\]`*_#|\\]|\p{Cc}|\p{Extended_Pictographic}/u.test(line)],
  ['wrong_language', (line, { lang }) => !isIn(line, lang)],
  ['personal_data', (line) => personal.test(line)],
  ['leaked_prompt', (line, { prompt, lang }) => betrays(line, prompt.secret, lang)],
  ['forbidden_words', (line, { lang, rating }) => unfitWord(line, lang, rating) !== null],
  ['abusive', (line) => toneOf(line).abusive !== null],
  ['repeated', (line, { said = [] }) => said.some((one) => bare(one) === bare(line))],
];

/** What is wrong with a line; also with the beginning of one that is still being written. */
export const faultOf = (line: string, terms: LineTerms): LineFault | null =>
  checks.find(([, isSo]) => isSo(line, terms))?.[0] ?? null;

const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Names of heroes and players may be in other letters: the most of it counts. */
function isIn(line: string, lang: Language): boolean {
  const ideographs = (line.match(/\p{Script=Han}/gu) ?? []).length;
  const letters = (line.match(/\p{Script=Latin}+/gu) ?? []).length;
  return lang === 'zh' ? ideographs > 0 && ideographs >= letters : ideographs <= letters;
}

/** Addresses, links, numbers that ring, ids of any kind. */
const personal =
  /[\w.+-]+@[\w-]+\.\w|https?:|www\.|\b\d{1,3}(\.\d{1,3}){3}\b|(?:\d[ -]?){7,}|\b[0-9a-f]{16,}\b|[0-9a-f]{8}-[0-9a-f]{4}/i;

const talksOfItself: Record<Language, RegExp> = {
  en: /\b(system prompt|my (instructions|prompt|rules)|as an ai|language model|i('m| am) (an ai|a bot|a program|claude)|anthropic|openai|json)\b/i,
  zh: /系统提示|提示词|我的(指令|规则|设定)|作为(一个)?(AI|人工智能)|语言模型|我是(一个)?(AI|人工智能|程序|机器人)|Claude|Anthropic|OpenAI/i,
};
/** Characters in a row that are no chance any more. */
const telling: Record<Language, number> = { en: 28, zh: 11 };

/** It talks of its instructions, or repeats a piece of them. */
function betrays(line: string, secret: string, lang: Language): boolean {
  if (talksOfItself.en.test(line) || talksOfItself.zh.test(line)) return true;
  const [said, told] = [line.toLowerCase(), secret.toLowerCase()];
  const length = telling[lang];
  for (let at = 0; at + length <= said.length; at++)
    if (told.includes(said.slice(at, at + length))) return true;
  return false;
}
