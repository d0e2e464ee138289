import type { LogEventData } from '../events/log-events.js';
import { hash64 } from '../kernel/hash64.js';
import { type Language, type Persona, personas } from '../kernel/language.js';
import { feelsFaults, placeholderFaults, textFaults } from './lines/check.js';
import type { Line } from './lines/line.js';

type Character = LogEventData<'CharacterWritten'>;
type WrittenLine = Omit<Character['lines'][number], 'id'>;
type Problem = { field: string; message: string };

/** A character as its game wants it to be from now on. */
export type WantedCharacter = Omit<Character, 'like' | 'lines'> & {
  /** Absent: as it was, which a new one of the game's own cannot be. */
  like?: Persona;
  lines: readonly WrittenLine[];
};

/** A game cannot have more companions than a player can tell apart, nor more lines than an event can hold. */
const CHARACTERS_MAX = 50;
export const CHARACTER_LINES_MAX = 1_500;
/** What a game writes of a character, as JSON: an append takes 1 MiB, and the lines' ids come on top. */
export const CHARACTER_BYTES_MAX = 512 * 1024;
const NAME_MAX = 40;
const VOICE_MAX = 1_000;

/** A game's line has its id from what it says: written again, it is the same line. */
export const lineIdOf = (character: string, { lang, on, text }: WrittenLine): string =>
  `${lang}.${character}.${on}.${hash64(text)}`;

/** The character that comes of it, or why none can. `before`: what the game said of it until now. */
export function characterFrom(wanted: WantedCharacter, before: Character | undefined): Character | Problem {
  const { character } = wanted;
  const itself = personas.find((persona) => persona === character);
  const like = wanted.like ?? itself ?? before?.like;
  if (!like) return { field: 'like', message: `a new character is like one of ${personas.join(', ')}` };
  if (itself && like !== itself) return { field: 'like', message: `${itself} is like nobody but itself` };
  const lines = wanted.lines.map((line) => ({ id: lineIdOf(character, line), ...line }));
  return { ...wanted, like, lines };
}

/** Whether both say the same: ids tell language, occasion and text. */
export const isSameCharacter = (one: Character, other: Character): boolean => gist(one) === gist(other);

const gist = ({ character, like, name, voice, lines }: Character) =>
  JSON.stringify([character, like, name ?? 0, voice ?? 0, lines.map(({ id, feels }) => [id, feels ?? 0])]);

/** What is wrong with a character that a game writes, with the field where it is. */
export function characterProblem(character: Character, known: readonly string[]): Problem | null {
  if (!known.includes(character.character) && known.length >= CHARACTERS_MAX)
    return { field: 'persona', message: `a game has at most ${CHARACTERS_MAX} characters` };
  return proseProblem(character) ?? linesProblem(character);
}

/** These go into a prompt, where a line of its own, a bracket or what cannot be seen would be more than words. */
function proseProblem({ name, voice }: Character): Problem | null {
  if (name !== undefined) {
    if ([...name].length > NAME_MAX) return { field: 'name', message: `longer than ${NAME_MAX} characters` };
    if (name.trim() !== name || name === '') return { field: 'name', message: 'empty, or space at an end' };
    if (/[<>{}"\\]/.test(name) || UNSEEN.test(name))
      return { field: 'name', message: 'one line without brackets, quotation marks and backslashes' };
  }
  if (voice !== undefined) {
    if ([...voice].length > VOICE_MAX)
      return { field: 'voice', message: `longer than ${VOICE_MAX} characters` };
    if (voice.trim() === '') return { field: 'voice', message: 'empty' };
    if (/[<>]/.test(voice) || UNSEEN.test(voice))
      return {
        field: 'voice',
        message: 'one paragraph without angle brackets, line breaks and invisible signs',
      };
  }
  return null;
}

/** Control and format signs, halves of pairs, signs of no meaning yet, and what ends a line or a paragraph. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

function linesProblem({ character, lines }: Character): Problem | null {
  if (lines.length > CHARACTER_LINES_MAX)
    return { field: 'lines', message: `more than ${CHARACTER_LINES_MAX}` };
  const ids = new Set<string>();
  for (const [at, line] of lines.entries()) {
    const file = { lang: line.lang, persona: character, lines: [line as Line] };
    // The name of the line is not of its writer's making.
    const said = (fault: string) => fault.replace(`${line.id}: `, '');
    const [fault] = [...placeholderFaults(file), ...textFaults(file)];
    if (fault) return { field: `lines[${at}].text`, message: said(fault) };
    const [wrong] = feelsFaults(file);
    if (wrong) return { field: `lines[${at}].feels`, message: 'emotions, at least one, each once' };
    if (ids.has(line.id)) return { field: `lines[${at}].text`, message: 'the line is there twice' };
    ids.add(line.id);
  }
  return null;
}

/** A character's own lines in a language. */
export const linesOfCharacter = (character: Character | undefined, lang: Language): readonly Line[] =>
  (character?.lines ?? []).filter((line) => line.lang === lang) as readonly Line[];
