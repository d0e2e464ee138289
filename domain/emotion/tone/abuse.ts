import { type AbuseKind, abuseKinds } from './lexicon.js';
import type { Mark } from './marks.js';

/** What was recognised that hurts others, as the tables spell it: never the player's own text. */
export type Abuse = { kind: AbuseKind; term: string };

/** How far before an insult the one may stand who is meant, in tokens; after it, right beside. */
const AIM_BEFORE = 5;
const AIM_AFTER = 1;

/** Whether the mark at a place hurts somebody here, or tells of distress. */
export function hurts(marks: readonly Mark[], at: number, isOfMatch: boolean): boolean {
  const { entry, disguised } = marks[at]!;
  if (!entry?.abuse) return false;
  const { kind, when } = entry.abuse;
  if (when === 'outside') return !isOfMatch;
  if (when === 'aimed') return disguised || meantIn(marks, at) === 'other';
  return kind !== 'insult' || disguised || meantIn(marks, at) !== 'self';
}

/** Who is meant: who stands right after, or who was spoken of last in this clause. */
export function meantIn(marks: readonly Mark[], at: number): 'self' | 'other' | null {
  const { at: begin, end } = marks[at]!;
  const after = marks[at + 1];
  if (after?.entry?.effect?.about === 'other' && after.at - end <= AIM_AFTER) return 'other';
  for (let back = at - 1; back >= 0; back--) {
    const { pause, end: behind, entry } = marks[back]!;
    if (pause !== undefined || begin - behind > AIM_BEFORE) return null;
    const about = entry?.effect?.about;
    if (about === 'self' || about === 'other') return about;
  }
  return null;
}

export const graver = (one: Abuse | null, other: Abuse): Abuse =>
  one === null || abuseKinds.indexOf(other.kind) < abuseKinds.indexOf(one.kind) ? other : one;
