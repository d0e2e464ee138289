import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Client, client } from './client/client.js';
import type { LogEvent } from './events/log-events.js';
import { readLogEvent, UnreadableEvent } from './events/read.js';
import { game } from './game/game.js';
import { fold } from './kernel/decider.js';
import { derivedId } from './kernel/ids.js';
import { formatPosition, parsePosition } from './kernel/position.js';
import { Rejection } from './kernel/rejection.js';
import { player } from './player/player.js';

const registered: LogEvent = {
  type: 'ClientRegistered',
  data: { name: 'sealed:n' as never, email: 'sealed:e' as never, password: 'scrypt:…', tier: 'free' },
};
const issued: LogEvent = { type: 'ApiKeyIssued', data: { keyId: 'k1', sha256: 'aa' } };

describe('a client', () => {
  const given = (...events: LogEvent[]): Client => fold(client, events);
  it('registers once', () => {
    const again = client.decide(
      { type: 'RegisterClient', account: registered.data as never },
      given(registered),
    );
    assert.ok(again instanceof Rejection && again.code === 'conflict');
  });
  it('ends a key, which then opens no more', () => {
    const revoked = client.decide({ type: 'RevokeApiKey', keyId: 'k1' }, given(registered, issued));
    assert.deepEqual(revoked, [{ type: 'ApiKeyRevoked', data: { keyId: 'k1' } }]);
    assert.deepEqual(given(registered, issued, ...(revoked as LogEvent[])).keys, {});
  });
  it('has no key that it was not given, whatever it is called', () => {
    const revoked = client.decide({ type: 'RevokeApiKey', keyId: 'constructor' }, given(registered, issued));
    assert.ok(revoked instanceof Rejection && revoked.code === 'not_found');
  });
  it('issuing the same key again writes nothing', () => {
    const command = {
      type: 'IssueApiKey',
      keyId: 'k1',
      sha256: 'aa',
      at: '2026-01-01T00:00:00.000Z',
    } as const;
    assert.deepEqual(client.decide(command, given(registered, issued)), []);
  });
});

describe('a game', () => {
  it('is not found once deleted, and not made again', () => {
    const created: LogEvent = { type: 'GameCreated', data: { clientId: 'c', name: 'g', config: {} } };
    const gone = fold(game, [created, { type: 'GameDeleted', data: {} }]);
    const configured = game.decide({ type: 'ConfigureGame', name: 'x' }, gone);
    assert.ok(configured instanceof Rejection && configured.code === 'not_found');
    const again = game.decide({ type: 'CreateGame', clientId: 'c', name: 'g', config: {} }, gone);
    assert.ok(again instanceof Rejection && again.code === 'conflict');
  });
});

describe('a player', () => {
  it('is not found before it is registered', () => {
    const no = player.decide({ type: 'RecordGameEvents', events: [] }, player.initial);
    assert.ok(no instanceof Rejection && no.code === 'not_found');
  });
});

describe('the kernel', () => {
  it('derives the same UUID from the same cause and purpose, and another from another', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (a, b) => {
        assert.match(
          derivedId(a, 'x'),
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        assert.equal(derivedId(a, 'x'), derivedId(a, 'x'));
        assert.equal(derivedId(a, 'x') === derivedId(b, 'x'), a === b);
        assert.notEqual(derivedId(a, 'x'), derivedId(a, 'y'));
      }),
    );
  });
  it('reads back the positions it writes, and nothing else', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: -1, max: 2 ** 31 }), (position, revision) => {
        assert.deepEqual(parsePosition(formatPosition(position, revision)), { position, revision });
      }),
    );
    for (const text of ['', '1', '1:', ':1', '1:-2', 'a:1', '1:1:1', ' 1:1'])
      assert.equal(parsePosition(text), null);
  });
});

describe('the border of the log', () => {
  it('passes over a type it does not know, and names an event that is not what it says', () => {
    assert.equal(readLogEvent({ id: '1', type: 'FromTheFuture', data: {} }), null);
    assert.equal(readLogEvent({ id: '1', type: 'toString', data: {} }), null);
    assert.throws(
      () => readLogEvent({ id: 'e1', type: 'GameEventRecorded', data: { type: 1 } }),
      (error) => error instanceof UnreadableEvent && /e1.*GameEventRecorded.*type/.test(error.message),
    );
  });
});
