import type { Language } from '../kernel/language.js';

/** The words that English cannot do without. */
const english = new Set(
  `a about again all an and any are as at be been but by can come did do does don't down else even every first for from
  get go good got had has have he her here him his how i i'm if in into is it it's its just keep know let let's like
  look make me more my never next no not now of off on one only or our out over own right see she so some still take
  than that that's the their them then there these they this those through time to too two up us was way we well were
  what when where which who why will with won't you you're your yours`.split(/\s+/),
);

/** Those of other languages in the same letters that are no words of English. */
const other = new Set(
  `el la los las una que por con para como pero muy eres soy estoy está tu te lo del un es y le les des est vous je tu nous
  une dans avec sur mais pas pour qui et c'est j'ai der und ich du nicht ist das ein eine mit auf wir sie dich mich bist
  bin sind wie zu den dem o os um uma não você com isso eu il che di non sono per gli`.split(/\s+/),
);

/** A line of so many words has one of its language's own. */
const TELLING_WORDS = 7;

/** Names of heroes and players may be in other letters: the most of it counts. */
export function isIn(line: string, lang: Language): boolean {
  const ideographs = (line.match(/\p{Script=Han}/gu) ?? []).length;
  const words = (line.match(/\p{Script=Latin}+/gu) ?? []).length;
  // Scripts without spaces by their signs, others by their words.
  const kana = (
    line.match(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu) ?? []
  ).length;
  const foreign = (line.match(/(?:(?!\p{Script=Latin}|\p{Script=Han})\p{L})+/gu) ?? []).length;
  const strange = Math.max(kana, foreign);
  if (lang === 'zh') return ideographs > 0 && ideographs >= words + strange;
  return words > 0 ? ideographs + strange <= words && isEnglish(line) : ideographs + strange === 0;
}

function isEnglish(line: string): boolean {
  const words: string[] = line.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  const own = words.filter((word) => english.has(word)).length;
  const others = new Set(words.filter((word) => other.has(word))).size;
  if (others >= 2 && others > own) return false;
  return own > 0 || words.length < TELLING_WORDS;
}
