import assert from 'node:assert/strict';
import { test } from 'node:test';
import { game } from '../../domain/game/game.js';
import type { StoredEvent } from '../../eventstore/log.js';
import { companionActionSchema } from '../../sdk/protocol.js';
import { type ShowParts, showing } from './show.js';

const show = showing({
  sealer: { open: async () => 'As with that win.', seal: async (_: string, text: string) => text },
  players: { state: async () => ({}) },
  games: { peek: () => game.initial, state: async () => game.initial },
} as unknown as ShowParts);

const emotion = { label: 'proud', intensity: 0.7, valence: 0.6, arousal: 0.4, dominance: 0.5 };
const act = {
  ...{
    actionId: 'an-action',
    causedBy: 'a-cause',
    at: '2026-01-01T00:00:00Z',
    action: 'nod',
    occasion: 'chat',
  },
  emotion: { ...emotion, confidence: 0.9, source: 'rule' },
};
const stored = (type: string, data: object): StoredEvent => ({
  ...{ id: 'an-event', stream: 'player-p', revision: 3, position: 9, type, data: { ...act, ...data } },
  metadata: { gameId: 'g' } as StoredEvent['metadata'],
});
const frameOf = async (event: StoredEvent) => companionActionSchema.parse(JSON.parse((await show(event))!));

const recalled = [{ memoryId: 'a-memory', score: 0.5 }];
const spoken = { text: 'Good.', lang: 'en', source: 'template', templateId: 'en.cool.victory.23' };
const written = { dialogue: { text: 'sealed:x', lang: 'en', source: 'llm' }, scene: 'chat', tone: 'calm' };
const by = { promptHash: 'x', model: 'm', usage: { input: 1, cacheWrite: 0, cacheRead: 0, output: 1 } };

test('a frame tells which memories the line was given, whoever wrote it', async () => {
  assert.deepEqual(
    (await frameOf(stored('CompanionActed', { dialogue: spoken, recalled }))).recalled,
    recalled,
  );
  const line = { ...written, ...by, cost: 1, latencyMs: 1 };
  const frame = await frameOf(stored('LineWritten', { ...line, recalled }));
  assert.deepEqual([frame.recalled, frame.dialogue!.text], [recalled, 'As with that win.']);
  for (const event of [stored('CompanionActed', { dialogue: spoken }), stored('LineWritten', line)])
    assert.equal('recalled' in (await frameOf(event)), false);
});

test('a frame tells what is felt as the protocol has it, and not by which model', async () => {
  const felt = { ...act.emotion, source: 'model', ruleId: 'kill' };
  const event = stored('CompanionActed', { emotion: { ...felt, model: 'm-1', features: 'a-hash' } });
  assert.deepEqual(JSON.parse((await show(event))!).emotion, felt);
  assert.deepEqual(JSON.parse((await show(stored('CompanionActed', {})))!).emotion, act.emotion);
});
