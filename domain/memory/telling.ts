import { toneOf } from '../emotion/tone/tone.js';
import { clausesOf } from './clauses.js';
import { CHINESE } from './telling/chinese.js';
import { despairs } from './telling/despair.js';
import { ENGLISH } from './telling/english.js';
import { tells } from './telling/signs.js';
import { wishesToForget } from './wishing.js';

/**
 * What a message is to the companion's memory, by tables and rules alone: the same text is always the same. What is
 * missed was still heard, and a game is full of "I".
 */

/**
 * Whether a message tells something of the player's own that is worth keeping: no talk of the game at hand, no question,
 * no order, nothing that hurts, and never what tells of distress.
 */
export function tellsOfOneself(text: string): boolean {
  if (wishesToForget(text)) return false;
  const clauses = clausesOf(text);
  if (!clauses.some((clause) => tells(/\p{Script=Han}/u.test(clause.text) ? CHINESE : ENGLISH, clause)))
    return false;
  if (clauses.some(({ text }) => despairs(text))) return false;
  const { abusive, distress } = toneOf(text);
  return !abusive && !distress;
}
