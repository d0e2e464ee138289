import { type FaceAt, isLetter, type Resolve } from './cut.js';
import { resolver } from './disguise.js';
import { spellingsOf, type Vocabulary, vocabularyOf } from './vocabulary.js';
import { chinese } from './words/chinese.js';
import { chineseInnocent } from './words/chinese-abuse.js';
import { english } from './words/english.js';
import { englishInnocent, stems, torn } from './words/english-abuse.js';
import { emoji, faces } from './words/faces.js';

const byFirst = new Map<string, string[]>();
for (const [row] of faces) {
  for (const face of spellingsOf(row)) byFirst.set(face[0]!, [...(byFirst.get(face[0]!) ?? []), face]);
}
for (const same of byFirst.values()) same.sort((one, other) => other.length - one.length);

const isWordly = (code: number) => isLetter(code) || (code >= 48 && code <= 57);

/** The longest face that begins here. One with a letter or digit at its edge stands apart from words: "1:3" is a score. */
export const faceAt: FaceAt = (text, at) => {
  const sign = text[at]!;
  const fits =
    byFirst.get(sign) ?? (sign >= 'A' && sign <= 'Z' ? byFirst.get(sign.toLowerCase()) : undefined);
  return fits?.find((face) => isFace(face, text, at)) ?? '';
};

function isFace(face: string, text: string, at: number): boolean {
  const end = at + face.length;
  if (text.slice(at, end).toLowerCase() !== face) return false;
  const isLettered = isWordly(face.charCodeAt(0)) || isWordly(face.charCodeAt(face.length - 1));
  return !isLettered || !(isWordly(text.charCodeAt(at - 1)) || isWordly(text.charCodeAt(end)));
}

type Known = { vocabulary: Vocabulary; resolve: Resolve };

let known: Known | undefined;

/** Built when a line is first read: thousands of spellings, in every process and thread, most of which read none. */
export function knownWords(): Known {
  known ??= read();
  return known;
}

function read(): Known {
  const vocabulary = vocabularyOf(
    [
      { lexicon: { plain: [...englishInnocent, ...chineseInnocent] }, lang: null },
      { lexicon: english, lang: 'en' },
      { lexicon: chinese, lang: 'zh' },
      { lexicon: { felt: [...emoji, ...faces] }, lang: null },
    ],
    faceAt,
  );
  const meant = torn.flatMap(([row, word]) => spellingsOf(row).map((spelling) => [spelling, word] as const));
  return { vocabulary, resolve: resolver({ ...vocabulary, stems, torn: new Map(meant) }) };
}
