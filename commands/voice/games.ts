import { readLogEvent, UnreadableEvent } from '../../domain/events/read.js';
import { type Game, game } from '../../domain/game/game.js';
import { type GameId, streamOf } from '../../domain/kernel/ids.js';
import type { EventLog } from '../../eventstore/log.js';

/** Games as their streams tell them, at most some seconds old. */
export type Games = { of(gameId: string): Promise<Game> };

const FRESH_MS = 2_000;
const KEPT = 1_000;

/** @throws LogUnavailable of a game that was never read. */
export function openGames(log: EventLog, clock: () => number = () => performance.now()): Games {
  const known = new Map<string, { at: number; game: Promise<Game> }>();
  return {
    of(gameId) {
      const kept = known.get(gameId);
      if (kept && clock() - kept.at < FRESH_MS) return kept.game;
      // While the log is away, a game is what it was.
      const read = readGame(log, gameId).catch((error) => {
        if (!kept) known.delete(gameId);
        if (!kept) throw error;
        return kept.game;
      });
      known.delete(gameId);
      known.set(gameId, { at: clock(), game: read });
      if (known.size > KEPT) known.delete(known.keys().next().value!);
      return read;
    },
  };
}

async function readGame(log: EventLog, gameId: string): Promise<Game> {
  let state = game.initial;
  for await (const stored of log.readStream(streamOf.game(gameId as GameId))) {
    try {
      const event = readLogEvent(stored);
      if (event) state = game.evolve(state, event);
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
    }
  }
  return state;
}
