import { isLetter, type Resolve, type Resolved, type Token } from './cut.js';
import type { Vocabulary } from './vocabulary.js';

type Known = Pick<Vocabulary, 'words' | 'hurting' | 'partOfHurting'> & {
  /** A word that begins with one of these is that word: "fuckers123". */
  stems: readonly string[];
  /** Other spellings of a word that hurts: "fck". */
  torn: ReadonlyMap<string, string>;
};

/** Signs that stand for a letter, and letters of other alphabets that look like one. */
const standsFor: Record<string, string> = Object.fromEntries(
  [...'0o3e4a5s7t8b9g$s@a!i|iаaсcеeоoрpхxуyіiкkтtѕsαaοo'.matchAll(/(.)(.)/gu)].map(([, sign, letter]) => [
    sign,
    letter,
  ]),
);

/** What is longer is a disguise of nothing. */
const LONGEST = 64;

/** Reads a word as it was meant: letters repeated, digits for letters, letters starred out. */
export function resolver(known: Known): Resolve {
  const simple = new Map(
    [...known.hurting].filter((word) => word.length > 3).map((word) => [simpler(word), word]),
  );
  const bySize = new Map<string, string[]>();
  for (const word of known.hurting) {
    const key = word[0]! + word.length;
    bySize.set(key, [...(bySize.get(key) ?? []), word]);
  }
  const meant = (word: string) => meantBy(word, known, simple);
  return (raw) => {
    const word = raw.toLowerCase().replaceAll("'", '');
    if (known.words.has(word)) return { word };
    const torn = known.torn.get(word);
    if (torn) return { word: torn, disguised: true };
    if (word.includes('*')) return starred(word, bySize);
    return stretched(word, known.words) ?? veiled(word, meant) ?? (isBare(word) ? { word } : null);
  };
}

/** Nothing in it but letters and digits. */
function isBare(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (!isLetter(code) && !(code >= 48 && code <= 57)) return false;
  }
  return true;
}

/** "sooo", "66666", "nooooo". */
function stretched(word: string, words: ReadonlySet<string>): Resolved | null {
  for (const size of [3, 2, 1]) {
    const shorter = squeezed(word, size);
    if (shorter !== word && words.has(shorter)) return { word: shorter, stretched: true };
  }
  return null;
}

/** Runs of three and more made this long. */
function squeezed(word: string, size: number): string {
  let out = '';
  for (let at = 0, end = 0; at < word.length; at = end) {
    end = at + 1;
    while (end < word.length && word[end] === word[at]) end++;
    out += word.slice(at, end - at >= 3 ? at + size : end);
  }
  return out;
}

/** "shiit" is one word with "shit"; "rapped" is none with "raped": of two letters only vowels are made one. */
function simpler(word: string): string {
  const short = squeezed(word, 1);
  let out = '';
  for (let at = 0; at < short.length; at++) {
    if (short[at] !== short[at - 1] || !'aeiou'.includes(short[at]!)) out += short[at];
  }
  return out;
}

function meantBy(word: string, known: Known, simple: ReadonlyMap<string, string>): string | undefined {
  if (known.partOfHurting.has(word) && word.length > 2) return word;
  const plain = word.length > 3 ? simple.get(simpler(word)) : undefined;
  return plain ?? known.torn.get(word) ?? known.stems.find((stem) => word.startsWith(stem));
}

function veiled(word: string, meant: (word: string) => string | undefined): Resolved | null {
  if (word.length > LONGEST) return null;
  const asWritten = meant(word);
  if (asWritten) return { word: asWritten };
  if (![...word].some((sign) => isLetter(sign.charCodeAt(0)))) return null;
  for (const one of ['i', 'l']) {
    const guess = unveiled(word, one);
    const found = guess === word ? undefined : meant(guess);
    if (found) return { word: found, disguised: true };
  }
  return null;
}

/** 1 is written for two letters: `one` says for which. */
function unveiled(word: string, one: string): string {
  let out = '';
  for (const sign of word) {
    if (sign === '1') out += one;
    else if (sign !== '_') out += standsFor[sign] ?? (sign > '\x7f' ? sign.normalize('NFD')[0] : sign);
  }
  return out;
}

/** "f**k": the first word of that length which the letters left allow. */
function starred(word: string, bySize: ReadonlyMap<string, readonly string[]>): Resolved | null {
  const short = word.length > 4 && /[^*]\*$/.test(word) ? word.slice(0, -1) : word;
  const shown = short.replaceAll('*', '').length;
  if (shown === short.length || (shown < 2 && short.length !== 4)) return null;
  const fits = (other: string) => [...other].every((letter, at) => short[at] === '*' || short[at] === letter);
  const found = bySize.get(short[0]! + short.length)?.find(fits);
  return found ? { word: found, disguised: true } : null;
}

const LONGEST_APART = 12;
/** Of a run of single letters no more is read. */
const APART_MAX = 256;

/** "s h i t": single letters that make a word which hurts. */
export function joined(tokens: readonly Token[], hurting: ReadonlySet<string>): readonly Token[] {
  const out: Token[] = [];
  let from = 0;
  while (from < tokens.length) {
    let end = from;
    while (end < tokens.length && isSingle(tokens[end]!)) end++;
    if (end === from) {
      out.push(tokens[from++]!);
      continue;
    }
    const run = tokens.slice(from, end);
    const letters = run.slice(0, APART_MAX).map(({ word }) => word);
    const found = run.length < 3 ? [] : wordsIn(unveiled(letters.join(''), 'i'), hurting);
    for (const word of found) out.push({ word, lang: 'en', disguised: true });
    if (found.length === 0) for (const token of run) out.push(token);
    from = end;
  }
  return out;
}

const isSingle = ({ word, lang, pause }: Token) =>
  word.length === 1 && pause === undefined && (lang === 'en' || (word >= '0' && word <= '9'));

function wordsIn(letters: string, hurting: ReadonlySet<string>): string[] {
  if (hurting.has(letters)) return [letters];
  const found: string[] = [];
  for (let at = 0; at < letters.length; at++) {
    const word = longestWordAt(letters, at, hurting);
    if (!word) continue;
    found.push(word);
    at += word.length - 1;
  }
  return found;
}

function longestWordAt(letters: string, at: number, hurting: ReadonlySet<string>): string | null {
  for (let size = Math.min(LONGEST_APART, letters.length - at); size >= 4; size--) {
    const word = letters.slice(at, at + size);
    if (hurting.has(word)) return word;
  }
  return null;
}
