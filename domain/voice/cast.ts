import type { LogEventData } from '../events/log-events.js';
import { type Language, languages, type Persona, personas } from '../kernel/language.js';
import { linesFor } from './lines/index.js';
import type { Line } from './lines/line.js';
import { personaSheets } from './personas.js';

type Character = LogEventData<'CharacterWritten'>;
type LineCount = Record<Language, number>;

/** A persona that every game has. */
export type PersonaView = {
  id: Persona;
  name: Record<Language, string>;
  voice: Record<Language, string>;
  lineCount: LineCount;
};

/** A companion as a game has it: one of its own, or a built-in persona with what the game says of it. */
export type CastMember = {
  id: string;
  builtIn: boolean;
  /** Who plays it; a built-in persona plays itself. */
  like: Persona;
  /** Absent: the game says nothing of it. */
  name?: string;
  voice?: string;
  /** How many lines the game has written for it. */
  lineCount: LineCount;
};

/** The same with what it can say. */
export type CharacterView = CastMember & { lines: Character['lines'] };
export type BuiltInLine = Line & { lang: Language };

export const builtInPersonas = (): PersonaView[] =>
  personas.map((id) => ({
    id,
    name: eachLanguage((lang) => personaSheets[id][lang].name),
    voice: eachLanguage((lang) => personaSheets[id][lang].voice),
    lineCount: eachLanguage((lang) => linesFor(lang, id).length),
  }));

/** What a persona says in every game. */
export const builtInLines = (persona: Persona): BuiltInLine[] =>
  languages.flatMap((lang) => linesFor(lang, persona).map((line) => ({ ...line, lang })));

export function characterView({ character, like, name, voice, lines }: Character): CharacterView {
  return {
    id: character,
    builtIn: isBuiltIn(character),
    like,
    ...(name !== undefined && { name }),
    ...(voice !== undefined && { voice }),
    lineCount: lineCountOf(lines),
    lines,
  };
}

export const isBuiltIn = (name: string): name is Persona => personas.some((persona) => persona === name);

export const lineCountOf = (lines: readonly { lang: Language }[]): LineCount =>
  eachLanguage((lang) => lines.filter((line) => line.lang === lang).length);

const eachLanguage = <T>(of: (lang: Language) => T): Record<Language, T> => ({ zh: of('zh'), en: of('en') });
