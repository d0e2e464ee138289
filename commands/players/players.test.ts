import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import { asOperator } from '../../domain/access/reached.js';
import { playerId, streamOf } from '../../domain/kernel/ids.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { type MemoryLog, memoryLog } from '../../eventstore/testing/memory-log.js';
import { aGameEvent, writeSideOver } from '../testing/side.js';
import {
  GiveFeedback,
  GiveFeedbackHandler,
  ReceiveChatMessage,
  ReceiveChatMessageHandler,
  RecordGameEvents,
  RecordGameEventsHandler,
} from './play.js';
import { ChoosePersona, ChoosePersonaHandler, RegisterPlayer, RegisterPlayerHandler } from './profile.js';

const ok = <T>(result: T | Rejection): T => {
  assert.ok(!(result instanceof Rejection), (result as Rejection).message);
  return result;
};
const codeOf = (result: unknown) => (result instanceof Rejection ? result.code : 'done');

const nobody = asOperator.player('nobody');

async function aPlayer(log: MemoryLog = memoryLog()) {
  const side = writeSideOver(log);
  const game = asOperator.game({ id: 'g', clientId: 'c' });
  const registration = {
    externalId: 'steam:42',
    displayName: '小明',
    persona: 'cute' as const,
    lang: 'zh' as const,
  };
  const register = () => new RegisterPlayerHandler(side).execute(new RegisterPlayer(game, registration));
  const view = ok(await register());
  const player = asOperator.player(view.id);
  return { log, side, register, view, player, origin: { player, correlationId: 'corr' } };
}

it('registers a player once; who it is stays sealed', async () => {
  const { log, side, register, view } = await aPlayer();
  assert.deepEqual(ok(await register()), view);
  assert.equal(log.events.length, 1);
  assert.ok(!JSON.stringify(log.events).match(/steam|小明/));
  assert.match(view.id, /^[0-9a-f]{32}$/);
  const { externalId, displayName } = log.events[0]!.data as Record<string, string>;
  assert.equal(await side.sealer.open(`player-${view.id}`, externalId!), 'steam:42');
  assert.equal(await side.sealer.open(`player-${view.id}`, displayName!), '小明');
});

it('changes what is chosen and leaves the rest', async () => {
  const { side, view, player } = await aPlayer();
  const choose = new ChoosePersonaHandler(side);
  const changed = ok(await choose.execute(new ChoosePersona(player, { lang: 'en' })));
  assert.deepEqual(changed, { ...view, lang: 'en' });
  assert.equal(codeOf(await choose.execute(new ChoosePersona(nobody, { lang: 'en' }))), 'not_found');
});

it('records events once under their own ids, with the tenant and the cause', async () => {
  const { log, side, origin } = await aPlayer();
  const record = new RecordGameEventsHandler(side);
  const events = [aGameEvent('player.kill'), aGameEvent('player.death')];
  const first = ok(await record.execute(new RecordGameEvents(origin, [...events, events[0]!], 500)));
  assert.deepEqual(first, { position: 3, revision: 2, accepted: 2, duplicates: 1 });
  const again = ok(await record.execute(new RecordGameEvents(origin, events, 500)));
  assert.deepEqual([again.accepted, again.duplicates], [0, 2]);
  assert.deepEqual(
    log.events.slice(1).map(({ id }) => id),
    events.map(({ id }) => id),
  );
  const { metadata } = log.events[1]!;
  assert.deepEqual(
    [metadata.$correlationId, metadata.$causationId, metadata.clientId, metadata.gameId],
    ['corr', events[0]!.id, 'c', 'g'],
  );
  const ofNobody = new RecordGameEvents({ ...origin, player: nobody }, events, 500);
  assert.equal(codeOf(await record.execute(ofNobody)), 'not_found');
});

