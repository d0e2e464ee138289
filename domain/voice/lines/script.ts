import { type EmotionLabel, emotionLabels } from '../../emotion/emotion.js';
import type { Language } from '../../kernel/language.js';
import { type Line, type LineOccasion, lineOccasions } from './line.js';

/**
 * Reads what a writer writes: an occasion alone on a line, and under it, indented, a line of dialogue each. Its
 * number is part of its id; the emotions it was written for stand in brackets before it.
 *
 * ```
 * kill
 *   01 Clean. Reset your angle.
 *   02 (happy proud) You may smile. Briefly.
 * ```
 * @throws Error naming the persona and the row of the script that cannot be read.
 */
export function script(lang: Language, persona: string, text: string): readonly Line[] {
  let on: LineOccasion | null = null;
  return text.split('\n').flatMap((row, at) => {
    if (row.trim() === '') return [];
    const wrong = (what: string) => new Error(`the lines of ${lang}.${persona}, row ${at + 1}: ${what}`);
    if (!row.startsWith(' ')) {
      on = lineOccasions.find((occasion) => occasion === row.trim()) ?? null;
      if (!on) throw wrong(`"${row.trim()}" is no occasion`);
      return [];
    }
    const [, nr, feels, said] = /^ +(\d{2,}) (?:\(([^)]*)\) )?(.+)$/.exec(row) ?? [];
    if (!nr || !said) throw wrong('a line is "01 text" or "01 (emotion emotion) text"');
    if (!on) throw wrong('it stands under no occasion');
    const line = { id: `${lang}.${persona}.${on}.${nr}`, on, text: said };
    return [feels === undefined ? line : { ...line, feels: emotionsIn(feels, wrong) }];
  });
}

function emotionsIn(words: string, wrong: (what: string) => Error): readonly EmotionLabel[] {
  const labels: readonly string[] = emotionLabels;
  const feels = words.split(' ');
  const unknown = feels.find((word) => !labels.includes(word));
  if (unknown !== undefined) throw wrong(`"${unknown}" is no emotion`);
  return feels as EmotionLabel[];
}
