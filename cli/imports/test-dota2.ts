import type { Loose } from './test-data.js';

const dotaPlayer = (slot: number, over: Loose = {}): Loose => ({
  player_slot: slot,
  hero_id: 1,
  kills: 0,
  deaths: 0,
  assists: 0,
  kills_log: [],
  killed_by: {},
  account_id: `acc-${slot}`,
  ...over,
});
const slain = (time: number, hero: string) => ({ time, key: `npc_dota_hero_${hero}` });

/**
 * Pudge (70 s: first blood) and Lina against Ursa, who takes the Aegis at 501 s and dies with it at 620 s; Lina dies
 * once to a creep in a teamfight.
 */
export function dotaSample(): Loose {
  return {
    match_id: 42,
    start_time: 1_450_000_000,
    duration: 1200,
    radiant_win: true,
    players: [
      dotaPlayer(0, {
        hero_id: 14,
        kills: 3,
        assists: 0,
        kills_log: [slain(70, 'ursa'), slain(75, 'ursa'), slain(620, 'ursa')],
        personaname: 'puddle',
      }),
      dotaPlayer(1, {
        hero_id: 25,
        deaths: 1,
        assists: 1,
        killed_by: { npc_dota_creep_badguys_melee: 1 },
        account_id: null,
      }),
      dotaPlayer(128, { hero_id: 70, deaths: 3, killed_by: { npc_dota_hero_pudge: 3 } }),
    ],
    objectives: [
      { time: 71, type: 'CHAT_MESSAGE_FIRSTBLOOD', slot: 0, player_slot: 0 },
      { time: 500, type: 'CHAT_MESSAGE_ROSHAN_KILL', team: 3 },
      { time: 501, type: 'CHAT_MESSAGE_AEGIS', slot: 2, player_slot: 128 },
      { time: 800, type: 'building_kill', key: 'npc_dota_badguys_tower1_mid', slot: 1, player_slot: 1 },
      { time: 900, type: 'CHAT_MESSAGE_TOWER_KILL', slot: -1, player1: -1, team: 2 },
      { time: 950, type: 'CHAT_MESSAGE_COURIER_LOST', killer: 1 },
    ],
    chat: [
      { time: -20, type: 'chat', key: 'glhf', slot: 1, player_slot: 1 },
      { time: 1210, type: 'chat', key: 'gg', slot: 2, player_slot: 128 },
      { time: 100, type: 'chatwheel', key: '71', slot: 0, player_slot: 0 },
    ],
    teamfights: [
      {
        start: 300,
        end: 330,
        last_death: 320,
        players: [
          { deaths: 0, damage: 5, healing: 0 },
          { deaths: 1, damage: 9, healing: 0 },
          { deaths: 0, damage: 7, healing: 0 },
        ],
      },
    ],
  };
}
