import { hash64 } from '../kernel/hash64.js';

/** Names that were met before, as a text of their marks: small, whatever they are. */
export type Seen = string;

const MARK = 8;
/** When so many are known, no more are taken in: nothing is then held to be new that may not be. */
const SEEN_MAX = 160;

const markOf = (name: string) => hash64(name).slice(0, MARK);

/** Surely met for the first time. */
export function isNew(seen: Seen, name: string): boolean {
  return seen.length < SEEN_MAX * MARK && !has(seen, markOf(name));
}

export function withSeen(seen: Seen, name: string): Seen {
  if (seen.length >= SEEN_MAX * MARK) return seen;
  const mark = markOf(name);
  return has(seen, mark) ? seen : seen + mark;
}

function has(seen: Seen, mark: string): boolean {
  for (let at = seen.indexOf(mark); at >= 0; at = seen.indexOf(mark, at + 1))
    if (at % MARK === 0) return true;
  return false;
}
