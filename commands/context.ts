import { randomUUID } from 'node:crypto';
import { client } from '../domain/client/client.js';
import type { LogEvent } from '../domain/events/log-events.js';
import { game } from '../domain/game/game.js';
import { player } from '../domain/player/player.js';
import type { EventLog, StoredEvent } from '../eventstore/log.js';
import { type Draft, HotStreams } from './hot-streams.js';
import { metadataOf } from './metadata.js';
import { pagesInLog } from './pages.js';
import type { Sealer } from './person-keys/sealer.js';

export { type Cause, metadataOf } from './metadata.js';

/** What every command handler works with. */
export type WriteSide = ReturnType<typeof openWriteSide>;

export type WriteSideParts = {
  log: EventLog;
  sealer: Sealer;
  /** Turns what identifies a person into an id that does not. */
  pseudonym: (purpose: string, text: string) => string;
  now: () => Date;
};

/** The streams of each kind, folded by their decider, with who may seal and name. */
export function openWriteSide({ log, sealer, pseudonym, now }: WriteSideParts) {
  const clients = new HotStreams(log, client, { expect: 'exact' });
  const games = new HotStreams(log, game, { expect: 'exact' });
  const warn = (error: unknown) => process.emitWarning(error as Error);
  const pages = pagesInLog({ log, decider: player, warn });
  const players = new HotStreams(log, player, { expect: 'any', pages });
  return {
    log,
    sealer,
    pseudonym,
    now,
    clients,
    games,
    players,
    /** Keeps what is in memory true when another instance writes. */
    observe(event: StoredEvent): void {
      if (event.stream.startsWith('player-')) players.observe(event);
      else if (event.stream.startsWith('game-')) games.observe(event);
      else if (event.stream.startsWith('client-')) clients.observe(event);
    },
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
