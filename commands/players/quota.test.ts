import assert from 'node:assert/strict';
import { it } from 'node:test';
import { asOperator } from '../../domain/access/reached.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { openQuota } from '../quota/quota.js';
import { aGameEvent, writeSideOver } from '../testing/side.js';
import { RecordGameEvents, RecordGameEventsHandler } from './play.js';
import { RegisterPlayer, RegisterPlayerHandler } from './profile.js';

const LIMIT = 5;

async function aPlayer() {
  const log = memoryLog();
  const side = writeSideOver(log, {
    quotaBy: () => openQuota({ limitOf: () => LIMIT, now: () => new Date(), warn: () => {} }),
  });
  side.quota.begin([]);
  const registration = { externalId: 'x', persona: 'cool', lang: 'en' } as const;
  const game = asOperator.game({ id: 'g', clientId: 'c' });
  const player = await new RegisterPlayerHandler(side).execute(new RegisterPlayer(game, registration));
  assert.ok(!(player instanceof Rejection));
  const recording = new RecordGameEventsHandler(side);
  const record = (
    events: ReturnType<typeof aGameEvent>[],
    more: { imported?: true; bytes?: number } = {},
  ) => {
    const { bytes = 1_000, ...origin } = more;
    const from = { player: asOperator.player(player.id), correlationId: 'x', ...origin };
    return recording.execute(new RecordGameEvents(from, events, bytes));
  };
  const count = () => log.events.filter(({ type }) => type === 'GameEventRecorded').length;
  return { record, count };
}

const kills = (count: number) => Array.from({ length: count }, () => aGameEvent('player.kill'));

it('stores all of a frame, or nothing where the month has no room for it; what it has is told again', async () => {
  const { record, count } = await aPlayer();
  const three = kills(3);
  assert.ok(!((await record(three)) instanceof Rejection));
  const refused = await record(kills(3));
  assert.ok(refused instanceof Rejection && refused.code === 'quota_exceeded');
  const { retryAfterMs } = refused.detail;
  assert.ok(retryAfterMs! > 0 && retryAfterMs! <= 31 * 24 * 3_600_000);
  assert.equal(count(), 3);
  const again = await record(three);
  assert.ok(!(again instanceof Rejection));
  assert.deepEqual([again.accepted, again.duplicates], [0, 3]);
  assert.ok(!((await record([...three, ...kills(2)])) instanceof Rejection), 'two are new, and fit');
  assert.ok(!((await record(three)) instanceof Rejection), 'also when nothing is left');
  assert.ok((await record(kills(1))) instanceof Rejection);
  assert.equal(count(), LIMIT);
});

it('lets in as many as there are, whatever comes at once', async () => {
  const { record, count } = await aPlayer();
  const answers = await Promise.all(Array.from({ length: 20 }, () => record(kills(1))));
  assert.equal(answers.filter((answer) => !(answer instanceof Rejection)).length, LIMIT);
  assert.equal(count(), LIMIT);
});

it('stores all of what takes several appends, or nothing', async () => {
  const { record, count } = await aPlayer();
  const large = (some: number) =>
    kills(some).map((kill) => ({ ...kill, data: { name: 'x'.repeat(100_000) } }));
  const six = large(6);
  const bytes = 600_000;
  const refused = await record(six, { bytes });
  assert.ok(refused instanceof Rejection && refused.code === 'quota_exceeded');
  assert.equal(count(), 0);
  assert.ok(!((await record(six.slice(0, 4), { bytes })) instanceof Rejection));
  const again = await record([...six.slice(0, 5)], { bytes });
  assert.ok(!(again instanceof Rejection) && again.accepted === 1 && again.duplicates === 4);
  assert.ok((await record(six, { bytes })) instanceof Rejection);
  assert.equal(count(), LIMIT);
});

it('holds no import back', async () => {
  const { record, count } = await aPlayer();
  assert.ok(!((await record(kills(9), { imported: true })) instanceof Rejection));
  assert.ok(!((await record(kills(LIMIT))) instanceof Rejection), 'nor does that count');
  assert.equal(count(), 9 + LIMIT);
});
