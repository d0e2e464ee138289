import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Career, careerAfter, initialCareer, WEEK_MS } from '../companion/career.js';
import type { Moment } from '../emotion/moment.js';
import { builtInEventTypes, type GameEvent, type GameEventType } from '../events/game-event.js';
import { becauseOf, isShared, sceneOf, scenes } from './scene.js';

const START = Date.UTC(2026, 0, 1);
const plain: Moment = {
  ...{ killCount: undefined, mvp: false, personalRecord: false, headshot: false, rarity: undefined },
  ...{
    damage: undefined,
    scoreGap: undefined,
    deathsInRow: 0,
    killsInRow: 0,
    defeatsInRow: 0,
    victoriesInRow: 0,
  },
  ...{ killsInMatch: 0, deathsInMatch: 0, firstTime: false, sessionMinutes: 0 },
};
const event = (type: GameEventType, seconds: number, data: Record<string, unknown> = {}): GameEvent => ({
  id: `${type}-${seconds}`,
  type,
  at: new Date(START + seconds * 1_000).toISOString(),
  data,
  context: {},
});

type Lived = [event: GameEvent, great?: boolean];
/** What a life comes to. */
const career = (lived: readonly Lived[]): Career =>
  lived.reduce((so, [next, great = false]) => careerAfter(so, next, great), initialCareer);
/** Given what was lived through, the scene of what happens then. */
function scene(
  lived: readonly Lived[],
  happens: GameEvent,
  { salient = false, ...moment }: Partial<Moment & { salient: boolean }> = {},
) {
  return sceneOf({ event: happens, moment: { ...plain, ...moment }, career: career(lived), salient });
}
const victories = (count: number, data: Record<string, unknown> = {}): Lived[] =>
  Array.from({ length: count }, (_, nth) => [event('player.victory', nth * 60, data)]);
const WEEK = WEEK_MS / 1_000;

describe('the scene of an event', () => {
  it('is a return after a week and more, and none of the very first session', () => {
    const before: Lived[] = [[event('player.kill', 0)]];
    assert.equal(scene(before, event('session.start', WEEK)), 'returned');
    assert.equal(scene(before, event('session.start', WEEK - 1)), null);
    assert.equal(scene(before, event('session.start', -2 * WEEK)), null, 'a clock set back is no return');
    assert.equal(scene([], event('session.start', 0), { firstTime: true }), null);
    assert.equal(scene(before, event('match.start', 2 * WEEK)), null);
  });

  it('is a milestone at round numbers of victories', () => {
    const at = Array.from({ length: 210 }, (_, before) =>
      scene(victories(before), event('player.victory', 1e6)) === 'milestone' ? before + 1 : 0,
    ).filter(Boolean);
    assert.deepEqual(at, [10, 25, 50, 100, 200]);
    assert.equal(scene(victories(9), event('player.defeat', 1e6)), null);
  });

  it('is a record when the game says so, or when a best is beaten that was one', () => {
    assert.equal(scene([], event('player.loot', 0), { personalRecord: true }), 'record');
    const best = victories(3, { killCount: 7 });
    assert.equal(scene(best, event('player.victory', 1e6, { killCount: 8 })), 'record');
    assert.equal(scene(best, event('player.victory', 1e6, { killCount: 7 })), null, 'no more than before');
    assert.equal(
      scene(best.slice(1), event('player.victory', 1e6, { killCount: 8 })),
      null,
      'nothing to beat yet',
    );
    assert.equal(scene(best, event('player.multi_kill', 1e6, { killCount: 8 })), null, 'another kind');
    assert.equal(scene(best, event('player.victory', 1e6)), null, 'nothing told');
    const low = victories(3, { killCount: 1 });
    assert.equal(scene(low, event('player.victory', 1e6, { killCount: 4 })), null, 'too few to speak of');
  });

  it('is a first of what is told of for years', () => {
    const firsts = builtInEventTypes.filter(
      (type) => scene([], event(type, 0), { firstTime: true }) === 'first_ever',
    );
    assert.deepEqual(firsts, ['player.multi_kill', 'player.victory', 'player.achievement']);
    assert.equal(scene([], event('custom.wedding', 0), { firstTime: true }), null);
  });

  it('is a busy one when great things come close together', () => {
    const two: Lived[] = [
      [event('player.multi_kill', 0), true],
      [event('player.achievement', 6), true],
    ];
    assert.equal(scene(two, event('player.multi_kill', 12), { salient: true }), 'busy');
    assert.equal(
      scene(two, event('player.multi_kill', 13), { salient: true }),
      null,
      'too long after the first',
    );
    assert.equal(scene(two, event('player.kill', 12)), null, 'itself no great thing');
    assert.equal(scene(two.slice(1), event('player.multi_kill', 12), { salient: true }), null);
  });

  it('is the rarest where several fit: a milestone before a record before a first', () => {
    const nine = victories(9, { killCount: 6 });
    const happens = event('player.victory', 1e6, { killCount: 9 });
    const all = { personalRecord: true, firstTime: true, salient: true };
    assert.equal(scene(nine, happens, all), 'milestone');
    assert.equal(scene(nine.slice(1), happens, all), 'record');
    assert.equal(scene([], event('player.victory', 1e6), { firstTime: true, salient: true }), 'first_ever');
  });

  it('never is an answer or a look back, whatever is lived through, and always can be told why', () => {
    const one = fc.record({
      type: fc.constantFrom<GameEventType>(...builtInEventTypes, 'custom.x'),
      seconds: fc.integer({ min: -1e6, max: 3e6 }),
      killCount: fc.option(fc.integer({ min: -1, max: 40 }), { nil: undefined }),
      great: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 30 }),
        one,
        fc.boolean(),
        fc.boolean(),
        (lived, last, firstTime, personalRecord) => {
          const eventOf = ({ type, seconds, killCount }: typeof last) =>
            event(type, seconds, killCount === undefined ? {} : { killCount });
          const life = lived.map((each): Lived => [eventOf(each), each.great]);
          const found = scene(life, eventOf(last), { firstTime, personalRecord, salient: last.great });
          if (found === null) return;
          assert.ok(scenes.includes(found) && found !== 'chat' && found !== 'recap');
          assert.doesNotMatch(becauseOf(found, eventOf(last), career(life)), /NaN|undefined|null|-\d/);
        },
      ),
    );
  });
});

describe('what makes a scene', () => {
  it('is told in words', () => {
    const ten = career(victories(9));
    assert.equal(becauseOf('milestone', event('player.victory', 1e6), ten), 'victory number 10');
    assert.equal(becauseOf('record', event('player.victory', 1e6), ten), 'a personal record');
    assert.equal(
      becauseOf('first_ever', event('player.multi_kill', 1e6), ten),
      "the first player.multi_kill of this player's life",
    );
    const away = event('session.start', 8 * 60 + 9 * 24 * 3_600);
    assert.equal(becauseOf('returned', away, ten), 'back after 9 days');
    assert.equal(becauseOf('busy', event('player.kill', 0), ten), 'several great things at once');
  });

  it('is shared where nothing of the player is in it', () => {
    assert.deepEqual(scenes.filter(isShared), ['milestone', 'record', 'first_ever', 'busy']);
  });
});
