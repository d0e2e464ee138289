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

/** Texts by their terms, so that what is asked is looked for only where it stands. */
export type LexicalIndex = {
  lengths: readonly number[];
  /** Together. */
  length: number;
  found: ReadonlyMap<string, { at: number[]; counts: number[] }>;
};

/** In the order of the texts. */
export function lexicalIndex(texts: readonly LexicalText[]): LexicalIndex {
  const found = new Map<string, { at: number[]; counts: number[] }>();
  for (const [at, { terms }] of texts.entries())
    for (const [term, count] of terms) {
      const known = found.get(term);
      if (known) {
        known.at.push(at);
        known.counts.push(count);
      } else found.set(term, { at: [at], counts: [count] });
    }
  const lengths = texts.map(({ length }) => length);
  return { lengths, length: lengths.reduce((sum, length) => sum + length, 0), found };
}

/**
 * How much of what was asked each text says, 0 to 1: of the texts of the index in their order, then of the others. Rare
 * words count more, how rare being told by these texts alone; what was asked without a word that could be looked for is
 * in none.
 */
export function lexicalScores(
  asked: string,
  index: LexicalIndex,
  others: readonly LexicalText[] = [],
): Float64Array {
  const more = lexicalIndex(others);
  const count = index.lengths.length;
  const scores = new Float64Array(count + others.length);
  const mean = (index.length + more.length) / scores.length || 1;
  let all = 0;
  for (const term of new Set(termsOf(asked))) {
    const [here, there] = [index.found.get(term), more.found.get(term)];
    const idf = idfOf((here?.at.length ?? 0) + (there?.at.length ?? 0), scores.length);
    all += idf;
    here?.at.forEach((at, nth) => {
      scores[at]! += idf * saturated(here.counts[nth]!, index.lengths[at]! / mean);
    });
    there?.at.forEach((at, nth) => {
      scores[count + at]! += idf * saturated(there.counts[nth]!, more.lengths[at]! / mean);
    });
  }
  return all === 0 ? scores : scores.map((said) => said / all);
}

const idfOf = (having: number, all: number): number => Math.log(1 + (all - having + 0.5) / (having + 0.5));

/** Of BM25 what a term adds, at most 1: once in a text of the usual length is all that was asked for. */
const saturated = (count: number, length: number): number =>
  Math.min(1, (count * (K1 + 1)) / (count + K1 * (1 - B + B * length)));
