import type { LogEventData } from '../events/log-events.js';
import { hash64 } from '../kernel/hash64.js';
import type { Language } from '../kernel/language.js';
import { placeholderFaults, textFaults } from './lines/check.js';
import type { Line } from './lines/line.js';

type Character = LogEventData<'CharacterWritten'>;
type WrittenLine = Omit<Character['lines'][number], 'id'>;

/** A game cannot have more companions than a player can tell apart, nor more lines than an event can hold. */
const CHARACTERS_MAX = 50;
export const CHARACTER_LINES_MAX = 1_500;

/** A game's line has its id from what it says: written again, it is the same line. */
export const lineIdOf = (character: string, { lang, on, text }: WrittenLine): string =>
  `${lang}.${character}.${on}.${hash64(text)}`;

/** What is wrong with a character that a game writes, with the field where it is. */
export function characterProblem(
  { character, lines }: Character,
  known: readonly string[],
): { field: string; message: string } | null {
  if (!known.includes(character) && known.length >= CHARACTERS_MAX)
    return { field: 'persona', message: `a game has at most ${CHARACTERS_MAX} characters` };
  for (const [at, line] of lines.entries()) {
    const file = { lang: line.lang, persona: character, lines: [line as Line] };
    const [fault] = [...textFaults(file), ...placeholderFaults(file)];
    // The name of the line is not of its writer's making.
    if (fault) return { field: `lines[${at}].text`, message: fault.replace(`${line.id}: `, '') };
    if (lines.findIndex(({ id }) => id === line.id) !== at)
      return { field: `lines[${at}].text`, message: 'the line is there twice' };
  }
  return null;
}

/** A character's own lines in a language. */
export const linesOfCharacter = (character: Character | undefined, lang: Language): readonly Line[] =>
  (character?.lines ?? []).filter((line) => line.lang === lang) as readonly Line[];
