import { randomUUID } from 'node:crypto';
import { type Client, type ClientCommand, client, quotaOf } from '../domain/client/client.js';
import type { LogEvent } from '../domain/events/log-events.js';
import { game } from '../domain/game/game.js';
import { clientId, streamOf } from '../domain/kernel/ids.js';
import { player } from '../domain/player/player.js';
import type { EventLog, PlacedEvent } from '../eventstore/log.js';
import { type Draft, HotStreams } from './hot-streams.js';
import { metadataOf } from './metadata.js';
import { pagesInLog } from './pages.js';
import type { Sealer } from './person-keys/sealer.js';
import { noQuota, type Quota, type QuotaParts } from './quota/quota.js';
import { type Tracing, untraced } from './tracing.js';
import { unwatched, type Watch } from './watch.js';

export { type Cause, metadataOf } from './metadata.js';

/** What every command handler works with. */
export type WriteSide = ReturnType<typeof openWriteSide>;

export type WriteSideParts = {
  log: EventLog;
  sealer: Sealer;
  /** Turns what identifies a person into an id that does not. */
  pseudonym: (purpose: string, text: string) => string;
  now: () => Date;
  /** Without it, nobody has a quota. */
  quotaBy?: (limitOf: QuotaParts['limitOf']) => Quota;
  /** Told what is done. */
  watch?: Watch;
  tracing?: Tracing;
};

/** The streams of each kind, folded by their decider, with who may seal and name. */
export function openWriteSide(parts: WriteSideParts) {
  const { log, sealer, pseudonym, now, quotaBy = () => noQuota } = parts;
  const { watch = unwatched, tracing = untraced } = parts;
  const clients = new HotStreams(log, client, { expect: 'exact' });
  const games = new HotStreams(log, game, { expect: 'exact' });
  const warn = (error: unknown) => process.emitWarning(error as Error);
  const pages = pagesInLog({ log, decider: player, warn, isGone: ({ erased }) => erased === true });
  const players = new HotStreams(log, player, { expect: 'any', pages });
  const quota = quotaBy(limitIn(clients));
  return {
    log,
    sealer,
    pseudonym,
    now,
    quota,
    watch,
    tracing,
    clients,
    games,
    players,
    /** Keeps what is in memory true when another instance writes. */
    observe(event: PlacedEvent): void {
      if (event.type === 'PlayerErased') sealer.forget(event.stream);
      if (event.stream.startsWith('player-')) players.observe(event);
      else if (event.stream.startsWith('game-')) games.observe(event);
      else if (event.stream.startsWith('client-')) clients.observe(event);
    },
  };
}

/** At once for whom is in memory, as everybody is who has just shown a key. */
function limitIn(clients: HotStreams<ClientCommand, Client>): QuotaParts['limitOf'] {
  return (id) => {
    const stream = streamOf.client(clientId(id));
    const known = clients.peek(stream);
    if (known) return quotaOf(known);
    return clients.state(stream).then(quotaOf, () => null);
  };
}

/** Decided events with fresh ids, caused by a request of their own. */
export function drafted(
  events: LogEvent[],
  tenant: { clientId?: string; gameId?: string },
  now: Date,
): Draft[] {
  const correlationId = randomUUID();
  return events.map((event) => ({
    ...event,
    id: randomUUID(),
    metadata: metadataOf(event.type, { correlationId, causationId: correlationId, ...tenant }, now),
  }));
}
