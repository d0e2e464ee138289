import type { EmotionLabel } from '../emotion/emotion.js';
import type { Language, Persona } from '../kernel/language.js';
import { linesFor } from './lines/index.js';
import type { Line, LineOccasion, LinePlaceholder } from './lines/line.js';

/** The facts a line may name. A line whose facts are not known is not eligible. */
export type Facts = Partial<Record<LinePlaceholder, string>>;

export type Ask = {
  lang: Language;
  persona: Persona;
  occasion: LineOccasion;
  feels: EmotionLabel;
  facts: Facts;
  /** Lines this player has heard, oldest first. */
  said: readonly string[];
  /** Any number that belongs to the cause: the same cause gets the same line. */
  seed: number;
};

export type Chosen = { templateId: string; text: string };

/**
 * The line for an occasion. No line is said twice while another that fits has not been said; when all have
 * been, the one said longest ago. Lines written for this very feeling weigh double.
 */
export function chooseLine(ask: Ask): Chosen | null {
  const fitting = cell(ask.lang, ask.persona, ask.occasion).filter(
    ({ line, needs }) =>
      (!line.feels || line.feels.includes(ask.feels)) && needs.every((fact) => ask.facts[fact] !== undefined),
  );
  if (fitting.length === 0) return null;
  const unsaid = fitting.filter(({ line }) => !ask.said.includes(line.id));
  const chosen = unsaid.length > 0 ? drawn(unsaid, ask.seed) : longestAgo(fitting, ask.said);
  return { templateId: chosen.line.id, text: filled(chosen.line.text, ask.facts) };
}

/** How many lines a player's memory of what was said must hold to keep the promise above. */
export const SAID_MAX = 400;

type Entry = { line: Line; needs: readonly (keyof Facts)[] };

function drawn(entries: readonly Entry[], seed: number): Entry {
  const weighted = entries.flatMap((entry) => (entry.line.feels ? [entry, entry] : [entry]));
  return weighted[seed % weighted.length]!;
}

const longestAgo = (entries: readonly Entry[], said: readonly string[]): Entry =>
  entries.reduce((oldest, entry) =>
    said.lastIndexOf(entry.line.id) < said.lastIndexOf(oldest.line.id) ? entry : oldest,
  );

const placeholder = /\{(\w+)\}/g;

const filled = (text: string, facts: Facts): string =>
  text.replace(placeholder, (_, name: keyof Facts) => facts[name] ?? '');

const cells = new Map<string, readonly Entry[]>();

function cell(lang: Language, persona: Persona, occasion: LineOccasion): readonly Entry[] {
  const key = `${lang}.${persona}.${occasion}`;
  let entries = cells.get(key);
  if (!entries) {
    entries = linesFor(lang, persona)
      .filter((line) => line.on === occasion)
      .map((line) => ({
        line,
        needs: [...line.text.matchAll(placeholder)].map((match) => match[1] as keyof Facts),
      }));
    cells.set(key, entries);
  }
  return entries;
}
