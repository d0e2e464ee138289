import type { LogEventData } from '../../domain/events/log-events.js';
import { readLogEvent, readOrPassOver } from '../../domain/events/read.js';
import { derivedId } from '../../domain/kernel/ids.js';
import { talkOf } from '../../domain/memory/keys.js';
import { forgottenTogether } from '../../domain/player/player.js';
import type { EventLog, Group, PlacedEvent } from '../../eventstore/log.js';
import { type Consuming, startConsuming } from '../consuming.js';
import { metadataOf } from '../metadata.js';

/** All that is kept of one memory: its key and the ids of its occurrences. */
export type Kept = { keys: readonly string[]; memoryIds: readonly string[] };
/** `null`: the player has no such memory. @throws when it cannot be known now */
export type KeptOf = (playerId: string, memoryId: string) => Promise<Kept | null>;

export type ForgettingParts = Pick<Consuming, 'warn'> & {
  log: EventLog;
  keptOf: KeptOf;
  now: () => Date;
};

/** Instances share the messages. */
export const FORGETTING: Group = { name: 'forgetting', types: 'ChatMessageReceived' };

const IN_FLIGHT = 64;
/** "That" is what was said or told within this time before, and among so many events. */
const THAT_MS = 15 * 60_000;
const LOOK_BACK = 400;

/**
 * Carries out what players ask with "forget that": what is meant is the memory that the companion spoke of last, or what
 * the player told it last. The wish given again is carried out once, for its id is derived from the message.
 */
export function startForgetting(parts: ForgettingParts): { stop(): Promise<void> } {
  const { log, warn } = parts;
  return startConsuming({ log, group: FORGETTING, inFlight: IN_FLIGHT, warn }, ({ event }) =>
    carryOut(parts, event),
  );
}

async function carryOut(parts: ForgettingParts, wish: PlacedEvent): Promise<void> {
  const told = readLogEvent(wish);
  if (told?.type !== 'ChatMessageReceived' || told.data.wishes !== 'forget') return;
  const meant = await meantBy(parts, wish, told.data);
  if (meant === null) return;
  const { $correlationId, clientId, gameId } = wish.metadata;
  const cause = {
    correlationId: $correlationId,
    causationId: wish.id,
    ...(clientId && { clientId }),
    ...(gameId && { gameId }),
  };
  const { at } = told.data;
  const about = { keys: [...meant.keys], reason: 'asked' as const, at, causedBy: wish.id };
  for (const [nth, memoryIds] of forgottenTogether(meant.memoryIds).entries()) {
    const data: LogEventData<'MemoriesForgotten'> = { ...about, memoryIds };
    const id = derivedId(wish.id, nth === 0 ? 'memories-forgotten' : `memories-forgotten ${nth}`);
    const metadata = metadataOf('MemoriesForgotten', cause, parts.now());
    await parts.log.append(wish.stream, [{ id, type: 'MemoriesForgotten', data, metadata }], 'any');
  }
}

/** The memory that "that" is; `null`: nothing was spoken of, or it is forgotten already. */
async function meantBy(
  { log, keptOf }: ForgettingParts,
  { stream, revision }: PlacedEvent,
  { at }: LogEventData<'ChatMessageReceived'>,
): Promise<Kept | null> {
  const player = stream.slice('player-'.length);
  if (revision === 0) return null;
  const since = Date.parse(at) - THAT_MS;
  let spokenOf: { memoryId: string; causedBy: string } | undefined;
  for await (const stored of log.readStream(stream, {
    from: revision - 1,
    backwards: true,
    max: LOOK_BACK,
  })) {
    const event = readOrPassOver(stored);
    if (event?.type === 'ChatMessageReceived' && event.data.tells && Date.parse(event.data.at) >= since) {
      // What comes to the companion's mind while it answers what it is told is not what the player speaks of.
      if (!spokenOf || spokenOf.causedBy === event.id) return toldBy(event.id, player);
      break;
    }
    if (event?.type === 'CompanionActed' || event?.type === 'LineWritten') {
      const { recalled: [used] = [], causedBy } = event.data;
      if (used && Date.parse(event.data.at) >= since) spokenOf ??= { memoryId: used.memoryId, causedBy };
    }
  }
  return spokenOf ? keptOf(player, spokenOf.memoryId) : null;
}

/** What was told a moment ago may be in no read model yet; what it is called is known all the same. */
function toldBy(message: string, player: string): Kept {
  const { key, id } = talkOf(message, player);
  return { keys: [key], memoryIds: [id] };
}
