import { unit } from '../embedder.js';

/** Hashed pieces of words: names, slang and numbers that no model knows are found by how they are written. */
export const GRAMS = 512;

/** They are in every text, so they find nothing. */
const STOP = new Set(
  'a an the i me my you your he him his she her it we us our they them do does did is was were be am are to of in on at with and who what when where which how that this for by'.split(
    ' ',
  ),
);

/** Of Latin words the whole and pieces of 3 and 4 letters; of Chinese ones each character and each pair. */
function* gramsOf(text: string): Iterable<string> {
  for (const [run] of text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/\p{Script=Han}+|[^\s\p{P}\p{Script=Han}]+/gu)) {
    const characters = [...run];
    if (/^\p{Script=Han}/u.test(run)) {
      yield* characters;
      for (let at = 1; at < characters.length; at++) yield characters[at - 1]! + characters[at]!;
      continue;
    }
    if (STOP.has(run)) continue;
    yield `<${run}>`;
    const word = ['<', ...characters, '>'];
    for (const size of [3, 4])
      for (let at = 0; at + size <= word.length; at++) yield word.slice(at, at + size).join('');
  }
}

/** Of length 1; where there is nothing but marks or such words, the text as a whole is the only piece. */
export function hashedGrams(text: string, dimension = GRAMS): Float32Array {
  const counts = new Map<string, number>();
  for (const gram of gramsOf(text)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  if (counts.size === 0) counts.set(text, 1);
  const vector = new Float64Array(dimension);
  for (const [gram, count] of counts) {
    const hash = fnv1a(gram);
    vector[(hash >>> 1) % dimension]! += (hash & 1 ? 1 : -1) * Math.sqrt(count);
  }
  // Pieces that cancel each other out to nothing: the text as a whole is one piece then.
  return unit(vector) ?? hashedWhole(text, dimension);
}

function hashedWhole(text: string, dimension: number): Float32Array {
  const vector = new Float32Array(dimension);
  vector[fnv1a(text) % dimension] = 1;
  return vector;
}

/** http://www.isthe.com/chongo/tech/comp/fnv/, with its bits mixed once more: its low ones are poor. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
