import { isLetter, type Resolve, type Resolved, type Token, tokenOf } from './cut.js';
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
    const word = lower(raw);
    if (known.words.has(word)) return plainly(word);
    const torn = known.torn.get(word);
    if (torn) return veiledAs(torn);
    if (word.includes('*')) return starred(word, bySize);
    return stretched(word, known.words) ?? veiled(word, meant) ?? (isBare(word) ? plainly(word) : null);
  };
}

const lower = (raw: string) => (raw.includes("'") ? raw.replaceAll("'", '') : raw).toLowerCase();
const plainly = (word: string): Resolved => ({ word, stretched: false, disguised: false });
const veiledAs = (word: string): Resolved => ({ word, stretched: false, disguised: true });

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
  if (!hasRun(word, 3)) return null;
  for (const size of [3, 2, 1]) {
    const shorter = squeezed(word, size);
    if (shorter !== word && words.has(shorter)) return { word: shorter, stretched: true, disguised: false };
  }
  return null;
}

function hasRun(word: string, size: number): boolean {
  let run = 1;
  for (let at = 1; at < word.length; at++) {
    run = word[at] === word[at - 1] ? run + 1 : 1;
    if (run >= size) return true;
  }
  return false;
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
  const plain = word.length > 3 && hasRun(word, 2) ? simple.get(simpler(word)) : undefined;
  return plain ?? known.torn.get(word) ?? known.stems.find((stem) => word.startsWith(stem));
}

function veiled(word: string, meant: (word: string) => string | undefined): Resolved | null {
  if (word.length > LONGEST) return null;
  const asWritten = meant(word);
  if (asWritten) return plainly(asWritten);
  if (!isMixed(word)) return null;
  for (const one of ['i', 'l']) {
    const guess = unveiled(word, one);
    const found = guess === word ? undefined : meant(guess);
    if (found) return veiledAs(found);
  }
  return null;
}

/** Letters, and something that may stand for one. */
function isMixed(word: string): boolean {
  let letters = 0;
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (code >= 97 && code <= 122) letters++;
    else if (code > 127) return true;
  }
  return letters > 0 && letters < word.length;
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
  return found ? veiledAs(found) : null;
}

const LONGEST_APART = 12;
/** Of a run of single letters no more is read. */
const APART_MAX = 256;

/** "s h i t": single letters that make a word which hurts. */
export function joined(tokens: readonly Token[], hurting: ReadonlySet<string>): readonly Token[] {
  let out: Token[] | null = null;
  let from = 0;
  while (from < tokens.length) {
    let end = from;
    while (end < tokens.length && isSingle(tokens[end]!)) end++;
    const found = end - from < 3 ? [] : wordsIn(lettersOf(tokens, from, end), hurting);
    if (found.length > 0) {
      out ??= tokens.slice(0, from);
      for (const word of found) out.push({ ...tokenOf(word, 'en'), disguised: true });
    } else if (out) for (let at = from; at < end; at++) out.push(tokens[at]!);
    if (end < tokens.length) out?.push(tokens[end]!);
    from = end + 1;
  }
  return out ?? tokens;
}

function lettersOf(tokens: readonly Token[], from: number, end: number): string {
  let letters = '';
  for (let at = from; at < Math.min(end, from + APART_MAX); at++) letters += tokens[at]!.word;
  return unveiled(letters, 'i');
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
