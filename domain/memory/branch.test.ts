import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { initialPlay, type Play, pathOf, playAfter, playWith, visible } from './branch.js';

const AT = Date.parse('2026-11-20T10:00:00.000Z');
const iso = (second: number) => new Date(AT + second * 1000).toISOString();
type Kept = { revision: number; at: string };

/** What happens, one a second: something is kept, or a save game is loaded, of so many seconds and along a line. */
type Move = 'kept' | 'nothing' | { savedAt?: number; line?: string };

function lived(moves: readonly Move[]) {
  let play: Play = initialPlay;
  const memories: Kept[] = [];
  for (const [revision, move] of moves.entries()) {
    if (move === 'nothing') continue;
    if (move === 'kept') {
      memories.push({ revision, at: iso(revision) });
      play = playWith(play, [AT + revision * 1000]);
      continue;
    }
    const { savedAt, line = null } = move;
    const at = savedAt === undefined ? null : AT + savedAt * 1000;
    play = playAfter(play, { revision, now: AT + revision * 1000, savedAt: at, line });
  }
  const seen = visible(memories, pathOf(play), moves.length).map(({ revision }) => revision);
  return { play, memories, seen };
}

describe('what a moment looks back upon', () => {
  it('is all of it where nothing was undone', () => {
    assert.deepEqual(lived(['kept', 'kept', {}, 'kept']).seen, [0, 1, 3]);
    assert.deepEqual(visible(lived(['kept', 'kept']).memories, pathOf(initialPlay), 0), [
      { revision: 0, at: iso(0) },
    ]);
  });

  it('is what was lived before the save was made, and what came after it was loaded', () => {
    assert.deepEqual(lived(['kept', 'kept', 'kept', { savedAt: 1 }, 'kept']).seen, [0, 1, 4]);
    assert.deepEqual(
      lived(['kept', 'kept', { savedAt: 0 }, 'kept', 'kept', { savedAt: 3 }, 'kept']).seen,
      [0, 3, 6],
    );
  });

  it('is the line of play that goes on, as it was left', () => {
    const moves: Move[] = ['kept', { line: 'a' }, 'kept', { line: 'b' }, 'kept', { line: 'a' }, 'kept'];
    assert.deepEqual(lived(moves).seen, [0, 2, 6]);
    assert.deepEqual(lived([...moves, { line: 'b' }]).seen, [0, 2, 4]);
    assert.deepEqual(lived([...moves, { line: 'b', savedAt: 2 }]).seen, [0, 2]);
  });

  it('stays short, however often it is loaded, as long as little is undone', () => {
    const moves = Array.from({ length: 1000 }, (_, nth): Move => (nth % 5 === 4 ? { savedAt: nth } : 'kept'));
    const { play, seen } = lived(moves);
    assert.equal(play.path.length, 2);
    assert.equal(seen.length, 800);
  });

  const move = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Move>('kept') },
    fc.constant<Move>('nothing'),
    fc.nat({ max: 60 }).map((savedAt): Move => ({ savedAt })),
  );

  it('is exactly what no save game has undone', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        let alive: number[] = [];
        let undoings = 0;
        for (const [revision, one] of moves.entries()) {
          if (one === 'kept') alive.push(revision);
          if (typeof one === 'string') continue;
          const left = alive.filter((kept) => kept <= one.savedAt!);
          if (left.length < alive.length) undoings++;
          alive = left;
        }
        const { seen } = lived(moves);
        if (undoings < 15) assert.deepEqual(seen, alive);
        else assert.ok(seen.every((revision) => alive.includes(revision)));
      }),
      { numRuns: 500 },
    );
  });

  it('never brings back what was undone, and stays small, along however many lines', () => {
    const onLines = fc.oneof(
      move,
      fc
        .record({ line: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j') })
        .map((one): Move => one),
    );
    fc.assert(
      fc.property(fc.array(onLines, { maxLength: 300 }), (moves) => {
        const { play, memories } = lived(moves);
        assert.ok(play.path.length <= 16 && play.others.length <= 6);
        const known = memories.map(({ revision }) => revision);
        assert.ok(visible(memories, pathOf(play), 10).every(({ revision }) => revision <= 10));
        assert.ok(lived(moves).seen.every((revision) => known.includes(revision)));
      }),
    );
  });
});
