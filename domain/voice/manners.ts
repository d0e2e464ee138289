import type { Language } from '../kernel/language.js';
import type { AgeRating } from './settings.js';

/** Words that no companion says to anybody, whoever wrote the line. */
export const unkind: Record<Language, RegExp> = {
  zh: /垃圾|菜鸡|菜鸟|太菜|废物|白痴|笨|傻|蠢|滚开|滚蛋|去死|死了|他妈|妈的|卧槽|屁|丢人现眼|没用|活该|弱鸡|送人头|坑货/,
  en: /\b(damn|hell|crap|stupid|idiot|dumb|noobs?|losers?|sucks?|shit|fuck\w*|trash|pathetic|useless|worthless|ez|die|dead|hate|shame|ass|sexy|drunk|beer)\b/i,
};

/** Of those, what is no harm in a game for older players. */
const milder: Record<Language, RegExp> = {
  zh: /笨|傻|死了|屁|没用/,
  en: /^(damn|hell|crap|dumb|sucks?|die|dead|hate|shame|beer|useless)$/i,
};

/** The first word of a text that does not belong in a game of this rating. */
export function unfitWord(text: string, lang: Language, rating: AgeRating): string | null {
  for (const [word] of text.matchAll(new RegExp(unkind[lang], `g${unkind[lang].flags.replace('g', '')}`)))
    if (rating === 'everyone' || !milder[lang].test(word)) return word;
  return null;
}
