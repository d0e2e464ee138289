import { assistDrafts, type DotaKill, deathDrafts, killMoments } from './dota2-combat.js';
import { type DotaPlayer, readFight, readPlayer, type Teamfight } from './dota2-file.js';
import { aegisHolders, objectiveDrafts } from './dota2-objectives.js';
import { type Field, parseJson } from './fields.js';
import { ImportError, type ImportedMatch, type Skipped, type Source } from './match.js';
import { assemble, type ChatDraft, type Draft, multiKills, type PlayerDraft } from './timeline.js';

const multiKillGap = 10_000;

/** A Dota 2 match as OpenDota parses it. Times count from the horn; chat may stand before it and after the end. */
export function readDota2(sources: Source[]): ImportedMatch {
  const [source] = sources;
  if (!source) throw new ImportError('the match', 'is missing');
  const root = parseJson(source);
  const matchId = `dota2-${root.count('match_id')}`;
  const players = root.list('players').map((player, slot) => readPlayer(player, slot, matchId));
  if (players.length === 0) root.get('players').fail('is empty');
  const durationMs = root.ms('duration');
  const objectives = root.list('objectives');
  const kills = killMoments(players, { aegis: aegisHolders(players, objectives), durationMs });
  const told = objectiveDrafts(players, objectives);
  const chat = chatDrafts(root.listOf('chat'), players);
  const record: DotaRecord = {
    kills: kills.all,
    fights: root.listOf('teamfights').map(readFight),
    durationMs,
    radiantWin: root.flag('radiant_win'),
    firstBlood: firstBlood(objectives, kills.all),
    others: [...told.drafts, ...chat.lines],
  };
  return assemble({
    format: 'dota2',
    matchId,
    title: `Dota 2 match ${root.count('match_id')}`,
    startedMs: root.epochMs('start_time'),
    durationMs,
    read: objectives.length + root.listOf('chat').length + sum(players.map((one) => one.killsLog.length)),
    skipped: [...kills.skipped, ...told.skipped, ...chat.skipped],
    notes: [...kills.notes, ...assumptions],
    players: players.map((player) => playerDraft(player, record)),
  });
}

const assumptions = [
  'the file counts assists and tells no time of them: they are laid to kills of team-mates, marked inferred',
  'deaths that no kill names (towers, creeps, own doing) are laid to teamfights or spread, marked inferred',
  'times of level-ups and of damage are not in the file',
];

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

/** What the match holds beside its players. `others`: objectives and chat, by slot of the player. */
type DotaRecord = {
  kills: DotaKill[];
  fights: Teamfight[];
  durationMs: number;
  radiantWin: boolean;
  firstBlood: { slot: number; ms: number } | undefined;
  others: { slot: number; draft: Draft | ChatDraft }[];
};

function playerDraft(player: DotaPlayer, record: DotaRecord): PlayerDraft {
  const { externalId, displayName, hero } = player;
  const own = record.kills.filter((kill) => kill.killer === player);
  const times = own.map((kill) => kill.ms).sort((a, b) => a - b);
  // The message of first blood comes up to a second beside its kill.
  const blood = record.firstBlood?.slot === player.slot ? [times[0] ?? record.firstBlood.ms] : [];
  return {
    externalId,
    ...(displayName && { displayName }),
    team: player.radiant ? 'radiant' : 'dire',
    result: player.radiant === record.radiantWin ? 'victory' : 'defeat',
    endStats: { kills: player.kills, deaths: player.deaths, assists: player.assists },
    hero,
    drafts: [
      ...own.map(({ ms, victim, inferred }): Draft => {
        const data = { hero, ...(victim && { victim }), ...(inferred && { inferred }) };
        return { ms, type: 'player.kill', data };
      }),
      ...blood.map((ms): Draft => ({ ms, type: 'player.first_blood', data: { hero } })),
      ...multiKills(times, multiKillGap),
      ...deathDrafts(player, record),
      ...assistDrafts(player, record),
      ...record.others.filter((one) => one.slot === player.slot).map((one) => one.draft),
    ],
  };
}

/** Who drew first blood: told by an objective, else the killer of the first kill. */
function firstBlood(objectives: Field[], kills: { ms: number; killer: DotaPlayer }[]) {
  for (const objective of objectives)
    if (objective.str('type') === 'CHAT_MESSAGE_FIRSTBLOOD')
      return {
        slot: objective.num(objective.maybe('slot') ? 'slot' : 'player1'),
        ms: objective.ms('time'),
      };
  const first = [...kills].sort((a, b) => a.ms - b.ms)[0];
  return first && { slot: first.killer.slot, ms: first.ms };
}

function chatDrafts(chat: Field[], players: DotaPlayer[]) {
  const lines = chat.flatMap((line) => {
    const slot = line.maybe('slot')?.value;
    const text = line.maybe('key')?.value;
    const spoken = line.str('type') === 'chat' && typeof text === 'string' && text.trim() !== '';
    if (!spoken || typeof slot !== 'number' || !players[slot]) return [];
    return [{ slot, draft: { ms: line.ms('time'), chat: text } }];
  });
  const count = chat.length - lines.length;
  const skipped: Skipped[] =
    count === 0 ? [] : [{ what: 'chat', why: 'no words of a player (chat wheel, empty, spectator)', count }];
  return { lines, skipped };
}
