import type { DotaPlayer } from './dota2-file.js';
import type { Field } from './fields.js';
import type { Skipped } from './match.js';
import { type Draft, tally } from './timeline.js';

/** Who carried the Aegis of the Immortal when: it is gone after five minutes. */
export type Aegis = { hero: string; from: number; to: number };
const aegisMs = 300_000;

export function aegisHolders(players: DotaPlayer[], objectives: Field[]): Aegis[] {
  return objectives.flatMap((objective) => {
    if (objective.str('type') !== 'CHAT_MESSAGE_AEGIS') return [];
    const holder = holderOf(players, objective);
    const from = objective.ms('time');
    return holder ? [{ hero: holder.hero, from, to: from + aegisMs }] : [];
  });
}

type Told = { slot: number; draft: Draft };

/** Towers and barracks for whoever took them, Roshan for the whole team, the Aegis for its holder. */
export function objectiveDrafts(players: DotaPlayer[], objectives: Field[]) {
  const drafts: Told[] = [];
  const unused: string[] = [];
  for (const objective of objectives) {
    const type = objective.str('type');
    if (type === 'CHAT_MESSAGE_FIRSTBLOOD') continue;
    const told = toldOf(players, objective, type);
    drafts.push(...told);
    if (told.length === 0) unused.push(type);
  }
  const skipped = [...tally(unused)].map(([what, count]): Skipped => ({ what, count, why: reasonFor(what) }));
  return { drafts, skipped };
}

const reasonFor = (type: string) =>
  /KILL|kill/.test(type)
    ? 'names no player who did it'
    : 'nothing to feel about, or a type this reader does not know';

function toldOf(players: DotaPlayer[], objective: Field, type: string): Told[] {
  const ms = objective.ms('time');
  const holder = holderOf(players, objective);
  const won = (slot: number, data: Draft['data']): Told => ({
    slot,
    draft: { ms, type: 'player.objective', data },
  });
  if (type === 'CHAT_MESSAGE_ROSHAN_KILL') {
    const radiant = objective.num('team') === 2;
    return players
      .filter((player) => player.radiant === radiant)
      .map((player) =>
        won(player.slot, {
          name: 'Roshan',
          objective: 'roshan',
          role: player === holder ? 'killer' : 'team',
        }),
      );
  }
  if (!holder) return [];
  const { slot } = holder;
  if (type === 'CHAT_MESSAGE_TOWER_KILL')
    return [won(slot, { name: 'tower', objective: 'tower', role: 'killer' })];
  if (type === 'CHAT_MESSAGE_BARRACKS_KILL')
    return [won(slot, { name: 'barracks', objective: 'barracks', role: 'killer' })];
  if (type === 'CHAT_MESSAGE_AEGIS') {
    const data = { name: 'Aegis of the Immortal', rarity: 'legendary' as const };
    return [{ slot, draft: { ms, type: 'player.loot', data } }];
  }
  if (type !== 'building_kill') return [];
  const unit = objective.str('key');
  const own = unit.includes(holder.radiant ? 'goodguys' : 'badguys');
  const name = unit.replace(/^npc_dota_(good|bad)guys_/, '').replaceAll('_', ' ');
  const kind = name.includes('rax') ? 'barracks' : name.startsWith('tower') ? 'tower' : 'building';
  return own ? [] : [won(slot, { name, objective: kind, role: 'killer' })];
}

/** The player an objective names: by `player_slot`, `slot` or `player1`, whichever is there. */
function holderOf(players: DotaPlayer[], objective: Field): DotaPlayer | undefined {
  const value = (key: string) => objective.maybe(key)?.value;
  const playerSlot = value('player_slot');
  if (typeof playerSlot === 'number') return players.find((player) => player.playerSlot === playerSlot);
  const slot = value('slot') ?? value('player1');
  return typeof slot === 'number' ? players[slot] : undefined;
}
