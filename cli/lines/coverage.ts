import { type EmotionLabel, emotionLabels } from '../../domain/emotion/emotion.js';
import { type Language, type Persona, personas } from '../../domain/kernel/language.js';
import { isPlain, LEAST_PLAIN } from '../../domain/voice/lines/check.js';
import { linesFor } from '../../domain/voice/lines/index.js';
import { type LineOccasion, lineOccasions, placeholdersOf } from '../../domain/voice/lines/line.js';
import type { ImportedEvent } from '../imports/index.js';
import { beginning, lived, type Step } from './lived.js';

/** What may be said of an occasion by one who feels so, of whom nothing is known. */
export type Cell = {
  occasion: LineOccasion;
  emotion: EmotionLabel;
  /** How often it came about in the run. */
  seen: number;
  eligible: Record<Persona, number>;
};

export type Use = {
  persona: Persona;
  lines: number;
  spoken: number;
  /** Of what was spoken, what that player had heard before. */
  again: number;
  unused: string[];
  overused: { id: string; spoken: number; usual: number }[];
};

export type Coverage = { lang: Language; events: number; players: number; cells: Cell[]; uses: Use[] };

/** Spoken so many times as often as the lines of its occasion are on the average, a line is worn out. */
const OVERUSED = 3;
const OVERUSED_LEAST = 10;

/** Of one language, over a run: the events of each player. */
export function coverageOf(lang: Language, lives: readonly (readonly ImportedEvent[])[]): Coverage {
  const runs = personas.map((persona) => ({
    persona,
    steps: lives.map((events) => lived(events, beginning({ lang, persona }))),
  }));
  return {
    lang,
    events: lives.reduce((sum, events) => sum + events.length, 0),
    players: lives.length,
    cells: cellsOf(lang, seenIn(runs[0]!.steps.flat())),
    uses: runs.map(({ persona, steps }) => useOf(lang, persona, steps)),
  };
}

/** How often each feeling came with each occasion; that is the same beside every persona. */
function seenIn(steps: readonly Step[]): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { acted } of steps) {
    if (!acted) continue;
    const key = `${acted.occasion} ${acted.emotion.label}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return seen;
}

function cellsOf(lang: Language, seen: ReadonlyMap<string, number>): Cell[] {
  return lineOccasions.flatMap((occasion) =>
    emotionLabels.map((emotion) => ({
      occasion,
      emotion,
      seen: seen.get(`${occasion} ${emotion}`) ?? 0,
      eligible: Object.fromEntries(
        personas.map((persona) => [persona, eligible(lang, persona, { occasion, emotion })]),
      ) as Record<Persona, number>,
    })),
  );
}

const eligible = (
  lang: Language,
  persona: Persona,
  { occasion, emotion }: Pick<Cell, 'occasion' | 'emotion'>,
) =>
  linesFor(lang, persona).filter(
    (line) =>
      line.on === occasion &&
      (isPlain(line) || (placeholdersOf(line.text).length === 0 && line.feels?.includes(emotion))),
  ).length;

/** Where too little can be said: somebody would hear the same again soon. */
export const isThin = ({ eligible }: Cell): boolean => Math.min(...Object.values(eligible)) < LEAST_PLAIN;

function useOf(lang: Language, persona: Persona, lives: readonly (readonly Step[])[]): Use {
  const counts = new Map<string, number>();
  let again = 0;
  for (const steps of lives) {
    const heard = new Set<string>();
    for (const { acted } of steps) {
      const id = acted?.dialogue?.templateId;
      if (id === undefined) continue;
      counts.set(id, (counts.get(id) ?? 0) + 1);
      if (heard.has(id)) again++;
      heard.add(id);
    }
  }
  const lines = linesFor(lang, persona);
  const spoken = [...counts.values()].reduce((sum, count) => sum + count, 0);
  // In a run nothing is remembered: what speaks of that cannot be said there.
  const sayable = lines.filter(({ text }) => !placeholdersOf(text).includes('memory'));
  const unused = sayable.flatMap(({ id }) => (counts.has(id) ? [] : [id]));
  return { persona, lines: lines.length, spoken, again, unused, overused: overusedOf(lang, persona, counts) };
}

function overusedOf(lang: Language, persona: Persona, counts: ReadonlyMap<string, number>): Use['overused'] {
  return lineOccasions.flatMap((on) => {
    const cell = linesFor(lang, persona).filter((line) => line.on === on);
    const usual = cell.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0) / Math.max(1, cell.length);
    return cell.flatMap(({ id }) => {
      const spoken = counts.get(id) ?? 0;
      return spoken >= OVERUSED_LEAST && spoken > OVERUSED * usual
        ? [{ id, spoken, usual: Math.round(usual * 10) / 10 }]
        : [];
    });
  });
}
