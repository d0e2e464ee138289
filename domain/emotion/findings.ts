import type { Past } from './flow.js';
import type { Moment } from './moment.js';
import type { Vad } from './space.js';

/** Patterns in how a player feels, over minutes. */
export const patterns = ['tilt', 'comeback', 'flow', 'boredom'] as const;
export type Pattern = (typeof patterns)[number];

/** When each that goes on has begun: game times in milliseconds since 1970. */
export type OpenFindings = Readonly<Partial<Record<Pattern, number>>>;

/** A pattern that begins or ends with an event; `until` is `null` as long as it goes on. */
export type Finding = { pattern: Pattern; from: number; until: number | null };

type View = {
  mood: Vad;
  recent: readonly Past[];
  moment: Moment;
  now: number;
  open: OpenFindings;
  /** The types of event that say of themselves that nothing happens. */
  idle: boolean;
};

type Rule = {
  /** When it began, if it has. */
  begins(view: View): number | null;
  goesOn(view: View): boolean;
};

const isBad = (past: Past) => past[2] <= -0.3;
const isGood = (past: Past) => past[2] >= 0.3;
const MINUTE = 60_000;

/** The last so many, when all of them are so: the time of the first. */
function run(recent: readonly Past[], count: number, is: (past: Past) => boolean): number | null {
  const last = recent.slice(-count);
  return last.length === count && last.every(is) ? last[0]![0] : null;
}

const rules: Record<Pattern, Rule> = {
  /** One bad thing after the other, and the player takes it in: unpleasant and aroused. */
  tilt: {
    begins: ({ recent, mood: [valence, arousal] }) =>
      valence < -0.3 && arousal > 0.1 ? run(recent, 3, isBad) : null,
    goesOn: ({ mood: [valence] }) => valence < -0.1,
  },
  /** Down a moment ago, and now one good thing after the other. */
  comeback: {
    begins({ recent, moment, open }) {
      const from = run(recent, 3, isGood);
      if (from === null) return null;
      const wasDown = open.tilt !== undefined || recent.filter(isBad).length >= 3;
      return wasDown || (moment.scoreGap ?? 0) <= -0.3 ? from : null;
    },
    goesOn: ({ recent }) => recent.length > 0 && !isBad(recent.at(-1)!),
  },
  /** It goes well, and has for two minutes: pleasant, awake and in control. */
  flow: {
    begins({ recent, mood: [valence, arousal, dominance], now }) {
      if (valence <= 0.3 || arousal <= 0 || dominance <= 0.25) return null;
      const good = recent.filter(isGood);
      const first = good[0]?.[0] ?? now;
      return good.length >= 4 && recent.filter(isBad).length <= 1 && now - first >= 2 * MINUTE ? first : null;
    },
    goesOn: ({ mood: [valence, arousal] }) => valence > 0.15 && arousal > -0.1,
  },
  boredom: {
    begins: ({ idle, mood: [, arousal], now }) => (idle && arousal < 0 ? now : null),
    goesOn: ({ mood: [, arousal] }) => arousal < 0.1,
  },
};

/** What begins and what ends with an event, and what goes on after it. */
export function findingsAt(
  view: View,
  quietSince: number | null,
): { open: OpenFindings; findings: Finding[] } {
  const open: Partial<Record<Pattern, number>> = {};
  const findings: Finding[] = [];
  for (const pattern of patterns) {
    const since = view.open[pattern];
    if (since !== undefined && rules[pattern].goesOn(view)) open[pattern] = since;
    else if (since !== undefined) findings.push({ pattern, from: since, until: endOf(view.now, quietSince) });
    if (since !== undefined) continue;
    const from = rules[pattern].begins(view);
    if (from === null) continue;
    open[pattern] = from;
    findings.push({ pattern, from, until: null });
  }
  return { open, findings };
}

/** Of a player who was away nobody knows when it ended; not long after the last that was told. */
const endOf = (now: number, quietSince: number | null) =>
  quietSince === null ? now : Math.min(now, quietSince + 5 * MINUTE);
