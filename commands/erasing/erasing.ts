import { setTimeout as sleep } from 'node:timers/promises';
import type { LogEventData } from '../../domain/events/log-events.js';
import { derivedId, playerId, streamOf } from '../../domain/kernel/ids.js';
import { formatPosition } from '../../domain/kernel/position.js';
import type { EventLog, StoredEvent } from '../../eventstore/log.js';
import { metadataOf } from '../metadata.js';
import type { Certificate, Content, Searched } from './certificate.js';
import { erasureId } from './erase-player.js';
import type { Grave, Graves } from './graves.js';

/** Where something of a player may be. Whatever throws is tried again. */
export type PersonStore = {
  name: string;
  searchedFor: string;
  /** How much of the player is there now. */
  count(player: Grave): Promise<number>;
  /** Takes it away, or waits for whoever does. Again is once. Without it, it stays. */
  clear?(player: Grave): Promise<void>;
  /** Whoever takes it away notes how much it was, in the same transaction. */
  noted?: true;
  /** Why it stays, or where nobody could look. */
  why?: () => string | undefined | Promise<string | undefined>;
};

export type ErasingParts = {
  log: Pick<EventLog, 'append' | 'readStream'>;
  graves: Graves;
  stores: readonly PersonStore[];
  /** Looks once more where a player may be, in another way than the stores do. */
  residueOf(player: Grave): Promise<Content['residue']>;
  certify(content: Content): Certificate;
  now: () => Date;
  warn: (message: string, error: unknown) => void;
  everyMs?: number;
  /** So long after it was last heard of whoever claimed one, it is anybody's: they are gone, or wait for a part that is away. */
  claimMs?: number;
};

const EVERY_MS = 250;
const CLAIM_MS = 5_000;

/**
 * Carries out what `PlayerErased` promises, for as long as it takes: what is not done yet is known by Postgres, whichever
 * instance dies. Not by a group of the log: that would park what ten tries in a row could not do, and would not do again
 * what a database that was put back has forgotten.
 */
export function startErasing(parts: ErasingParts): { stop(): Promise<void> } {
  const { graves, warn, everyMs = EVERY_MS, claimMs = CLAIM_MS } = parts;
  const stop = new AbortController();
  const rest = () => sleep(everyMs, undefined, { signal: stop.signal }).catch(() => {});
  const next = async () => {
    try {
      const grave = await graves.claim(claimMs);
      if (!grave) return await rest();
      await whileRenewed({ graves, claimMs }, grave, () => carryOut(parts, grave)).catch((error) => {
        if (!(error instanceof NotYet))
          warn(`the erasure of ${streamOf.player(playerId(grave.playerId))} is tried again`, error);
      });
    } catch {
      // Whoever else asks the database says that it is away.
      await rest();
    }
  };
  const running = (async () => {
    while (!stop.signal.aborted) await next();
  })();
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}

type Renewing = { graves: Pick<Graves, 'renew'>; claimMs: number };

/**
 * Nobody else begins with what takes long, an archive of years or a store that is slow. Not a lock that lives as long as
 * a connection: whoever is gone, and whoever waits for a part that is away, lets go in the same way.
 */
async function whileRenewed(
  { graves, claimMs }: Renewing,
  { playerId }: Grave,
  work: () => Promise<void>,
): Promise<void> {
  // Should the database be away, the work fails by itself; and what two do at once is done once.
  const renewing = setInterval(() => void graves.renew(playerId).catch(() => {}), claimMs / 3);
  try {
    await work();
  } finally {
    clearInterval(renewing);
  }
}

/** Something is still there, or is behind. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

async function carryOut(parts: ErasingParts, grave: Grave): Promise<void> {
  const searched: Searched[] = [];
  const failed: unknown[] = [];
  // What one store cannot do now keeps nothing from being taken out of the others.
  for (const store of parts.stores)
    await clear(parts, store, grave).then(
      (told) => searched.push(told),
      (error) => failed.push(error),
    );
  if (failed.length > 0) throw failed.find((error) => !(error instanceof NotYet)) ?? failed[0];
  const residue = await parts.residueOf(grave);
  if (residue.rows > 0) throw new NotYet(`${residue.rows} rows are left`);
  await tell(parts, grave, { searched, residue });
  await parts.graves.done(grave.playerId);
}

async function clear({ graves }: ErasingParts, store: PersonStore, grave: Grave): Promise<Searched> {
  const { name, searchedFor, noted } = store;
  const { playerId: player } = grave;
  if (!noted) await graves.note(player, name, await store.count(grave));
  await store.clear?.(grave);
  const left = await store.count(grave);
  if (left > 0 && store.clear) throw new NotYet(`${left} are left in ${name}`);
  const found = (await graves.found(player)).get(name) ?? 0;
  const why = await store.why?.();
  return { store: name, searchedFor, found, removed: found - left, left, ...(why && { why }) };
}

/** The first certificate counts, whoever makes another one. */
async function tell(
  { log, certify, now }: ErasingParts,
  { playerId: player, clientId, gameId }: Grave,
  found: Pick<Content, 'searched' | 'residue'>,
): Promise<void> {
  const stream = streamOf.player(playerId(player));
  const erased = await erasureIn(log, stream);
  const at = now();
  const certificate = certify({
    format: 'agl-erasure-1',
    ...{ playerId: player, clientId, gameId },
    position: formatPosition(erased.position ?? 0, erased.revision),
    erasedAt: erased.metadata.recordedAt,
    certifiedAt: at.toISOString(),
    ...found,
  });
  const type = 'ErasureCertified';
  const data: LogEventData<typeof type> = { certificate };
  const tenant = { ...(clientId && { clientId }), ...(gameId && { gameId }) };
  const cause = { correlationId: erased.metadata.$correlationId, causationId: erased.id, ...tenant };
  const id = derivedId(erased.id, 'erasure-certified');
  await log.append(stream, [{ id, type, data, metadata: metadataOf(type, cause, at) }], 'any');
}

async function erasureIn(log: ErasingParts['log'], stream: string): Promise<StoredEvent> {
  for await (const event of log.readStream(stream, { backwards: true }))
    if (event.id === erasureId(stream)) return event;
  throw new NotYet(`${stream} is not erased in the log`);
}
