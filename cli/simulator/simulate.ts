import type { Language } from '../../domain/kernel/language.js';
import type { ImportedMatch } from '../imports/match.js';
import { assemble, type ChatDraft, type Draft } from '../imports/timeline.js';
import { seeded } from './random.js';
import { badStart, bully, comeback, everydayLife, holdingOn, lastPush, pen, turningPoint } from './story.js';
import { heroes, map } from './world.js';

export type Simulation = {
  /** The same seed at the same time is the same match, down to the ids. */
  seed: number;
  /** ISO 8601. */
  startedAt: string;
  /** The language the player chats in. */
  lang: Language;
};

const playerName = 'demo-player';

/**
 * A believable match of half an hour for one player, as a story in five acts: a bad start with deaths in a row, holding on,
 * a turning point, a comeback with a triple kill or better, the last push to a victory.
 * @throws RangeError for a `startedAt` that is not a time.
 */
export function simulate({ seed, startedAt, lang }: Simulation): ImportedMatch {
  const startedMs = Date.parse(startedAt);
  if (Number.isNaN(startedMs)) throw new RangeError(`startedAt ${startedAt} is not a time in ISO 8601`);
  const chance = seeded(seed);
  const hero = chance.pick(heroes);
  const rival = bully(chance);
  const minutes = chance.between(29.8, 31.2);
  const p = pen(chance, lang);
  badStart(p, chance, rival);
  holdingOn(p);
  turningPoint(p, chance, rival);
  comeback(p, chance);
  lastPush(p, chance);
  everydayLife(p, chance, minutes);
  p.say(minutes + 0.15, 'thanks');
  const drafts = withContext([...p.drafts, ...levels(minutes)], hero);
  return assemble({
    format: 'simulator',
    matchId: `sim-${seed}-${startedMs}`,
    title: `Simulated match on ${map} (seed ${seed})`,
    startedMs,
    durationMs: Math.round(minutes * 60_000),
    map,
    read: 0,
    skipped: [],
    notes: ['written by the built-in simulator'],
    players: [
      {
        externalId: playerName,
        displayName: lang === 'zh' ? '小晴' : 'Robin',
        team: 'dawn',
        result: 'victory',
        endStats: {
          kills: countOf(drafts, 'player.kill'),
          deaths: countOf(drafts, 'player.death'),
          assists: countOf(drafts, 'player.assist'),
        },
        hero,
        outcome: { personalRecord: true, score: 42, enemyScore: 31 },
        drafts,
      },
    ],
  });
}

const countOf = (drafts: (Draft | ChatDraft)[], type: Draft['type']) =>
  drafts.filter((draft) => 'type' in draft && draft.type === type).length;

/** Levels 2 to 18, faster at first. */
function levels(minutes: number): Draft[] {
  return Array.from({ length: 17 }, (_, i) => ({
    ms: Math.round(60_000 * minutes * 0.93 * ((i + 1) / 17) ** 1.15),
    type: 'player.level_up' as const,
    data: { level: i + 2 },
  }));
}

/** What a game would know at that moment: hero, level, and the player's score so far. */
function withContext(drafts: (Draft | ChatDraft)[], hero: string): (Draft | ChatDraft)[] {
  const so = { playerLevel: 1, kills: 0, deaths: 0 };
  return [...drafts]
    .sort((a, b) => a.ms - b.ms)
    .map((draft) => {
      if ('chat' in draft) return draft;
      if (draft.type === 'player.level_up') so.playerLevel = draft.data?.level ?? so.playerLevel;
      if (draft.type === 'player.kill') so.kills++;
      if (draft.type === 'player.death') so.deaths++;
      return { ...draft, context: { hero, ...so } };
    });
}
