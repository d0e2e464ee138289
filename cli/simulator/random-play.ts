import type { GameEvent, GameEventType } from '../../domain/events/game-event.js';
import { derivedId } from '../../domain/kernel/ids.js';
import type { ImportedGameEvent } from '../imports/match.js';
import { multiKillName } from '../imports/timeline.js';
import { type Chance, seeded } from './random.js';
import { dangers, enemies, heroes, loot, map, weapons } from './world.js';

export type Play = {
  seed: number;
  /** ISO 8601; the game clock starts here. */
  startedAt?: string;
  /** Goes into the ids: another run over the same log needs other ones. */
  run?: string;
};

type Data = GameEvent['data'];
type Score = { kills: number; deaths: number; assists: number; level: number; matchId: string; hero: string };
type Choice = { weight: number; type: GameEventType; data(chance: Chance, score: Score): Data };

/** What happens in play, and how often. */
const choices: readonly Choice[] = [
  {
    weight: 26,
    type: 'player.damage_taken',
    data: (chance) => ({ damage: Math.round(chance.between(5, 60)) / 100, source: chance.pick(dangers) }),
  },
  {
    weight: 18,
    type: 'player.kill',
    data: (chance) => ({
      victim: chance.pick(enemies),
      weapon: chance.pick(weapons),
      headshot: chance.chance(0.2),
    }),
  },
  { weight: 14, type: 'player.assist', data: (chance) => ({ victim: chance.pick(enemies) }) },
  {
    weight: 12,
    type: 'player.death',
    data: (chance) => ({ killer: chance.pick(enemies), killerKind: 'player' }),
  },
  { weight: 10, type: 'player.loot', data: (chance) => ({ ...chance.pick(loot) }) },
  { weight: 7, type: 'player.level_up', data: (_, score) => ({ level: score.level + 1 }) },
  {
    weight: 5,
    type: 'player.objective',
    data: (chance) => ({ name: chance.pick(['tower', 'dragon', 'camp']), role: 'team' }),
  },
  { weight: 3, type: 'player.multi_kill', data: (chance) => multi(chance.pick([2, 2, 2, 3, 3, 4])) },
  { weight: 2, type: 'player.quest_completed', data: () => ({ name: 'Daily hunt' }) },
  { weight: 2, type: 'player.idle', data: (chance) => ({ seconds: chance.int(20, 90) }) },
  {
    weight: 1,
    type: 'player.achievement',
    data: (chance) => ({ name: 'Unbroken', rarity: chance.pick(['rare', 'epic'] as const) }),
  },
];
const total = choices.reduce((sum, choice) => sum + choice.weight, 0);
const multi = (killCount: number): Data => ({ killCount, name: multiKillName(killCount) });

const eventsAMatch = { from: 60, to: 180 };

/** Endless plausible play of one player, match after match, for load tests: same seed and run, same events. */
export function* randomPlay({
  seed,
  startedAt = '2024-01-01T00:00:00.000Z',
  run = '',
}: Play): Generator<ImportedGameEvent, never> {
  const chance = seeded(seed);
  let clock = Date.parse(startedAt);
  if (Number.isNaN(clock)) throw new RangeError(`startedAt ${startedAt} is not a time in ISO 8601`);
  let ordinal = 0;
  const event = (type: GameEventType, data: Data, score: Score): ImportedGameEvent => ({
    id: derivedId(`play/${run}/${seed}`, `event/${ordinal++}`),
    type,
    at: new Date(clock).toISOString(),
    data,
    context: { playerLevel: score.level, hero: score.hero },
  });
  for (let match = 0; ; match++) {
    const score: Score = {
      kills: 0,
      deaths: 0,
      assists: 0,
      level: 1,
      matchId: `play-${seed}-${match}`,
      hero: chance.pick(heroes),
    };
    yield event('match.start', { matchId: score.matchId, map, hero: score.hero }, score);
    for (let n = chance.int(eventsAMatch.from, eventsAMatch.to); n > 0; n--) {
      clock += chance.int(2_000, 20_000);
      const choice = drawn(chance);
      const told = event(choice.type, choice.data(chance, score), score);
      count(score, told);
      yield told;
    }
    clock += 1_000;
    const outcome = ending(chance, score);
    yield event(outcome.type, outcome.data, score);
    yield event('match.end', outcome.data, score);
    clock += chance.int(30_000, 240_000);
  }
}

function drawn(chance: Chance): Choice {
  let left = chance.next() * total;
  for (const choice of choices) {
    left -= choice.weight;
    if (left < 0) return choice;
  }
  return choices[0]!;
}

function count(score: Score, { type, data }: ImportedGameEvent): void {
  if (type === 'player.kill') score.kills++;
  if (type === 'player.death') score.deaths++;
  if (type === 'player.assist') score.assists++;
  if (type === 'player.level_up') score.level = data.level ?? score.level;
}

function ending(chance: Chance, score: Score): { type: GameEventType; data: Data } {
  const won = chance.chance(score.kills >= score.deaths ? 0.65 : 0.35);
  const { kills: killCount, deaths: deathCount, assists: assistCount, matchId } = score;
  return {
    type: won ? 'player.victory' : 'player.defeat',
    data: { matchId, killCount, deathCount, assistCount, mvp: won && killCount > 2 * deathCount },
  };
}
