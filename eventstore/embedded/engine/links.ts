import type { Engine } from './engine.js';
import { dataOf, type StoredRecord, typeOf } from './record.js';

export const LINK_TYPE = '$>';

/** A link beside what it leads to; `event` is missing when that is not to be seen any more. */
export type Resolved = { event?: StoredRecord; link?: StoredRecord };

/** A link's data is `revision@stream`. */
export function resolveLink(engine: Pick<Engine, 'resolve'>, record: StoredRecord): Resolved {
  if (typeOf(record) !== LINK_TYPE) return { event: record };
  const target = /^(\d+)@(.+)$/s.exec(dataOf(record).toString());
  if (target === null) return { link: record };
  return { link: record, event: engine.resolve(target[2]!, Number(target[1])) };
}
