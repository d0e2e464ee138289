import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogEvent } from '../events/log-events.js';
import { fold } from '../kernel/decider.js';
import { Rejection } from '../kernel/rejection.js';
import { type PlayerCommand, player } from './player.js';

const registration = {
  ...{ clientId: 'a-client', gameId: 'a-game', persona: 'cool', lang: 'en', person: 'a-person' },
  ...{ externalId: 'sealed:id', displayName: 'sealed:name' },
} as never;
const known: LogEvent[] = [{ type: 'PlayerRegistered', data: registration }];
const erased: LogEvent[] = [...known, { type: 'PlayerErased', data: {} }];

describe('a player who is to be erased', () => {
  it('is, once', () => {
    const events = player.decide({ type: 'ErasePlayer' }, fold(player, known));
    assert.deepEqual(events, [{ type: 'PlayerErased', data: {} }]);
    assert.deepEqual(player.decide({ type: 'ErasePlayer' }, fold(player, erased)), []);
    const nobody = player.decide({ type: 'ErasePlayer' }, player.initial);
    assert.ok(nobody instanceof Rejection && nobody.code === 'not_found');
  });

  it('takes nothing any more, not even registering', () => {
    const commands: PlayerCommand[] = [
      { type: 'RegisterPlayer', registration },
      { type: 'ChoosePersona', choice: { lang: 'zh' } },
      { type: 'RecordGameEvents', events: [] },
      {
        type: 'ReceiveChatMessage',
        message: { text: 'sealed:text' as never, at: '2026-01-01T00:00:00.000Z' },
      },
      { type: 'GiveFeedback', feedback: { actionId: 'an-act', reaction: 'like' } },
      { type: 'RevokePlayerTokens', upTo: 1 },
      { type: 'ForgetMemories', memories: { keys: [], memoryIds: [], reason: 'asked', at: '' } },
    ];
    for (const command of commands) {
      const refused = player.decide(command, fold(player, erased));
      assert.ok(refused instanceof Rejection && refused.code === 'erased', command.type);
    }
  });

  it('is known by nothing but whose player it was, whatever is stored late; and by the certificate', () => {
    const certificate = { format: 'a-form' };
    const late: LogEvent[] = [
      { type: 'PersonaChosen', data: { displayName: 'sealed:other' as never } },
      { type: 'ErasureCertified', data: { certificate } },
    ];
    assert.deepEqual(fold(player, [...erased, ...late]), {
      ...{ registered: true, clientId: 'a-client', gameId: 'a-game', persona: 'cool', lang: 'en' },
      ...{ erased: true, certificate },
    });
  });
});
