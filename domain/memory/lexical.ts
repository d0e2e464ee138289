/**
 * Looks texts up by their words, without an index or a model: BM25 (Robertson, Zaragoza 2009) over English words and
 * pairs of Chinese signs, as parts of what was asked.
 */
export type LexicalText = {
  /** How often each term stands in it. */
  terms: ReadonlyMap<string, number>;
  length: number;
};

const K1 = 1.2;
/** Sentences are short, and how long they are tells little. */
const B = 0.4;

/** What stands in every question and in every sentence. */
const stops = new Set(
  (
    'a an and are at be been but by can could did do does for from had has have he her his how i if in is it its ' +
    'me my of on or our she so some that the their them then there they this to up us was we were what when where ' +
    'which who why will with would you your remember recall ever again'
  ).split(' '),
);
const stopSigns = new Set(
  '的了吗呢吧啊呀么我你他她它们是在有和与就都也还又这那个不很会要说过得着把被让给'.split(''),
);

/** Letters beside Chinese signs are words of their own. */
const word = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const han = /^\p{Script=Han}/u;

/** A text in its terms: words without endings, pairs of Chinese signs, and every Chinese sign by itself. */
export function lexicalText(text: string): LexicalText {
  const told = termsOf(text);
  const signs = told.filter((term) => han.test(term) && term.length > 1).flatMap((pair) => [...pair]);
  const terms = new Map<string, number>();
  for (const term of [...told, ...new Set(signs)]) terms.set(term, (terms.get(term) ?? 0) + 1);
  return { terms, length: told.length };
}

function termsOf(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/还?记得/g, ' ');
  return (plain.match(word) ?? []).flatMap((run) =>
    han.test(run) ? signsOf(run) : stops.has(run) ? [] : [stemOf(run)],
  );
}

/** Pairs of signs between the small words; a sign that stands alone there is a term by itself. */
function signsOf(run: string): string[] {
  const signs = [...run];
  const says = (at: number) => at >= 0 && at < signs.length && !stopSigns.has(signs[at]!);
  return signs.flatMap((sign, at) => {
    if (!says(at)) return [];
    if (says(at + 1)) return [sign + signs[at + 1]!];
    return says(at - 1) ? [] : [sign];
  });
}

/** Kills, killed and killing are one word; it need not be a right one. */
function stemOf(run: string): string {
  if (run.length <= 3 || /\d/.test(run)) return run;
  const stem = run
    .replace(/(?:ies|ied)$/, 'y')
    .replace(/(?:ing|ed|es|s)$/, '')
    .replace(/e$/, '');
  return stem.length >= 3 ? stem.replace(/([^aeiouls])\1$/, '$1') : run;
}

/**
 * How much of what was asked each text says, 0 to 1, in the order of the texts. Rare words count more, how rare being
 * told by these texts alone; what was asked without a word that could be looked for is in none.
 */
export function lexicalScores(asked: string, texts: readonly LexicalText[]): number[] {
  const terms = [...new Set(termsOf(asked))];
  const idfs = terms.map((term) => idfOf(texts.filter((text) => text.terms.has(term)).length, texts.length));
  const all = idfs.reduce((sum, idf) => sum + idf, 0);
  if (all === 0) return texts.map(() => 0);
  const mean = texts.reduce((sum, { length }) => sum + length, 0) / texts.length || 1;
  return texts.map((text) => {
    const said = terms.reduce((sum, term, at) => sum + idfs[at]! * saturated(text, { term, mean }), 0);
    return said / all;
  });
}

const idfOf = (having: number, all: number): number => Math.log(1 + (all - having + 0.5) / (having + 0.5));

/** Of BM25 what a term adds, at most 1: once in a text of the usual length is all that was asked for. */
function saturated(text: LexicalText, { term, mean }: { term: string; mean: number }): number {
  const count = text.terms.get(term);
  if (count === undefined) return 0;
  return Math.min(1, (count * (K1 + 1)) / (count + K1 * (1 - B + (B * text.length) / mean)));
}
