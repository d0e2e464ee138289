import { languages } from '../kernel/language.js';
import type { Memory } from './memory.js';
import { plainSentenceOf } from './sentence.js';

/** What players call so many kills at once, where the sentence does not. */
const killsAtOnce: Record<number, string> = {
  2: 'double kill doublekill 双杀 二连杀',
  3: 'triple kill triplekill 三杀 三连杀',
  4: 'quadra kill quadrakill 四杀 四连杀',
  5: 'penta kill pentakill ace 五杀 五连杀',
};

/** The text in which a memory is looked up by words: its sentence in every language, and what it is called besides. */
export function lookedUpIn({ kind, facts }: Pick<Memory, 'kind' | 'facts'>): string {
  const sentences = languages.map((lang) => plainSentenceOf({ kind, facts }, lang));
  const streak = facts.what === 'player.multi_kill' ? killsAtOnce[facts.killCount ?? 0] : undefined;
  return [...sentences, ...(streak === undefined ? [] : [streak])].join(' ');
}
