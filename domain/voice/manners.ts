import type { Language } from '../kernel/language.js';

/** Words that no companion says to anybody, whoever wrote the line. */
export const unkind: Record<Language, RegExp> = {
  zh: /垃圾|菜鸡|菜鸟|太菜|废物|白痴|笨|傻|蠢|滚开|滚蛋|去死|死了|他妈|妈的|卧槽|屁|丢人现眼|没用|活该|弱鸡|送人头|坑货/,
  en: /\b(damn|hell|crap|stupid|idiot|dumb|noobs?|losers?|sucks?|shit|fuck\w*|trash|pathetic|useless|worthless|ez|die|dead|hate|shame|ass|sexy|drunk|beer)\b/i,
};
