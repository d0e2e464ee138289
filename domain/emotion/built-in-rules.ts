import type { Rule } from './rules.js';

/**
 * Of every game, where the game says nothing else. The plain rows of what happens every minute know what is felt, but not
 * how much it stirs this player now: they are not sure, and leave that to a model where there is one.
 */
// biome-ignore format: a table is read by its columns
export const builtInRules: readonly Rule[] = [
  { id: 'victory.dominant',     on: 'player.victory', when: [['killCount', 'at least', 15]],       feel: 'ecstatic',     intensity: 1.0,  confidence: 0.95, vad: [0.95, 0.90, 0.80],   because: 'fifteen kills and the win: nothing could stop this player' },
  { id: 'victory.relief',       on: 'player.victory', when: [['defeatsInRow', 'at least', 3]],     feel: 'relieved',     intensity: 0.85, confidence: 0.93, vad: [0.75, -0.10, 0.35],  because: 'the first win after three defeats lifts a weight' },
  { id: 'victory.mvp',          on: 'player.victory', when: [['mvp', 'is', true]],                 feel: 'excited',      intensity: 0.9,  confidence: 0.95, vad: [0.85, 0.80, 0.70],   because: 'best of the match, and it was won' },
  { id: 'victory.record',       on: 'player.victory', when: [['personalRecord', 'is', true]],      feel: 'proud',        intensity: 0.9,  confidence: 0.92, vad: [0.85, 0.50, 0.75],   because: 'better than ever before' },
  { id: 'victory.streak',       on: 'player.victory', when: [['victoriesInRow', 'at least', 2]],   feel: 'proud',        intensity: 0.8,  confidence: 0.9,  vad: [0.80, 0.45, 0.70],   because: 'a third win in a row is no accident' },
  { id: 'victory',              on: 'player.victory',                                              feel: 'happy',        intensity: 0.75, confidence: 0.9,  vad: [0.80, 0.45, 0.50],   because: 'a win is a win' },

  { id: 'defeat.streak',        on: 'player.defeat', when: [['defeatsInRow', 'at least', 2]],      feel: 'frustrated',   intensity: 0.85, confidence: 0.92, vad: [-0.75, 0.50, -0.60], because: 'the third defeat in a row hurts more than the first' },
  { id: 'defeat.brave',         on: 'player.defeat', when: [['killCount', 'at least', 15]],        feel: 'disappointed', intensity: 0.7,  confidence: 0.88, vad: [-0.45, 0.10, 0.10],  because: 'played well, lost all the same' },
  { id: 'defeat',               on: 'player.defeat',                                               feel: 'disappointed', intensity: 0.65, confidence: 0.88, vad: [-0.60, -0.10, -0.40], because: 'a defeat weighs' },

  { id: 'kill.multi.great',     on: 'player.multi_kill', when: [['killCount', 'at least', 4]],     feel: 'ecstatic',     intensity: 0.95, confidence: 0.95, vad: [0.90, 0.95, 0.85],   because: 'four or more at once' },
  { id: 'kill.multi',           on: 'player.multi_kill',                                           feel: 'excited',      intensity: 0.85, confidence: 0.93, vad: [0.80, 0.85, 0.70],   because: 'several at once' },
  { id: 'kill.first',           on: 'player.first_blood',                                          feel: 'excited',      intensity: 0.75, confidence: 0.9,  vad: [0.70, 0.70, 0.60],   because: 'the first kill of the match' },
  { id: 'kill.after-deaths',    on: 'player.kill', when: [['deathsInRow', 'at least', 3]],         feel: 'relieved',     intensity: 0.7,  confidence: 0.88, vad: [0.60, 0.30, 0.25],   because: 'the bad run is broken' },
  { id: 'kill.streak.great',    on: 'player.kill', when: [['killsInRow', 'at least', 7]],          feel: 'ecstatic',     intensity: 0.85, confidence: 0.9,  vad: [0.85, 0.85, 0.85],   because: 'eight without dying' },
  { id: 'kill.streak',          on: 'player.kill', when: [['killsInRow', 'at least', 2]],          feel: 'excited',      intensity: 0.7,  confidence: 0.88, vad: [0.70, 0.70, 0.65],   because: 'three and more without dying' },
  { id: 'kill.headshot',        on: 'player.kill', when: [['headshot', 'is', true]],               feel: 'proud',        intensity: 0.5,  confidence: 0.8,  vad: [0.55, 0.50, 0.60],   because: 'a clean shot' },
  { id: 'kill',                 on: 'player.kill',                                                 feel: 'happy',        intensity: 0.45, confidence: 0.7,  vad: [0.50, 0.50, 0.45],   because: 'a duel won' },

  { id: 'death.streak.bad',     on: 'player.death', when: [['deathsInRow', 'at least', 5]],        feel: 'angry',        intensity: 0.85, confidence: 0.9,  vad: [-0.80, 0.75, -0.35], because: 'six deaths without an answer' },
  { id: 'death.streak',         on: 'player.death', when: [['deathsInRow', 'at least', 2]],        feel: 'frustrated',   intensity: 0.8,  confidence: 0.92, vad: [-0.70, 0.60, -0.50], because: 'three and more deaths in a row' },
  { id: 'death.end-of-streak',  on: 'player.death', when: [['killsInRow', 'at least', 5]],         feel: 'disappointed', intensity: 0.6,  confidence: 0.86, vad: [-0.45, 0.25, -0.20], because: 'a great run ends' },
  { id: 'death',                on: 'player.death',                                                feel: 'tense',        intensity: 0.45, confidence: 0.7,  vad: [-0.40, 0.45, -0.35], because: 'it can happen, and it stings' },

  { id: 'achievement.record',   on: 'player.achievement', when: [['personalRecord', 'is', true]],  feel: 'ecstatic',     intensity: 0.9,  confidence: 0.94, vad: [0.90, 0.75, 0.80],   because: 'an achievement and a record' },
  { id: 'achievement',          on: 'player.achievement',                                          feel: 'proud',        intensity: 0.8,  confidence: 0.92, vad: [0.80, 0.55, 0.70],   because: 'something worth keeping' },
  { id: 'quest',                on: 'player.quest_completed',                                      feel: 'proud',        intensity: 0.6,  confidence: 0.88, vad: [0.65, 0.30, 0.55],   because: 'work brought to an end' },
  { id: 'level',                on: 'player.level_up',                                             feel: 'happy',        intensity: 0.4,  confidence: 0.86, vad: [0.50, 0.25, 0.45],   because: 'stronger than before' },
  { id: 'objective',            on: 'player.objective',                                            feel: 'determined',   intensity: 0.55, confidence: 0.86, vad: [0.50, 0.45, 0.60],   because: 'the plan works' },
  { id: 'assist',               on: 'player.assist',                                               feel: 'happy',        intensity: 0.35, confidence: 0.7,  vad: [0.45, 0.30, 0.30],   because: 'done together' },
  { id: 'loot.legendary',       on: 'player.loot', when: [['rarity', 'is', 'legendary']],          feel: 'surprised',    intensity: 0.9,  confidence: 0.92, vad: [0.75, 0.80, 0.30],   because: 'who would have thought' },
  { id: 'loot.epic',            on: 'player.loot', when: [['rarity', 'is', 'epic']],               feel: 'excited',      intensity: 0.65, confidence: 0.88, vad: [0.65, 0.60, 0.35],   because: 'a find to show around' },
  { id: 'damage.near-death',    on: 'player.damage_taken', when: [['damage', 'at least', 0.6]],    feel: 'tense',        intensity: 0.6,  confidence: 0.7,  vad: [-0.35, 0.70, -0.35], because: 'one more hit and it is over' },

  { id: 'match.start.hopeful',  on: 'match.start', when: [['defeatsInRow', 'at least', 2]],        feel: 'determined',   intensity: 0.5,  confidence: 0.85, vad: [0.25, 0.40, 0.35],   because: 'this time' },
  { id: 'match.start',          on: 'match.start',                                                 feel: 'hopeful',      intensity: 0.5,  confidence: 0.86, vad: [0.45, 0.35, 0.30],   because: 'everything is still possible' },
  { id: 'session.start',        on: 'session.start',                                               feel: 'happy',        intensity: 0.4,  confidence: 0.86, vad: [0.50, 0.20, 0.30],   because: 'together again' },
  { id: 'session.end',          on: 'session.end',                                                 feel: 'calm',         intensity: 0.4,  confidence: 0.85, vad: [0.30, -0.40, 0.30],  because: 'time to rest' },
  { id: 'save.loaded',          on: 'player.save_loaded',                                          feel: 'determined',   intensity: 0.4,  confidence: 0.85, vad: [0.20, 0.25, 0.35],   because: 'once more, and better' },
  { id: 'idle',                 on: 'player.idle',                                                 feel: 'bored',        intensity: 0.4,  confidence: 0.85, vad: [-0.10, -0.60, 0.05], because: 'nothing moves' },
];
