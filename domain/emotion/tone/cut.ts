import type { Language } from '../../kernel/language.js';
import { simplified } from './words/traditional.js';

/** A piece of a line: a word of letters, one Chinese sign, one emoji, a face of punctuation, or a pause. */
export type Token = {
  /** In small letters, without apostrophes, its disguise undone. */
  word: string;
  /** `,` `.` `!` `?`: where a clause ends. */
  pause: string | undefined;
  lang: Language | undefined;
  /** Spelled "SO" or "sooo". */
  loud: boolean;
  /** Spelled so that a filter would miss it. */
  disguised: boolean;
};

export type Resolved = { word: string; stretched: boolean; disguised: boolean };
/** Looks a word up as it was written; `null`: signs stand in it, and with them it means nothing. */
export type Resolve = (raw: string) => Resolved | null;
/** The longest face that begins here, or ''. */
export type FaceAt = (text: string, at: number) => string;

type Cutter = { resolve: Resolve; faceAt: FaceAt };

/** No word of a disguise is longer; what is longer is read without its signs. */
const LONGEST_DISGUISE = 32;
const pauses: Record<string, string> = {
  ',': ',',
  ';': ',',
  '、': ',',
  '(': ',',
  ')': ',',
  '.': '.',
  '。': '.',
  '~': '.',
  '\n': '.',
  '!': '!',
  '?': '?',
};

export const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 0xc0 && code <= 0x24f) ||
  (code >= 0x370 && code <= 0x52f);
const isDigit = (code: number) => code >= 48 && code <= 57;
const isWordly = (code: number) => isLetter(code) || isDigit(code);
const isHan = (code: number) =>
  (code >= 0x2e80 && code <= 0x2fff) ||
  (code >= 0x3040 && code <= 0xd7af) ||
  (code >= 0xf900 && code <= 0xfaff);
const isPictured = (code: number) => code >= 0x2190 && code <= 0x2bff;
const STAR = 42;
const DOLLAR = 36;
const APOSTROPHE = 39;
/** Signs that stand within disguised words: ' _ $ @ ! * | */
const isWithin = (code: number) =>
  code === APOSTROPHE ||
  code === 95 ||
  code === DOLLAR ||
  code === 64 ||
  code === 33 ||
  code === STAR ||
  code === 124;

/** A line in pieces, from left to right. */
export function cut(text: string, { resolve, faceAt }: Cutter): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const face = faceAt(text, at);
    const code = text.charCodeAt(at);
    if (face) {
      tokens.push(tokenOf(face));
      at += face.length;
    } else if (isWordly(code) || beginsDisguise(text, at)) {
      at = takeWord(text, at, { resolve, tokens });
    } else {
      at += takeSign(text, at, tokens);
    }
  }
  return tokens;
}

export const tokenOf = (word: string, lang?: Language): Token => ({
  word,
  pause: undefined,
  lang,
  loud: false,
  disguised: false,
});

const beginsDisguise = (text: string, at: number) =>
  (text[at] === '$' || text[at] === '@') && isLetter(text.charCodeAt(at + 1));

function takeSign(text: string, at: number, tokens: Token[]): number {
  const code = text.charCodeAt(at);
  if (isHan(code)) tokens.push(tokenOf(simplified.get(text[at]!) ?? text[at]!, 'zh'));
  else if (isPictured(code)) tokens.push(tokenOf(text[at]!));
  else if (code >= 0xd800 && code <= 0xdbff) {
    const whole = String.fromCodePoint(text.codePointAt(at)!);
    if (whole.length === 2) tokens.push(tokenOf(whole));
    return whole.length;
  } else {
    const pause = pauses[text[at]!];
    if (pause && !isHidingDot(text, at))
      tokens.push({ word: '', pause, lang: undefined, loud: false, disguised: false });
  }
  return 1;
}

/** "f.u.c.k", "傻.逼": a dot between single signs is no pause. */
function isHidingDot(text: string, at: number): boolean {
  if (text[at] !== '.') return false;
  const one = text.charCodeAt(at - 1);
  const next = text.charCodeAt(at + 1);
  if (isHan(one)) return isHan(next);
  return (
    isLetter(one) &&
    isLetter(next) &&
    !isWordly(text.charCodeAt(at - 2)) &&
    !isWordly(text.charCodeAt(at + 2))
  );
}

function takeWord(text: string, from: number, by: { resolve: Resolve; tokens: Token[] }): number {
  const plain = plainEnd(text, from);
  const veiled = wordEnd(text, from);
  let found: Resolved | null = null;
  let end = veiled;
  if (veiled > plain && veiled - from <= LONGEST_DISGUISE) found = by.resolve(text.slice(from, veiled));
  if (!found) {
    end = plain;
    const raw = text.slice(from, plain);
    found = by.resolve(raw) ?? { word: raw.toLowerCase(), stretched: false, disguised: false };
  }
  const isNumber = isDigit(text.charCodeAt(from)) && !isLetter(text.charCodeAt(end - 1));
  by.tokens.push({
    word: found.word,
    pause: undefined,
    lang: isNumber ? undefined : 'en',
    loud: found.stretched || isShouted(text, from, end),
    disguised: found.disguised,
  });
  return end;
}

/** With the signs that disguise: "a$$hole", "sh!t", "f***". */
function wordEnd(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length && at - from <= LONGEST_DISGUISE + 1; at++) {
    const code = text.charCodeAt(at);
    if (isWordly(code) || code === STAR || code === DOLLAR) continue;
    if (!isWithin(code)) break;
    const next = text.charCodeAt(at + 1);
    if (!isWordly(next) && next !== code) break;
  }
  return at;
}

function plainEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && isPlain(text, at)) at++;
  return at;
}

function isPlain(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return isWordly(code) || (code === APOSTROPHE && isLetter(text.charCodeAt(at + 1)));
}

function isShouted(text: string, from: number, end: number): boolean {
  let large = 0;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) return false;
    if (code >= 65 && code <= 90) large++;
  }
  return large >= 4;
}
