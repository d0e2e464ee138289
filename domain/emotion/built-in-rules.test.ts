import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { GameEvent, GameEventType } from '../events/game-event.js';
import { builtInRules } from './built-in-rules.js';
import { type Feeling, feel, initialFeeling } from './feel.js';
import type { Rule } from './rules.js';

/** A type of event alone, or with its data. */
type Tale = GameEventType | readonly [GameEventType, GameEvent['data']];
/** A rule, what makes it decide the last of these, what all but does, and which rule decides that; `null`: none. */
type Shown = readonly [rule: string, fires: readonly Tale[], nearly: readonly Tale[], instead: string | null];

const times = (count: number, type: GameEventType): Tale[] => Array.from({ length: count }, () => type);

// biome-ignore format: a table is read by its columns
const shown: readonly Shown[] = [
  ['victory.dominant',    [['player.victory', { killCount: 15 }]],            [['player.victory', { killCount: 14 }]],             'victory'],
  ['victory.relief',      [...times(3, 'player.defeat'), 'player.victory'],   [...times(2, 'player.defeat'), 'player.victory'],    'victory'],
  ['victory.mvp',         [['player.victory', { mvp: true }]],                [['player.victory', { mvp: false }]],                'victory'],
  ['victory.record',      [['player.victory', { personalRecord: true }]],     [['player.victory', { personalRecord: false }]],     'victory'],
  ['victory.streak',      times(3, 'player.victory'),                         ['player.defeat', ...times(2, 'player.victory')],    'victory'],
  ['victory',             ['player.victory'],                                 ['match.end'],                                       null],

  ['defeat.streak',       times(3, 'player.defeat'),                          times(2, 'player.defeat'),                           'defeat'],
  ['defeat.brave',        [['player.defeat', { killCount: 15 }]],             [['player.defeat', { killCount: 14 }]],              'defeat'],
  ['defeat',              ['player.defeat'],                                  times(3, 'player.defeat'),                           'defeat.streak'],

  ['kill.multi.great',    [['player.multi_kill', { killCount: 4 }]],          [['player.multi_kill', { killCount: 3 }]],           'kill.multi'],
  ['kill.multi',          [['player.multi_kill', { killCount: 2 }]],          [['player.kill', { killCount: 2 }]],                 'kill'],
  ['kill.first',          ['player.first_blood'],                             ['player.kill'],                                     'kill'],
  ['kill.after-deaths',   [...times(3, 'player.death'), 'player.kill'],       [...times(2, 'player.death'), 'player.kill'],        'kill'],
  ['kill.streak.great',   times(8, 'player.kill'),                            times(7, 'player.kill'),                             'kill.streak'],
  ['kill.streak',         times(3, 'player.kill'),                            ['player.kill', 'player.death', 'player.kill'],      'kill'],
  ['kill.headshot',       [['player.kill', { headshot: true }]],              [['player.kill', { headshot: false }]],              'kill'],
  ['kill',                times(2, 'player.kill'),                            times(3, 'player.kill'),                             'kill.streak'],

  ['death.streak.bad',    times(6, 'player.death'),                           times(5, 'player.death'),                            'death.streak'],
  ['death.streak',        times(3, 'player.death'),                           [...times(2, 'player.death'), 'player.kill', 'player.death'], 'death'],
  ['death.end-of-streak', [...times(5, 'player.kill'), 'player.death'],       [...times(4, 'player.kill'), 'player.death'],        'death'],
  ['death',               times(2, 'player.death'),                           times(3, 'player.death'),                            'death.streak'],

  ['achievement.record',  [['player.achievement', { personalRecord: true }]], [['player.achievement', { personalRecord: false }]], 'achievement'],
  ['achievement',         ['player.achievement'],                             [['player.achievement', { personalRecord: true }]],  'achievement.record'],
  ['quest',               ['player.quest_completed'],                         ['player.objective'],                                'objective'],
  ['level',               ['player.level_up'],                                ['player.quest_completed'],                          'quest'],
  ['objective',           ['player.objective'],                               ['player.assist'],                                   'assist'],
  ['assist',              ['player.assist'],                                  ['player.kill'],                                     'kill'],
  ['loot.legendary',      [['player.loot', { rarity: 'legendary' }]],         [['player.loot', { rarity: 'epic' }]],               'loot.epic'],
  ['loot.epic',           [['player.loot', { rarity: 'epic' }]],              [['player.loot', { rarity: 'rare' }]],               null],
  ['damage.near-death',   [['player.damage_taken', { damage: 0.6 }]],         [['player.damage_taken', { damage: 0.59 }]],         null],

  ['match.start.hopeful', [...times(2, 'player.defeat'), 'match.start'],      ['player.defeat', 'match.start'],                    'match.start'],
  ['match.start',         ['match.start'],                                    [...times(2, 'player.defeat'), 'match.start'],       'match.start.hopeful'],
  ['session.start',       ['session.start'],                                  ['match.start'],                                     'match.start'],
  ['session.end',         ['session.end'],                                    ['match.end'],                                       null],
  ['save.loaded',         ['player.save_loaded'],                             ['session.start'],                                   'session.start'],
  ['idle',                ['player.idle'],                                    ['custom.idle'],                                     null],
];

const START = Date.UTC(2026, 0, 1);

/** What the last of these makes felt, ten seconds after the one before. */
function decided(tales: readonly Tale[]) {
  let feeling: Feeling = initialFeeling;
  const felt = tales.map((tale, nth) => {
    const [type, data] = typeof tale === 'string' ? [tale, {}] : tale;
    const at = new Date(START + nth * 10_000).toISOString();
    const one = feel({ id: `${nth}`, type, at, data, context: {} }, feeling);
    feeling = one.feeling;
    return one.emotion;
  });
  return felt.at(-1)!;
}

/** The rules that nobody shows, and what is shown of none. */
function differences(rules: readonly Rule[], rows: readonly Shown[]): string[] {
  const has = (ids: readonly string[], id: string) => ids.filter((one) => one === id).length === 1;
  const [known, told] = [rules.map(({ id }) => id), rows.map(([id]) => id)];
  return [...known.filter((id) => !has(told, id)), ...told.filter((id) => !has(known, id))];
}

describe('each built-in rule', () => {
  for (const [id, fires, nearly, instead] of shown)
    it(`${id} decides its moment, and not what all but is one`, () => {
      const rule = builtInRules.find((one) => one.id === id);
      const felt = decided(fires);
      assert.deepEqual([felt.ruleId, felt.label, felt.source], [id, rule?.feel, 'rule']);
      assert.notEqual(instead, id);
      assert.equal(decided(nearly).ruleId ?? null, instead);
    });

  it('is shown above, and one that is not is noticed', () => {
    assert.deepEqual(differences(builtInRules, shown), []);
    const added: Rule = { ...builtInRules[0]!, id: 'added' };
    assert.deepEqual(differences([...builtInRules, added], shown), ['added']);
    assert.deepEqual(differences(builtInRules, [...shown, shown[0]!]), [shown[0]![0]]);
  });

  it('says why, in a few words of its own', () => {
    for (const { id, because } of builtInRules) assert.match(because, /^[a-z][^\n]{5,70}[^\s.]$/, id);
    assert.equal(new Set(builtInRules.map(({ because }) => because)).size, builtInRules.length);
  });
});
