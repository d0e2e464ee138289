import { certifierBy } from '../../commands/erasing/certificate.js';
import { NotYet, type PersonStore, startErasing } from '../../commands/erasing/erasing.js';
import type { Grave } from '../../commands/erasing/graves.js';
import { gravesInPostgres } from '../../commands/erasing/graves.pg.js';
import type { RecentEvents } from '../../commands/memory/recent-events.js';
import { pagesStreamOf } from '../../commands/pages.js';
import { personKeysInPostgres } from '../../commands/person-keys/person-keys.pg.js';
import { snapshotStreamOf } from '../../commands/reactors/snapshots.js';
import { countLinesOf, eraseLinesOf } from '../../commands/voice/erase-lines.pg.js';
import { playerId, streamOf } from '../../domain/kernel/ids.js';
import type { EventLog } from '../../eventstore/log.js';
import { countInArchive, eraseFromArchive, outOfReach } from '../../projections/archive/erase.js';
import { ArchiveBusy } from '../../projections/archive/manifest.js';
import type { Pool } from '../../projections/database.js';
import { KEYS, storeOf } from '../../projections/erased.js';
import { Behind, clearIn, countIn } from '../../projections/erasing/generations.js';
import { parkedNaming, residueIn } from '../../projections/erasing/residue.js';
import { clearKeptRows, countKeptRows } from '../../projections/insight/erase.js';
import type { Projection } from '../../projections/projection.js';
import { BeingRebuilt } from '../../projections/rebuild/lock.js';

export type ErasingSide = {
  log: EventLog;
  pool: Pool;
  projections: readonly Projection[];
  recent: RecentEvents;
  /** What certificates are signed with. */
  certificateKey: Uint8Array;
  now: () => Date;
  warn: (message: string, error: unknown) => void;
};

/** Takes away all that was derived of players who were erased, and certifies it. */
export const startErasingSide = (side: ErasingSide): { stop(): Promise<void> } =>
  startErasing({
    log: side.log,
    graves: gravesInPostgres(side.pool),
    stores: storesOf(side),
    residueOf: ({ playerId }) => residueIn(side.pool, playerId),
    certify: certifierBy(side.certificateKey),
    now: side.now,
    warn: side.warn,
  });

const streamFor = (grave: Grave) => streamOf.player(playerId(grave.playerId));

/** Every place where something of a player is. A test looks whether anything else names one. */
function storesOf({ log, pool, projections, recent }: ErasingSide): PersonStore[] {
  return [
    keysIn(pool),
    ...projections.map((projection) => readModelIn(pool, projection)),
    parkedIn(pool),
    {
      name: 'lines',
      searchedFor: 'accounts of the player, and lines that wait to be written',
      count: ({ playerId }) => countLinesOf(pool, playerId),
      clear: ({ playerId }) => eraseLinesOf(pool, playerId),
    },
    {
      name: 'kept insights',
      searchedFor: 'rows that name the player',
      count: (grave) => countKeptRows(pool, grave),
      clear: (grave) => clearKeptRows(pool, grave).catch(notYet),
    },
    {
      name: 'archive',
      searchedFor: 'rows of the player in the files of months that are where they were written',
      count: ({ playerId }) => countInArchive(pool, playerId),
      clear: ({ playerId }) => eraseFromArchive(pool, projections, playerId).catch(notYet),
      why: () => outOfReach(pool),
    },
    {
      name: 'short-term memory',
      searchedFor: 'the last events of the player',
      count: (grave) => recent.count(streamFor(grave)),
      clear: (grave) => recent.forget(streamFor(grave)),
    },
    derivedStreams(log),
    eventLog(log),
  ];
}

function keysIn(pool: Pool): PersonStore {
  const keys = personKeysInPostgres(pool);
  return {
    name: KEYS,
    searchedFor: 'the key that what the player wrote, and is called, is encrypted with',
    noted: true,
    count: async (grave) => Number((await keys.find(streamFor(grave))) !== null),
    async clear(grave) {
      await keys.destroy(streamFor(grave));
    },
  };
}

const readModelIn = (pool: Pool, projection: Projection): PersonStore => ({
  name: storeOf(projection),
  searchedFor: 'rows of the player, also in what is being built and what was read before',
  noted: true,
  count: ({ playerId }) => countIn({ pool, projection }, playerId),
  clear: (grave) => clearIn({ pool, projection }, grave).catch(notYet),
});

/** Others are at work, or have not come so far. */
const waits = [Behind, BeingRebuilt, ArchiveBusy];

function notYet(error: unknown): never {
  throw waits.some((one) => error instanceof one) ? new NotYet((error as Error).message) : error;
}

const parkedIn = (pool: Pool): PersonStore => ({
  name: 'parked events',
  searchedFor: 'events of the player that a read model could not take',
  noted: true,
  count: ({ playerId }) => parkedNaming(pool, playerId),
  // With the rows of their read models.
  clear: async () => {},
});

function derivedStreams(log: EventLog): PersonStore {
  const streamsFor = (grave: Grave) => [snapshotStreamOf(streamFor(grave)), pagesStreamOf(streamFor(grave))];
  return {
    name: 'derived streams',
    searchedFor: 'snapshots of the companion, and pages of the stream, in the log',
    async count(grave) {
      let found = 0;
      for (const stream of streamsFor(grave)) for await (const _ of log.readStream(stream)) found++;
      return found;
    },
    async clear(grave) {
      for (const stream of streamsFor(grave)) await log.deleteStream(stream);
    },
  };
}

const eventLog = (log: EventLog): PersonStore => ({
  name: 'event log',
  searchedFor: 'events of the player',
  async count(grave) {
    for await (const { revision } of log.readStream(streamFor(grave), { backwards: true, max: 1 }))
      return revision + 1;
    return 0;
  },
  why: () =>
    'the log is only added to: what the person wrote and is called is ciphertext that has no key any more, and what the game told is under an id that names nobody',
});
