import { emotionLabels } from '../domain/emotion/emotion.js';
import { languages, personas } from '../domain/kernel/language.js';
import { type Ask, chooseLine, SAID_MAX } from '../domain/voice/choose.js';
import { linesFor } from '../domain/voice/lines/index.js';
import { lineOccasions } from '../domain/voice/lines/line.js';
import type { Bench } from './parts.js';
import { delaysOf, type Spread, spreadOf } from './statistics.js';

export const CHOICE_TARGET_MS = 1;

export type Choosing = {
  /** Language, persona, occasion and feeling. */
  cells: number;
  calls: number;
  p50: Spread;
  p99: Spread;
  targetMs: number;
};

/** How long the choice of a line takes, beside a player who has heard as much as is remembered. */
export async function lines({
  rounds,
  seconds,
  say,
}: Pick<Bench, 'rounds' | 'seconds' | 'say'>): Promise<Choosing> {
  const asks = everyCell();
  const timed: { calls: number; p50: number; p99: number }[] = [];
  oneRound(asks, 0);
  for (let nth = 0; nth < rounds; nth++) {
    say(`lines: round ${nth + 1} of ${rounds}`);
    timed.push(oneRound(asks, seconds * 1_000));
  }
  return {
    cells: asks.length,
    calls: timed.reduce((sum, { calls }) => sum + calls, 0),
    p50: spreadOf(timed.map(({ p50 }) => p50)),
    p99: spreadOf(timed.map(({ p99 }) => p99)),
    targetMs: CHOICE_TARGET_MS,
  };
}

/** All facts are known, so that every line is weighed. */
function everyCell(): Ask[] {
  const facts = {
    hero: 'Lux',
    weapon: 'bow',
    killCount: '16',
    streak: '4',
    name: 'First',
    level: '9',
    count: '50',
  };
  return languages.flatMap((lang) =>
    personas.flatMap((persona) => {
      const ids = linesFor(lang, persona).map(({ id }) => id);
      const said = ids.slice(0, SAID_MAX);
      const tastes = {
        liked: ids.filter((_, at) => at % 4 === 0),
        disliked: ids.filter((_, at) => at % 4 === 1),
      };
      return lineOccasions.flatMap((occasion) =>
        emotionLabels.map((feels) => ({
          lang,
          persona,
          occasion,
          feels,
          facts: { ...facts, player: '' },
          said,
          tastes,
          seed: 0,
        })),
      );
    }),
  );
}

/** Every cell at least once. */
function oneRound(asks: readonly Ask[], ms: number) {
  const delays: number[] = [];
  const end = performance.now() + ms;
  do {
    for (const ask of asks) {
      const since = performance.now();
      chooseLine({ ...ask, seed: delays.length });
      delays.push(performance.now() - since);
    }
  } while (performance.now() < end);
  const { p50, p99 } = delaysOf(delays);
  return { calls: delays.length, p50, p99 };
}
