import type { Language } from '../kernel/language.js';

/** What a player is called where the name is not to be had: the key that opens it is gone, or not there now. */
const somebody: Record<Language, string> = { zh: '朋友', en: 'friend' };

const PLAYER = '{player}';

export const namesPlayer = (text: string): boolean => text.includes(PLAYER);

/** A stored line as it is shown. */
export const withName = (text: string, lang: Language, name: string | null): string =>
  // By a function: a name is no pattern, whatever dollars are in it.
  text.replaceAll(PLAYER, () => (name === null ? somebody[lang] : name));
