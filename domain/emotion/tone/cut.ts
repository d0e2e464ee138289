import type { Language } from '../../kernel/language.js';

/** A piece of a line: a word of letters, one Chinese sign, one emoji, a face of punctuation, or a pause. */
export type Token = {
  /** In small letters, without apostrophes, its disguise undone. */
  word: string;
  /** `,` `.` `!` `?`: where a clause ends. */
  pause?: string;
  lang?: Language;
  shouted?: true;
  /** Spelled "sooo". */
  stretched?: true;
  /** Spelled so that a filter would miss it. */
  disguised?: true;
};

export type Resolved = { word: string; stretched?: true; disguised?: true };
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
const inWord = new Set(["'", '_', '$', '@', '!', '*', '|']);

/** A line in pieces, from left to right. */
export function cut(text: string, { resolve, faceAt }: Cutter): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const face = faceAt(text, at);
    const code = text.charCodeAt(at);
    if (face) {
      tokens.push({ word: face });
      at += face.length;
    } else if (isWordly(code) || beginsDisguise(text, at)) {
      at = takeWord(text, at, { resolve, tokens });
    } else {
      at += takeSign(text, at, tokens);
    }
  }
  return tokens;
}

const beginsDisguise = (text: string, at: number) =>
  (text[at] === '$' || text[at] === '@') && isLetter(text.charCodeAt(at + 1));

function takeSign(text: string, at: number, tokens: Token[]): number {
  const code = text.charCodeAt(at);
  if (isHan(code)) tokens.push({ word: text[at]!, lang: 'zh' });
  else if (isPictured(code)) tokens.push({ word: text[at]! });
  else if (code >= 0xd800 && code <= 0xdbff) {
    const whole = String.fromCodePoint(text.codePointAt(at)!);
    if (whole.length === 2) tokens.push({ word: whole });
    return whole.length;
  } else {
    const pause = pauses[text[at]!];
    if (pause && !isHidingDot(text, at)) tokens.push({ word: '', pause });
  }
  return 1;
}

/** "f.u.c.k", "傻.逼": a dot between single signs is no pause. */
function isHidingDot(text: string, at: number): boolean {
  if (text[at] !== '.') return false;
  const [two, one, next, second] = [at - 2, at - 1, at + 1, at + 2].map((place) => text.charCodeAt(place));
  if (isHan(one!) && isHan(next!)) return true;
  return isLetter(one!) && !isWordly(two!) && isLetter(next!) && !isWordly(second!);
}

function takeWord(text: string, from: number, by: { resolve: Resolve; tokens: Token[] }): number {
  let end = wordEnd(text, from);
  let found = end - from <= LONGEST_DISGUISE ? by.resolve(text.slice(from, end)) : null;
  if (!found) {
    end = plainEnd(text, from);
    const raw = text.slice(from, end);
    found = by.resolve(raw) ?? { word: raw.toLowerCase() };
  }
  const token: Token = { ...found };
  if (!isDigit(text.charCodeAt(from)) || isLetter(text.charCodeAt(end - 1))) token.lang = 'en';
  if (isShouted(text, from, end)) token.shouted = true;
  by.tokens.push(token);
  return end;
}

/** With the signs that disguise: "a$$hole", "sh!t", "f***". */
function wordEnd(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length && at - from <= LONGEST_DISGUISE + 1; at++) {
    if (isWordly(text.charCodeAt(at))) continue;
    if (!inWord.has(text[at]!)) break;
    if (text[at] === '*' || text[at] === '$') continue;
    if (!isWordly(text.charCodeAt(at + 1)) && text[at + 1] !== text[at]) break;
  }
  return at;
}

function plainEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && isPlain(text, at)) at++;
  return at;
}

const isPlain = (text: string, at: number) =>
  isWordly(text.charCodeAt(at)) || (text[at] === "'" && isLetter(text.charCodeAt(at + 1)));

function isShouted(text: string, from: number, end: number): boolean {
  let large = 0;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) return false;
    if (code >= 65 && code <= 90) large++;
  }
  return large >= 4;
}
