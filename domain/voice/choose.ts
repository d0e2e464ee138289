import type { EmotionLabel } from '../emotion/emotion.js';
import type { Language, Persona } from '../kernel/language.js';
import { linesFor } from './lines/index.js';
import { type Line, type LineOccasion, type LinePlaceholder, placeholdersOf } from './lines/line.js';

/** The facts a line may name. A line whose facts are not known is not eligible. */
export type Facts = Partial<Record<LinePlaceholder, string>>;

export type Ask = {
  lang: Language;
  persona: Persona;
  occasion: LineOccasion;
  feels: EmotionLabel;
  facts: Facts;
  /** Lines this player has heard, oldest first, each once. */
  said: readonly string[];
  /** Any number that belongs to the cause: the same cause gets the same line. */
  seed: number;
  /** Lines that the game has written for this persona, in this language. */
  own?: readonly Line[];
  /** Where one of those fits, none of the persona's is spoken: who speaks is somebody else than the persona. */
  ownAlone?: boolean;
  /** Lines this player has liked, and disliked. */
  tastes?: Tastes;
};

export type Tastes = { liked: readonly string[]; disliked: readonly string[] };
export const noTastes: Tastes = { liked: [], disliked: [] };

export type Chosen = { templateId: string; text: string; names: readonly LinePlaceholder[] };

/** No line comes again within so many others, as long as another fits. */
export const NO_REPEAT = 30;
/** How many lines a player's memory of what was said holds. */
export const SAID_MAX = 400;

/**
 * The line for an occasion, drawn by weight: how well it fits, how long it has not been heard, what this player
 * thought of it. None of the last 30 while another fits; when all are among them, the one said longest ago.
 */
export function chooseLine(ask: Ask): Chosen | null {
  const fits = ({ line, needs }: Entry) =>
    (!line.feels || line.feels.includes(ask.feels)) && needs.every((fact) => ask.facts[fact] !== undefined);
  const own = ownCell(ask).filter(fits);
  const alone = ask.ownAlone && own.length > 0;
  const fitting = alone ? own : [...own, ...cell(ask.lang, ask.persona, ask.occasion).filter(fits)];
  if (fitting.length === 0) return null;
  const recent = new Set(ask.said.slice(-NO_REPEAT));
  const eligible = fitting.filter(({ line }) => !recent.has(line.id));
  const chosen = eligible.length > 0 ? drawn(eligible, ask) : longestAgo(fitting, ask.said);
  const { line, needs: names } = chosen;
  return { templateId: line.id, text: filled(line.text, ask.facts), names };
}

type Entry = { line: Line; needs: readonly LinePlaceholder[]; own?: true };

function drawn(entries: readonly Entry[], ask: Ask): Entry {
  const weights = entries.map((entry) => weightOf(entry, ask));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = (scattered(ask.seed) / 2 ** 32) * total;
  for (const [at, entry] of entries.entries()) {
    left -= weights[at]!;
    if (left < 0) return entry;
  }
  return entries.at(-1)!;
}

/** Seeds that are close together draw far apart. */
const scattered = (seed: number) => Math.imul(seed ^ (seed >>> 15), 0x9e3779b1) >>> 0;

function weightOf({ line, needs, own }: Entry, { said, tastes = noTastes }: Ask): number {
  // Written for this very feeling, for these very facts, for this very game.
  const fit = (line.feels ? 2 : 1) * factsFit(line, needs) * (own ? 2 : 1);
  const taste = tastes.liked.includes(line.id) ? 2 : tastes.disliked.includes(line.id) ? 0.1 : 1;
  return fit * taste * freshness(said, line.id);
}

/** Something comes to mind seldom; where it does, it is mostly told. An answer speaks of what was written first. */
function factsFit({ on }: Line, needs: readonly LinePlaceholder[]): number {
  if (needs.includes('memory') && on !== 'chat') return 6;
  return needs.length > 0 ? 1.5 : 1;
}

/** 1 for what was never said; for the rest the more, the longer ago. */
function freshness(said: readonly string[], id: string): number {
  const at = said.lastIndexOf(id);
  if (at < 0) return 1;
  const others = said.length - 1 - at;
  return 0.02 + 0.18 * Math.min(1, (others - NO_REPEAT) / (SAID_MAX - NO_REPEAT));
}

const longestAgo = (entries: readonly Entry[], said: readonly string[]): Entry =>
  entries.reduce((oldest, entry) =>
    said.lastIndexOf(entry.line.id) < said.lastIndexOf(oldest.line.id) ? entry : oldest,
  );

/** What a player is called is a secret of that player: it is put in where the line is shown, never stored. */
const filled = (text: string, facts: Facts): string =>
  text.replace(/\{(\w+)\}/g, (brace, name: LinePlaceholder) =>
    name === 'player' ? brace : (facts[name] ?? ''),
  );

const entryOf = (line: Line): Entry => ({ line, needs: placeholdersOf(line.text) });

function ownCell({ own, occasion }: Ask): readonly Entry[] {
  if (!own) return [];
  return own.filter(({ on }) => on === occasion).map((line) => ({ ...entryOf(line), own: true }));
}

const cells = new Map<string, readonly Entry[]>();

function cell(lang: Language, persona: Persona, occasion: LineOccasion): readonly Entry[] {
  const key = `${lang}.${persona}.${occasion}`;
  let entries = cells.get(key);
  if (!entries) {
    entries = linesFor(lang, persona)
      .filter((line) => line.on === occasion)
      .map(entryOf);
    cells.set(key, entries);
  }
  return entries;
}
