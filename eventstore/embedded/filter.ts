import { type StoredRecord, streamOf, typeOf } from './engine/record.js';
import { EngineError } from './engine/types.js';

/** Which events of the whole log somebody wants: by prefixes or, where there are none, by a regular expression. */
export type FilterTerms = { on: 'stream' | 'type'; prefixes: string[]; regex: string };

/** @throws EngineError `invalid_argument` when the expression is none. */
export function matcherOf({ on, prefixes, regex }: FilterTerms): (record: StoredRecord) => boolean {
  const subject = on === 'type' ? typeOf : streamOf;
  const test = testOf(regex, prefixes);
  return (record) => test(subject(record));
}

function testOf(regex: string, prefixes: string[]): (subject: string) => boolean {
  if (prefixes.length > 0) return (subject) => prefixes.some((prefix) => subject.startsWith(prefix));
  try {
    const pattern = new RegExp(regex);
    return (subject) => pattern.test(subject);
  } catch {
    throw new EngineError('invalid_argument', 'the filter is not a regular expression');
  }
}
