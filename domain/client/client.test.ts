import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type LogEvent, type Sealed } from '../events/log-events.js';
import { fold } from '../kernel/decider.js';
import { Rejection } from '../kernel/rejection.js';
import { type ClientCommand, client, KEYS_MAX, opensAt, quotaOf } from './client.js';

const sealed = 'sealed:x' as Sealed;
const registered: LogEvent = {
  type: 'ClientRegistered',
  data: { name: sealed, email: sealed, password: 'scrypt:', tier: 'free' },
};
const issued = (keyId: string): LogEvent => ({
  type: 'ApiKeyIssued',
  data: { keyId, sha256: `of ${keyId}` },
});
const verified: LogEvent = { type: 'EmailVerified', data: {} };
const NOW = '2026-01-01T12:00:00.000Z';
const LATER = '2026-01-02T12:00:00.000Z';

const decided = (command: ClientCommand, ...history: LogEvent[]) => {
  const answer = client.decide(command, fold(client, history));
  return answer instanceof Rejection ? answer.code : answer;
};
const issue = (keyId: string, replaces?: string): ClientCommand => ({
  ...{ type: 'IssueApiKey', keyId, sha256: `of ${keyId}`, at: NOW },
  ...(replaces && { retires: { keyId: replaces, endsAt: LATER } }),
});

describe('the keys of a client', () => {
  it('are changed over: the new one opens at once, the old one until its end', () => {
    const events = decided(issue('new', 'old'), registered, issued('old')) as LogEvent[];
    assert.deepEqual(events, [
      issued('new'),
      { type: 'ApiKeyRetired', data: { keyId: 'old', endsAt: LATER } },
    ]);
    const { keys } = fold(client, [registered, issued('old'), ...events]);
    assert.deepEqual(keys, { new: { sha256: 'of new' }, old: { sha256: 'of old', endsAt: LATER } });
    assert.equal(opensAt(keys.old!, NOW), true);
    assert.equal(opensAt(keys.old!, LATER), false);
    assert.equal(opensAt(keys.new!, LATER), true);
  });

  it('replace only what still opens', () => {
    const ended: LogEvent = { type: 'ApiKeyRetired', data: { keyId: 'old', endsAt: NOW } };
    assert.equal(decided(issue('new', 'old'), registered, issued('old'), ended), 'not_found');
    assert.equal(decided(issue('new', 'other'), registered, issued('old')), 'not_found');
    assert.equal(decided(issue('new', 'constructor'), registered, issued('old')), 'not_found');
    const unheard: LogEvent = { type: 'ApiKeyRetired', data: { keyId: 'other', endsAt: NOW } };
    assert.deepEqual(Object.keys(fold(client, [registered, issued('old'), unheard]).keys), ['old']);
  });

  it('are so many at most; those that have ended do not count', () => {
    const many = Array.from({ length: KEYS_MAX }, (_, nth) => issued(`k${nth}`));
    assert.equal(decided(issue('new'), registered, ...many), 'conflict');
    const ended: LogEvent = { type: 'ApiKeyRetired', data: { keyId: 'k1', endsAt: NOW } };
    assert.deepEqual(decided(issue('new'), registered, ...many, ended), [issued('new')]);
  });
});

describe('the address of a client', () => {
  it('is verified once, and asked for until then', () => {
    assert.deepEqual(decided({ type: 'AskForVerification' }, registered), [
      { type: 'EmailVerificationAsked', data: {} },
    ]);
    assert.deepEqual(decided({ type: 'VerifyEmail' }, registered), [verified]);
    for (const type of ['AskForVerification', 'VerifyEmail'] as const) {
      assert.deepEqual(decided({ type }, registered, verified), []);
      assert.equal(decided({ type }), 'not_found');
    }
  });

  it('has to be verified before there is more than the free tier', () => {
    const raise: ClientCommand = { type: 'ChangeTier', to: { tier: 'pro' } };
    assert.equal(decided(raise, registered), 'conflict');
    const raised = decided(raise, registered, verified) as LogEvent[];
    assert.deepEqual(raised, [{ type: 'TierChanged', data: { tier: 'pro' } }]);
    assert.equal(fold(client, [registered, verified, ...raised]).tier, 'pro');
    assert.deepEqual(decided(raise, registered, verified, ...raised), []);
    const agreed: ClientCommand = { type: 'ChangeTier', to: { tier: 'pro', quota: 5_000_000 } };
    const more = decided(agreed, registered, verified, ...raised) as LogEvent[];
    const state = fold(client, [registered, verified, ...raised, ...more]);
    assert.deepEqual([quotaOf(state), quotaOf(client.initial)], [5_000_000, 10_000]);
    assert.equal(quotaOf(fold(client, [registered, verified, ...more, ...raised])), 1_000_000);
    assert.deepEqual(decided({ type: 'ChangeTier', to: { tier: 'free' } }, registered, ...raised), [
      { type: 'TierChanged', data: { tier: 'free' } },
    ]);
  });
});
