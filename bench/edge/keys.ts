import { percentile } from '../../cli/terminal/percentile.js';
import {
  IssueApiKey,
  IssueApiKeyHandler,
  RegisterClient,
  RegisterClientHandler,
} from '../../commands/clients/handlers.js';
import { writeSideOver } from '../../commands/testing/side.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { createTokens } from '../../gateway/auth/player-tokens.js';
import { openDoor } from '../../gateway/door.js';
import { type Spread, short, spreadOf } from '../statistics.js';

/** Microseconds of one check of an API key by who is let in, its rate counted as well. */
export type KeyCheck = { keys: number; p50: Spread; p99: Spread };

const KEYS = 10;
const CHECKS = 20_000;

/** Of a client with ten keys, who has asked before. */
export async function checkingKeys(rounds: number): Promise<KeyCheck> {
  const side = writeSideOver(memoryLog());
  const tokens = createTokens([Buffer.alloc(32)], side.now);
  const door = openDoor({
    ...{ side, tokens, adminKeySha256: '0'.repeat(64) },
    rates: { address: null, key: { perSecond: 1e6, burst: 1e7 }, player: null },
  });
  const keys = await issued(side);
  const found: { p50: number; p99: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const us: number[] = [];
    for (let nth = 0; nth < CHECKS; nth++) {
      const headers = { 'x-api-key': keys[nth % keys.length]! };
      const since = performance.now();
      const caller = await door.authentication.caller(headers);
      us.push((performance.now() - since) * 1000);
      if (caller instanceof Rejection) throw new Error(caller.message);
    }
    // The first warms up.
    if (round > 0) found.push({ p50: short(percentile(us, 50)), p99: short(percentile(us, 99)) });
  }
  const of = (name: 'p50' | 'p99') => spreadOf(found.map((one) => one[name]));
  return { keys: KEYS, p50: of('p50'), p99: of('p99') };
}

async function issued(side: ReturnType<typeof writeSideOver>): Promise<string[]> {
  const account = { name: 'Bench', email: 'bench@example.com', password: 'measured, not guessed' };
  const client = await new RegisterClientHandler(side).execute(new RegisterClient(account));
  if (client instanceof Rejection) throw new Error(client.message);
  const keys = [client.apiKey];
  while (keys.length < KEYS) {
    const key = await new IssueApiKeyHandler(side).execute(new IssueApiKey(client.clientId));
    if (key instanceof Rejection) throw new Error(key.message);
    keys.push(key.apiKey);
  }
  return keys;
}
