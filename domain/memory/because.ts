import type { Language } from '../kernel/language.js';
import type { ImportanceParts, MemoryKind } from './memory.js';

type Part = Exclude<keyof ImportanceParts, 'base' | 'told'>;

const reasons: Record<Language, Record<Part, string> & { talk: string; sum: string }> = {
  en: {
    firstOccurrence: 'it was the first time',
    personalRecord: 'it was the best so far',
    achievement: 'it was a feat',
    intensity: 'it was felt strongly',
    talk: 'you told me',
    sum: 'it sums up what happened',
  },
  zh: {
    firstOccurrence: '这是第一次',
    personalRecord: '这是目前最好的成绩',
    achievement: '这是一项壮举',
    intensity: '当时的感受很强烈',
    talk: '是你亲口告诉我的',
    sum: '它总结了发生过的事',
  },
};
const weighed: readonly Part[] = ['firstOccurrence', 'personalRecord', 'achievement', 'intensity'];

/** Less than this of an importance is no reason of its own. */
const A_REASON = 0.1;

/** Why something is kept, in words, what weighs most first. */
export function becauseOf(
  { kind, parts }: { kind: MemoryKind; parts: ImportanceParts },
  lang: Language,
): string[] {
  const words = reasons[lang];
  const own = kind === 'talk' ? [words.talk] : parts.told === undefined ? [] : [words.sum];
  const rest = weighed
    .filter((part) => (parts[part] ?? 0) >= A_REASON)
    .sort((one, other) => parts[other]! - parts[one]!);
  return [...own, ...rest.map((part) => words[part])];
}
