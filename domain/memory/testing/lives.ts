import fc from 'fast-check';
import { builtInEventTypes } from '../../events/game-event.js';
import { initialMind, type Lived, type Mind, type Remembering, remember } from '../remember.js';
import { defaultWeighing } from '../settings.js';

const T0 = Date.parse('2026-11-20T10:00:00.000Z');
const MINUTE = 60_000;

/** The time so many minutes after the beginning. */
export const minute = (minutes: number): string => new Date(T0 + minutes * MINUTE).toISOString();

export type Step = { type: string; data?: Record<string, unknown>; minutes?: number };

/** Game events of one player, one after the other; `minutes` from the beginning, else one a minute. */
export const life = (steps: readonly Step[], subject = 'p1'): Lived[] =>
  steps.map(({ type, data = {}, minutes }, revision) => ({
    id: `e${revision}`,
    subject,
    revision,
    type: 'GameEventRecorded',
    data: { type, at: minute(minutes ?? revision), data, context: {} },
  }));

export const gladly = { felt: { label: 'happy', intensity: 0.6 } as const, weighing: defaultWeighing };

/** Everything that is kept of a life. */
export function remembered(
  events: readonly Lived[],
  { how = gladly, mind = initialMind }: { how?: Parameters<typeof remember>[2]; mind?: Mind } = {},
) {
  const all: Remembering[] = [];
  for (const event of events) {
    const next = remember(all.at(-1)?.mind ?? mind, event, how);
    all.push(next);
  }
  return {
    all,
    mind: all.at(-1)?.mind ?? mind,
    memories: all.flatMap(({ memories }) => memories),
    path: all.findLast(({ path }) => path !== null)?.path ?? null,
  };
}

const names = fc.oneof(
  fc.constantFrom('Jinx', 'Zed', '金克丝', 'a/b', '<b>', ''),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
const anything = fc.record(
  {
    hero: names,
    map: names,
    victim: names,
    killer: names,
    rival: names,
    name: names,
    weapon: names,
    rarity: fc.constantFrom('legendary', 'epic', 7),
    matchId: fc.oneof(fc.constantFrom('m1', 'm2', 'm3'), fc.string({ maxLength: 150 }), fc.integer()),
    killCount: fc.oneof(fc.nat({ max: 12 }), fc.double(), fc.string()),
    deathCount: fc.oneof(fc.nat({ max: 12 }), fc.constant(-1)),
    mvp: fc.boolean(),
    personalRecord: fc.boolean(),
    savedAt: fc.oneof(fc.nat({ max: 4000 }).map(minute), fc.string()),
    branch: names,
    level: fc.oneof(fc.nat(), fc.constant(Number.MAX_VALUE)),
  },
  { requiredKeys: [] },
);

/** Whatever a game may tell, as JSON leaves it, not always in the order of its times. */
export const lives = (most = 80): fc.Arbitrary<Lived[]> =>
  fc
    .array(
      fc.record({
        type: fc.oneof(
          fc.constantFrom(...builtInEventTypes, 'player.victory', 'player.kill', 'player.save_loaded'),
          fc.nat({ max: 400 }).map((nth) => `custom.own_${nth}`),
        ),
        data: anything,
        gap: fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 8000 }), fc.integer({ min: -50, max: 0 })),
      }),
      { maxLength: most },
    )
    .map((steps) => {
      let minutes = 0;
      const told = steps.map(({ type, data, gap }) => {
        minutes = Math.max(0, minutes + gap);
        return { type, data, minutes };
      });
      return JSON.parse(JSON.stringify(life(told))) as Lived[];
    });
