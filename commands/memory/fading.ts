import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { derivedId, playerId, streamOf } from '../../domain/kernel/ids.js';
import { FORGOTTEN_AT_ONCE, forgottenTogether } from '../../domain/player/player.js';
import type { EventLog } from '../../eventstore/log.js';
import { metadataOf } from '../metadata.js';

/** Memories of one player that nothing keeps any more, each with all its occurrences. */
export type Faded = {
  playerId: string;
  clientId: string | null;
  gameId: string | null;
  memories: readonly { key: string; memoryIds: readonly string[] }[];
};
/** Those of all players at that time, player by player. @throws when they cannot be known now */
export type FadedMemories = (at: Date) => AsyncIterable<Faded>;

export type FadingParts = {
  log: Pick<EventLog, 'append'>;
  faded: FadedMemories;
  now: () => Date;
};

/** What it did. */
export type Forgotten = { players: number; memories: number; occurrences: number };

/**
 * Forgets what has faded: each player's in that player's stream, so that it is forgotten again when the read models are
 * rebuilt. The same memories are forgotten once, whoever tries at the same time.
 */
export async function forgetFaded({ log, faded, now }: FadingParts): Promise<Forgotten> {
  const done: Forgotten = { players: 0, memories: 0, occurrences: 0 };
  for await (const one of faded(now())) {
    done.players++;
    for (const part of inParts(one.memories)) {
      const memoryIds = part.flatMap((memory) => memory.memoryIds);
      await log.append(streamOf.player(playerId(one.playerId)), [eventOf(one, part, now())], 'any');
      done.memories += part.length;
      done.occurrences += memoryIds.length;
    }
  }
  return done;
}

type Memories = Faded['memories'];

function eventOf({ clientId, gameId }: Faded, part: Memories, now: Date) {
  const keys = part.map(({ key }) => key);
  const memoryIds = part.flatMap((memory) => memory.memoryIds);
  const mark = createHash('sha256')
    .update([...memoryIds].sort().join())
    .digest('hex');
  const id = derivedId(mark, 'memories-faded');
  const cause = {
    correlationId: id,
    causationId: id,
    ...(clientId && { clientId }),
    ...(gameId && { gameId }),
  };
  return {
    id,
    type: 'MemoriesForgotten',
    data: { keys, memoryIds, reason: 'faded' as const, at: now.toISOString() },
    metadata: metadataOf('MemoriesForgotten', cause, now),
  };
}

/** As many memories together as one event may forget; one that is more than that alone is cut. */
function* inParts(memories: Memories): Generator<Memories> {
  let part: Memories[number][] = [];
  let count = 0;
  for (const memory of memories.flatMap(cut)) {
    if (count + memory.memoryIds.length > FORGOTTEN_AT_ONCE) {
      yield part;
      [part, count] = [[], 0];
    }
    part.push(memory);
    count += memory.memoryIds.length;
  }
  if (part.length > 0) yield part;
}

const cut = ({ key, memoryIds }: Memories[number]): Memories[number][] =>
  forgottenTogether(memoryIds).map((together) => ({ key, memoryIds: together }));

export type FadingOften = FadingParts & {
  /** Told what was forgotten, each time. */
  tell: (forgotten: Forgotten) => void;
  warn: (message: string, error: unknown) => void;
  firstAfterMs?: number;
  everyMs?: number;
};

const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 24 * 3_600_000;
const AGAIN_MS = 10 * 60_000;

/** Once a day, and soon after the start: an engine that is started every day forgets as well. */
export function startFading(parts: FadingOften): { stop(): Promise<void> } {
  const stop = new AbortController();
  const { firstAfterMs = FIRST_AFTER_MS, everyMs = EVERY_MS } = parts;
  const rest = (ms: number) => sleep(ms, undefined, { signal: stop.signal, ref: false }).catch(() => {});
  const running = (async () => {
    await rest(firstAfterMs);
    while (!stop.signal.aborted) {
      const wait = await forgetFaded(parts).then(
        (forgotten) => {
          parts.tell(forgotten);
          return everyMs;
        },
        (error) => {
          parts.warn('forgetting what has faded waits', error);
          return AGAIN_MS;
        },
      );
      await rest(Math.min(wait, everyMs));
    }
  })();
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}
