import { derivedId } from '../kernel/ids.js';
import type { MemoryFacts, MemoryKind } from './memory.js';

/** What makes two things of a type the same again. */
const sameBy: Record<string, readonly (keyof MemoryFacts)[]> = {
  'player.multi_kill': ['killCount', 'hero'],
  'player.victory': ['mvp', 'victories', 'hero'],
  'player.defeat': ['hero'],
  'player.achievement': ['name'],
  'player.quest_completed': ['name'],
  'player.objective': ['name'],
  'player.loot': ['name', 'rarity'],
  'player.level_up': ['level'],
  'player.first_blood': ['hero'],
  'player.kill': ['hero', 'rival'],
  'player.death': ['rival'],
};
const byDefault = ['name', 'hero'] as const;

/** `multi_kill/5/Jinx`: short, and another one for whatever is not the same again. */
export function keyOf(kind: MemoryKind, facts: MemoryFacts, own: string): string {
  switch (kind) {
    case 'talk':
      return keyFrom(['talk', own]);
    case 'match':
      return keyFrom(['match', facts.matchId ?? own]);
    case 'week':
      return keyFrom(['week', own]);
    case 'rivalry':
      return keyFrom(['rivalry', facts.rival]);
    case 'first':
      // One of a type, and one of a hero's victories.
      return keyFrom(['first', typeIn(facts), facts.what === 'player.victory' ? facts.hero : undefined]);
    case 'record':
      return keyFrom(['record', typeIn(facts), facts.name]);
    case 'moment': {
      const told = (sameBy[facts.what] ?? byDefault).map((fact) => facts[fact]);
      return keyFrom([typeIn(facts), ...told]);
    }
  }
}

const typeIn = ({ what }: MemoryFacts) => what.replace(/^player\./, '');

/** A part that is not known leaves its place empty, except at the end. */
function keyFrom(parts: readonly unknown[]): string {
  const texts = parts.map((part) =>
    part === undefined ? '' : part === true ? 'mvp' : escaped(String(part)),
  );
  return texts.join('/').replace(/\/+$/, '');
}

const escaped = (part: string) => part.replace(/[/%]/g, (sign) => (sign === '/' ? '%2F' : '%25'));

/** The id of what is kept of an event under a key. `subject`: the player. */
export const occurrenceId = (event: string, key: string, subject: string): string =>
  derivedId(event, `memory ${key} of ${subject}`);

/** What is kept of a message that tells something. */
export function talkOf(message: string, subject: string): { key: string; id: string } {
  const key = keyOf('talk', { what: 'talk' }, message);
  return { key, id: occurrenceId(message, key, subject) };
}
