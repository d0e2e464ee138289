import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inspect } from 'node:util';
import type { Caller } from '../../domain/access/caller.js';
import { timelineOf } from '../../projections/game-events.js';
import { type QuestionParts, questionParts, type ReadApiParts } from '../parts.js';
import { recordsOfFigures } from './figures.js';

/** What does not compile here is what no question can do by mistake; each line is compiled, and none is run. */
export function forgetful({ records, ...parts }: QuestionParts, caller: Caller, id: string) {
  // @ts-expect-error no question has the database itself
  parts.pool;
  // @ts-expect-error nor the one that is written
  parts.writes;
  // @ts-expect-error nor the log
  parts.history(`player-${id}`);
  // @ts-expect-error nor what comes to anybody's mind, or was said to anybody
  parts.recalled({ playerId: id, q: 'x', limit: 1 });
  // @ts-expect-error a player is found for somebody
  records.player(id);
  // @ts-expect-error and so is a game
  records.game(id);
  // @ts-expect-error a caller that may be a player has no lists
  records.games(caller, { after: 0, limit: 1 });
  // @ts-expect-error nor figures
  records.figures(caller, { from: '2026-01-01', to: '2026-01-02' });
  // @ts-expect-error only the operator has the databases
  records.operator(caller);
  // @ts-expect-error a read model is not asked with what stands for all of them
  timelineOf(records, { playerId: id, limit: 1 });
  // @ts-expect-error nor are figures
  recordsOfFigures(records, { from: '2026-01-01', to: '2026-01-02' });
}

it('keeps the database to itself', () => {
  const pool = { secret: 'the pool' } as unknown as ReadApiParts['pool'];
  const parts = questionParts({ pool, writes: pool } as ReadApiParts);
  assert.ok(!('pool' in parts || 'writes' in parts || 'history' in parts));
  assert.ok(!inspect(parts, { depth: 9, showHidden: true }).includes('the pool'));
});
