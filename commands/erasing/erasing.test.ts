import assert from 'node:assert/strict';
import { it } from 'node:test';
import { asOperator } from '../../domain/access/reached.js';
import { all, until } from '../../eventstore/testing/events.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { RegisterPlayer, RegisterPlayerHandler } from '../players/profile.js';
import { writeSideOver } from '../testing/side.js';
import { certifierBy, readCertificate } from './certificate.js';
import { ErasePlayer, ErasePlayerHandler } from './erase-player.js';
import { type ErasingParts, type PersonStore, startErasing } from './erasing.js';
import type { Grave, Graves } from './graves.js';

const CLAIM_MS = 20;

/** Graves of one player in memory, as Postgres has them. */
function graves(grave: Grave) {
  const found = new Map<string, number>();
  let claimedUntil = 0;
  let done = false;
  return {
    isDone: () => done,
    claim: async (forMs: number) => {
      if (done || claimedUntil > performance.now()) return null;
      claimedUntil = performance.now() + forMs;
      return grave;
    },
    async renew() {
      claimedUntil = performance.now() + CLAIM_MS;
    },
    note: async (_: string, store: string, count: number) =>
      void found.set(store, Math.max(found.get(store) ?? 0, count)),
    found: async () => found,
    async done() {
      done = true;
    },
  };
}

/** `failures`: so often it cannot be cleared. */
function shelf(name: string, has: number, failures = 0): PersonStore & { left(): number } {
  let [left, fails] = [has, failures];
  return {
    name,
    searchedFor: 'things',
    left: () => left,
    count: async () => left,
    async clear() {
      if (fails-- > 0) throw new Error(`${name} is away`);
      left = 0;
    },
  };
}

async function anErasure() {
  const log = memoryLog();
  const side = writeSideOver(log);
  const who = { externalId: 'ann', persona: 'cool', lang: 'en' } as const;
  const registering = new RegisterPlayer(asOperator.game({ id: 'g', clientId: 'c' }), who);
  const { id } = (await new RegisterPlayerHandler(side).execute(registering)) as { id: string };
  const player = asOperator.player(id);
  assert.equal(await new ErasePlayerHandler(side).execute(new ErasePlayer(player, 0)), null);
  const grave = { playerId: id, clientId: 'c', gameId: 'g', position: await log.head() };
  const warned: string[] = [];
  const parts = (over: Partial<ErasingParts>): ErasingParts => ({
    ...{ log, graves: graves(grave), stores: [], now: side.now, everyMs: 5, claimMs: CLAIM_MS },
    ...{ certify: certifierBy(Buffer.alloc(32, 1)), residueOf: async () => ({ tables: 1, rows: 0 }) },
    warn: (message) => void warned.push(message),
    ...over,
  });
  const certificates = async () =>
    (await all(log.readStream(`player-${id}`))).filter(({ type }) => type === 'ErasureCertified');
  const again = () => new ErasePlayerHandler(side).execute(new ErasePlayer(player, 60_000));
  return { id, grave, parts, warned, certificates, again };
}

it('an erasure is certified when nothing is left anywhere; a store that is away holds up no other', async () => {
  const { id, grave, parts, certificates, again, warned } = await anErasure();
  const stores = [shelf('one', 3, 2), shelf('two', 2)];
  const log: PersonStore = {
    name: 'log',
    searchedFor: 'events',
    count: async () => 5,
    why: () => 'it stays',
  };
  const kept = graves(grave);
  let rows = 1;
  const residueOf = async () => ({ tables: 1, rows: rows-- > 0 ? 1 : 0 });
  const erasing = startErasing(parts({ graves: kept, stores: [...stores, log], residueOf }));
  await until(() => stores[1]!.left() === 0);
  assert.equal(kept.isDone(), false);
  const certificate = readCertificate(await again());
  await until(() => kept.isDone());
  await erasing.stop();
  assert.deepEqual(certificate?.searched, [
    { store: 'one', searchedFor: 'things', found: 3, removed: 3, left: 0 },
    { store: 'two', searchedFor: 'things', found: 2, removed: 2, left: 0 },
    { store: 'log', searchedFor: 'events', found: 5, removed: 0, left: 5, why: 'it stays' },
  ]);
  assert.equal(certificate.playerId, id);
  assert.equal((await certificates()).length, 1);
  // The logger hashes the id in a stream's name, and in nothing else.
  assert.equal(warned[0], `the erasure of player-${id} is tried again`);
  assert.equal(warned.length, 2, "what is only not there yet is nobody's trouble");
});

it('carried out again, by whomever, the first certificate counts', async () => {
  const { grave, parts, certificates, again } = await anErasure();
  for (let nth = 0; nth < 2; nth++) {
    const kept = graves(grave);
    const erasing = startErasing(parts({ graves: kept, stores: [shelf('one', 3 - nth)] }));
    await until(() => kept.isDone());
    await erasing.stop();
  }
  assert.equal((await certificates()).length, 1);
  assert.equal(readCertificate(await again())?.searched[0]?.found, 3);
});

it('what takes longer than a claim lasts is not begun by another as well', async () => {
  const { grave, parts } = await anErasure();
  const kept = graves(grave);
  // A claim lasts for so many looks of the other, however slow this machine is.
  const LOOKS = 20;
  let [left, refused, clears] = [0, 0, 0];
  const shared: Graves = {
    ...kept,
    async claim() {
      if (kept.isDone()) return null;
      if (left > 0) {
        left--;
        refused++;
        return null;
      }
      left = LOOKS;
      return grave;
    },
    async renew() {
      left = LOOKS;
    },
  };
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const archive: PersonStore = {
    ...{ name: 'archive', searchedFor: 'rows', count: async () => 0 },
    clear() {
      clears++;
      return finished;
    },
  };
  const both = [0, 1].map(() => startErasing(parts({ graves: shared, stores: [archive] })));
  await until(() => refused > 3 * LOOKS || clears > 1);
  const begun = clears;
  finish();
  await until(() => kept.isDone());
  await Promise.all(both.map((one) => one.stop()));
  assert.equal(begun, 1);
});
