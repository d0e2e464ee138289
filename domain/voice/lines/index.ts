import type { Language, Persona } from '../../kernel/language.js';
import { enCheerful } from './en/cheerful.js';
import { enCool } from './en/cool.js';
import { enCute } from './en/cute.js';
import type { Line } from './line.js';
import { zhCheerful } from './zh/cheerful.js';
import { zhCool } from './zh/cool.js';
import { zhCute } from './zh/cute.js';

/** Every line there is. The types hold it complete: a new language or persona does not build without its file. */
export const lineLibrary: Readonly<Record<Language, Readonly<Record<Persona, readonly Line[]>>>> = {
  zh: { cheerful: zhCheerful, cool: zhCool, cute: zhCute },
  en: { cheerful: enCheerful, cool: enCool, cute: enCute },
};

/** What a persona can say in a language, in the order written. */
export const linesFor = (lang: Language, persona: Persona): readonly Line[] => lineLibrary[lang][persona];

/** The line of the library with this id. */
export const lineById = (id: string): Line | undefined => {
  const [lang, persona] = id.split('.') as [Language, Persona];
  // An id may be anything that a log once held.
  return Object.hasOwn(lineLibrary, lang) && Object.hasOwn(lineLibrary[lang], persona)
    ? linesFor(lang, persona).find((line) => line.id === id)
    : undefined;
};