it('stores a large request in appends that the log can take, all of it, once', async () => {
  const { log, side, origin } = await aPlayer();
  const events = Array.from({ length: 120 }, () =>
    aGameEvent('custom.story', 0, { text: '字'.repeat(3_000) }),
  );
  const sizes: number[] = [];
  log.faults.beforeAppend = (_, drafts) => void sizes.push(Buffer.byteLength(JSON.stringify(drafts)));
  const bytes = Buffer.byteLength(JSON.stringify(events));
  const record = () => new RecordGameEventsHandler(side).execute(new RecordGameEvents(origin, events, bytes));
  const results = (await Promise.all([record(), record()])).map(ok);
  assert.equal(
    results.reduce((sum, { accepted }) => sum + accepted, 0),
    120,
  );
  assert.equal(
    results.reduce((sum, { duplicates }) => sum + duplicates, 0),
    120,
  );
  assert.ok(sizes.length > 3 && Math.max(...sizes) < 900_000, String(sizes));
  assert.equal(log.events.length, 121);
});

it('keeps a chat sealed and takes feedback, each once', async () => {
  const { log, side, origin } = await aPlayer();
  const chat = new ReceiveChatMessage(origin, {
    id: randomUUID(),
    text: 'my plan',
    at: new Date().toISOString(),
    lang: 'en',
  });
  const feedback = new GiveFeedback(origin, randomUUID(), { actionId: randomUUID(), reaction: 'mute' });
  for (const accepted of [1, 0]) {
    assert.equal(ok(await new ReceiveChatMessageHandler(side).execute(chat)).accepted, accepted);
    assert.equal(ok(await new GiveFeedbackHandler(side).execute(feedback)).accepted, accepted);
  }
  assert.deepEqual(
    log.events.map(({ type }) => type),
    ['PlayerRegistered', 'ChatMessageReceived', 'FeedbackGiven'],
  );
  assert.ok(!JSON.stringify(log.events).includes('my plan'));
});

it('keeps how a chat sounds beside it, never what tells of distress, nor a tone that nobody heard', async () => {
  const { log, side, origin } = await aPlayer();
  const write = async (text: string) => {
    const chat = { id: randomUUID(), text, at: new Date().toISOString() };
    ok(await new ReceiveChatMessageHandler(side).execute(new ReceiveChatMessage(origin, chat)));
    return log.events.at(-1)!.data as { tone?: { valence: number; arousal: number; abuse?: string } };
  };
  assert.ok((await write('this is great, I love it')).tone!.valence > 0.3);
  assert.ok((await write('太难受了')).tone!.valence < -0.2);
  assert.equal((await write('you are an idiot')).tone!.abuse, 'insult');
  assert.equal((await write('qwzx')).tone, undefined);
  assert.doesNotMatch(JSON.stringify(await write('I want to kill myself')), /abuse|self|distress/);
});

it('keeps beside a chat what it is to memory, and nothing of what tells of distress', async () => {
  const { log, side, origin } = await aPlayer();
  const write = async (text: string) => {
    const chat = { id: randomUUID(), text, at: new Date().toISOString() };
    ok(await new ReceiveChatMessageHandler(side).execute(new ReceiveChatMessage(origin, chat)));
    const { tells, wishes } = log.events.at(-1)!.data as { tells?: true; wishes?: string };
    return { tells, wishes };
  };
  assert.deepEqual(await write('my cat is called Momo'), { tells: true, wishes: undefined });
  assert.deepEqual(await write('忘掉这个'), { tells: undefined, wishes: 'forget' });
  for (const text of ['gg', 'my cat died, I want to kill myself'])
    assert.deepEqual(await write(text), { tells: undefined, wishes: undefined });
});

it('knows a person again in another game of the client, and in no other client', async () => {
  const side = writeSideOver(memoryLog());
  const of = async (clientId: string, gameId: string) => {
    const game = asOperator.game({ id: gameId, clientId });
    const registration = { externalId: 'steam:42', persona: 'cute', lang: 'zh' as const };
    const view = ok(await new RegisterPlayerHandler(side).execute(new RegisterPlayer(game, registration)));
    return (await side.players.state(streamOf.player(playerId(view.id)))).person;
  };
  const person = await of('c', 'g');
  assert.ok(person !== undefined && person === (await of('c', 'g2')));
  assert.notEqual(await of('c2', 'g3'), person);
});
