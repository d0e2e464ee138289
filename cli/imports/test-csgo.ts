import type { Loose } from './test-data.js';

const csgoPlayer = (over: Loose = {}): Loose => ({
  kills: [],
  assists: 0,
  deaths: 0,
  damage: 0,
  bombsplanted: 0,
  bombsdefused: 0,
  health: 100,
  ...over,
});
const shot = (victim: string, over: Loose = {}): Loose => ({
  victim,
  weapon: 'ak47',
  headshot: true,
  penetrated: false,
  clutch: false,
  firstkill: false,
  ...over,
});

/** Two against two, three rounds: in the last one the teams stand the other way round, as some files have it. */
export function csgoSample(): Loose {
  const round = (seconds: number, reason: string | null, teams: Loose[]) => ({
    active: true,
    timestamp: 1_500_000_000_000 + seconds * 1000,
    teamwon: 1,
    reason,
    team1: { score: teams[0].score, players: teams[0].players },
    team2: { score: teams[1].score, players: teams[1].players },
  });
  return {
    starttime: 1_500_000_000_000,
    map: 'de_sample',
    duration: '6',
    team1: { name: 'same', score: 2 },
    team2: { name: 'same', score: 1 },
    players: { A: 'ann', B: 'bob', C: 'cid', D: 'dan' },
    rounds: [
      round(15, 'bomb', [
        {
          score: 1,
          players: {
            A: csgoPlayer({ kills: [shot('C', { firstkill: true }), shot('D')], bombsplanted: 1 }),
            B: csgoPlayer({ assists: 1, health: 40 }),
          },
        },
        {
          score: 0,
          players: { C: csgoPlayer({ deaths: 1, health: 0 }), D: csgoPlayer({ deaths: 1, health: 0 }) },
        },
      ]),
      round(115, null, [
        {
          score: 1,
          players: {
            A: csgoPlayer({ deaths: 1, health: 0 }),
            B: csgoPlayer({ kills: [shot('A', { weapon: 'knife' })] }),
          },
        },
        {
          score: 1,
          players: { C: csgoPlayer({ kills: [shot('B')] }), D: csgoPlayer({ deaths: 1, health: 0 }) },
        },
      ]),
      round(215, 'defuse', [
        {
          score: 1,
          players: { C: csgoPlayer({ deaths: 1, health: 0 }), D: csgoPlayer({ deaths: 1, health: 0 }) },
        },
        {
          score: 2,
          players: { A: csgoPlayer({ kills: [shot('C'), shot('D')], bombsdefused: 1 }), B: csgoPlayer() },
        },
      ]),
    ],
  };
}

/** A warm-up with a bot, a restart, then two live rounds and a "gg"; afterwards the next warm-up. */
export function csgoLogSample(): string {
  const ann = (side: string, slot = 7) => `"ann<${slot}><STEAM-A><${side}>"`;
  const cid = (side: string) => `"cid "x"<9><STEAM-C><${side}>"`;
  const lines = [
    ['15:00:00', 'World triggered "Match_Start" on "de_warm"'],
    ['15:00:05', `${ann('CT', 3)} [1 2 3] killed "Joe<4><BOT><TERRORIST>" [1 2 3] with "deagle" (headshot)`],
    ['15:00:09', `"eve<8><STEAM-E><CT>" say "who coaches?"`],
    ['15:01:00', 'World triggered "Match_Start" on "de_sample"'],
    ['15:01:01', 'World triggered "Round_Start"'],
    [
      '15:01:10',
      `${ann('CT')} [-1 2 3] killed ${cid('TERRORIST')} [1 2 3] with "m4a1" (headshot penetrated)`,
    ],
    ['15:01:10', `"dan<5><STEAM-D><CT>" assisted killing ${cid('TERRORIST')}`],
    ['15:01:12', `"Joe<4><BOT><TERRORIST>" [1 2 3] killed ${ann('CT')} [1 2 3] with "ak47"`],
    [
      '15:01:20',
      `"bea<6><STEAM-B><TERRORIST>" [1 2 3] attacked "dan<5><STEAM-D><CT>" [1 2 3] with "awp" (damage "90") (damage_armor "1") (health "10") (hitgroup "chest")`,
    ],
    ['15:01:30', `"bea<6><STEAM-B><TERRORIST>" triggered "Planted_The_Bomb"`],
    ['15:02:10', `"dan<5><STEAM-D><CT>" [1 2 3] was killed by the bomb.`],
    ['15:02:10', 'Team "CT" scored "0" with "2" players'],
    ['15:02:10', 'Team "TERRORIST" scored "1" with "2" players'],
    ['15:02:10', 'World triggered "Round_End"'],
    ['15:02:20', `"bea<6><STEAM-B><TERRORIST>" say_team "nice one"`],
    ['15:02:30', 'World triggered "Round_Start"'],
    ['15:02:40', `${cid('TERRORIST')} [1 2 3] committed suicide with "world"`],
    ['15:03:00', 'Team "CT" scored "0" with "2" players'],
    ['15:03:00', 'Team "TERRORIST" scored "2" with "2" players'],
    ['15:03:00', 'World triggered "Round_End"'],
    ['15:03:00', 'Game Over: competitive mg_active de_sample score 0:2 after 2 min'],
    ['15:03:05', `${ann('CT')} say "gg"`],
    ['15:09:00', 'World triggered "Match_Start" on "de_sample"'],
    ['15:09:01', `${ann('CT')} [1 2 3] killed ${cid('TERRORIST')} [1 2 3] with "m4a1"`],
  ];
  return `${lines.map(([time, text]) => `L 02/24/2018 - ${time}: ${text}`).join('\r\n')}\r\n`;
}
