import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pino } from 'pino';
import { DEFAULT_MODEL } from '../../domain/voice/prices.js';
import { startFollowers } from './thread.js';

it('while the thread is dead, questions are told "not now" at once, and a stop is a stop', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
  // Nothing can be connected with this: the thread dies at its start, again and again.
  const urls = { eventstore: 'no address', database: 'no address' };
  const roles = ['reactor', 'projector'] as const;
  const voice = { keysForPersons: [Buffer.alloc(32)], keyForPrompts: Buffer.alloc(32), model: DEFAULT_MODEL };
  const memory = { keysForPersons: null };
  const mail = { keysForPersons: [Buffer.alloc(32)], keysForTokens: [Buffer.alloc(32)], publicUrl: '' };
  const certificateKey = Buffer.alloc(32);
  const setups = { voice, memory, mail, certificateKey, tracing: null };
  const parts = { urls, roles, logLevel: 'silent', dataDir: 'nowhere', ...setups };
  const followers = startFollowers(parts, logger);
  const notNow = { message: 'the followers start again', code: '08006' };
  await assert.rejects(followers.status(), notNow, 'asked before it died');
  await assert.rejects(followers.status(), notNow, 'asked when it was dead');
  await followers.stop();
  assert.match(lines.join(''), /the followers died/);
});
