import { type Field, parseJson } from './fields.js';
import { firstDay, type LolMeta, type LolPlayer, readMeta, readPlayer } from './lol-file.js';
import { type Kill, killLedger } from './lol-kills.js';
import { buildingDrafts, monsterDrafts } from './lol-objectives.js';
import { ImportError, type ImportedMatch, type Skipped, type Source } from './match.js';
import { assemble, type Draft, multiKills, type PlayerDraft, tally } from './timeline.js';

const multiKillGap = 10_000;

/**
 * A League of Legends match of the eSports Sensors dataset: `replay.json`, then its `meta_info.json`.
 * Kills, deaths and assists follow the per-player times, which agree with the end statistics; the event list
 * only tells more about them.
 */
export function readLol(sources: Source[]): ImportedMatch {
  const [replay, info] = sources;
  if (!replay) throw new ImportError('replay.json', 'is missing');
  if (!info) throw new ImportError(replay.name, 'has no meta_info.json beside it');
  const root = parseJson(replay);
  const meta = readMeta(parseJson(info));
  root.get('teams').get('participants');
  const players = Array.from({ length: 10 }, (_, i) => readPlayer(root.get(`player_${i}`), i));
  const events = root.list('events');
  const durationMs = Math.max(meta.durationMs, lastEvent(events));
  const ledger = killLedger(players, events, durationMs);
  const objectives = [...buildingDrafts(players, events), ...monsterDrafts(players, events)];
  return assemble({
    format: 'lol',
    matchId: meta.matchId,
    title: meta.title,
    startedMs: meta.startedMs,
    durationMs,
    map: "Summoner's Rift",
    read: events.length,
    skipped: [...ledger.skipped, ...ignoredEvents(events)],
    notes: [`no date in the files: day 0 is taken as ${new Date(firstDay).toISOString()}`, ...ledger.notes],
    players: players.map((player) => {
      const own = objectives.filter((objective) => objective.player === player.index);
      const drafts = [...combatDrafts(player, ledger.kills, players), ...own.map((one) => one.draft)];
      return playerDraft(player, meta, withLevels(player, [...drafts, ...levelUps(player, durationMs)]));
    }),
  });
}

function playerDraft(player: LolPlayer, meta: LolMeta, drafts: Draft[]): PlayerDraft {
  const own = player.side === 'participants';
  return {
    // The same index is the same person in every match of that team; rivals are known by team and index too.
    externalId: own ? `${meta.team}-${player.index}` : `${meta.team}-${meta.rivals}-${player.index}`,
    team: own ? meta.team : `${meta.team}-${meta.rivals}`,
    result: player.win ? 'victory' : 'defeat',
    endStats: { kills: player.kills, deaths: player.deaths, assists: player.assists },
    hero: player.hero,
    drafts,
  };
}

function combatDrafts(player: LolPlayer, kills: Kill[], players: LolPlayer[]): Draft[] {
  const hero = (index: number | undefined) => (index === undefined ? undefined : players[index]!.hero);
  const drafts: Draft[] = [];
  for (const { ms, killer, victim, assists, inferred } of kills) {
    const mark = inferred ? { inferred } : {};
    const victimHero = hero(victim);
    if (killer === player.index)
      drafts.push({
        ms,
        type: 'player.kill',
        data: { hero: player.hero, ...(victimHero && { victim: victimHero }), ...mark },
      });
    if (victim === player.index)
      drafts.push({
        ms,
        type: 'player.death',
        data: { hero: player.hero, ...killedBy(hero(killer)), ...mark },
      });
    if (assists.includes(player.index))
      drafts.push({
        ms,
        type: 'player.assist',
        data: { hero: player.hero, ...(victimHero && { victim: victimHero }), ...mark },
      });
  }
  const times = drafts.filter((draft) => draft.type === 'player.kill').map((draft) => draft.ms);
  const first = times.sort((a, b) => a - b)[0];
  if (player.firstBlood && first !== undefined)
    drafts.push({ ms: first, type: 'player.first_blood', data: { hero: player.hero } });
  return [...drafts, ...multiKills(times, multiKillGap)];
}

const killedBy = (killer: string | undefined) =>
  killer ? { killer, killerKind: 'player' } : { killerKind: 'none' };

/** The files hold the level once a minute: a level-up stands at the first minute that shows it. */
function levelUps(player: LolPlayer, durationMs: number): Draft[] {
  return player.levels.flatMap((frame, i) => {
    const before = player.levels[i - 1];
    if (!before || frame.level <= before.level) return [];
    return [
      {
        ms: Math.min(frame.ms, durationMs),
        type: 'player.level_up' as const,
        data: { level: frame.level, hero: player.hero },
      },
    ];
  });
}

function withLevels(player: LolPlayer, drafts: Draft[]): Draft[] {
  return drafts.map((draft) => {
    const frame = player.levels.filter((one) => one.ms <= draft.ms).at(-1);
    return frame ? { ...draft, context: { playerLevel: frame.level, ...draft.context } } : draft;
  });
}

const lastEvent = (events: Field[]) =>
  events.reduce((last, event) => Math.max(last, event.ms('timestamp')), 0);

const used = new Set(['CHAMPION_KILL', 'BUILDING_KILL', 'ELITE_MONSTER_KILL']);
const reasons: Record<string, string> = {
  ITEM_PURCHASED: 'shopping is nothing to feel about',
  ITEM_SOLD: 'shopping is nothing to feel about',
  ITEM_UNDO: 'shopping is nothing to feel about',
  ITEM_DESTROYED: 'an item used up or built into another',
  SKILL_LEVEL_UP: 'levels are read from the minute statistics',
  WARD_PLACED: 'too small a thing to feel about',
  WARD_KILL: 'too small a thing to feel about',
};

function ignoredEvents(events: Field[]): Skipped[] {
  const types = events.map((event) => event.str('type')).filter((type) => !used.has(type));
  return [...tally(types)].map(([what, count]) => ({
    what,
    count,
    why: reasons[what] ?? 'a type this reader does not know',
  }));
}
