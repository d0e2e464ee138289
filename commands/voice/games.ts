import type { Stage } from '../../domain/companion/stage.js';
import { readOrPassOver } from '../../domain/events/read.js';
import { characterIn, type Game, game } from '../../domain/game/game.js';
import { type GameId, streamOf } from '../../domain/kernel/ids.js';
import { linesOfCharacter } from '../../domain/voice/character.js';
import { voiceIn } from '../../domain/voice/settings.js';
import type { EventLog } from '../../eventstore/log.js';

/** Games as their streams tell them, at most some seconds old. */
export type Games = { of(gameId: string): Promise<Game> };

const FRESH_MS = 2_000;
const KEPT = 1_000;

type Known = { game: Game; next: number };
const unknown: Known = { game: game.initial, next: 0 };

/** @throws LogUnavailable of a game that was never read. */
export function openGames(log: EventLog, clock: () => number = () => performance.now()): Games {
  const games = new Map<string, { at: number; known: Promise<Known> }>();
  return {
    async of(gameId) {
      const kept = games.get(gameId);
      if (kept && clock() - kept.at < FRESH_MS) return (await kept.known).game;
      const known = readOn(log, gameId, kept?.known);
      const entry = { at: clock(), known };
      games.delete(gameId);
      games.set(gameId, entry);
      if (games.size > KEPT) games.delete(games.keys().next().value!);
      known.catch(() => {
        if (games.get(gameId) === entry) games.delete(gameId);
      });
      return (await known).game;
    },
  };
}

/** What a game gives its companions. `written`: whether lines are written at all. @throws LogUnavailable */
export async function stageOf(games: Games, gameId: string, written: boolean): Promise<Stage> {
  const found = await games.of(gameId);
  const { llm, recap } = voiceIn(found.config);
  return {
    llm: written && llm,
    recap: written && llm && recap,
    linesOf: (character, lang) => linesOfCharacter(characterIn(found, character), lang),
    playedBy: (character) => characterIn(found, character)?.like,
  };
}

/** Only what is new is read: a game's characters may be large. While the log is away, a game is what it was. */
async function readOn(log: EventLog, gameId: string, before?: Promise<Known>): Promise<Known> {
  const kept = await before?.catch(() => undefined);
  try {
    return await readFrom(log, gameId, kept ?? unknown);
  } catch (error) {
    if (!kept) throw error;
    return kept;
  }
}

async function readFrom(log: EventLog, gameId: string, { game: state, next }: Known): Promise<Known> {
  let known = { game: state, next };
  for await (const stored of log.readStream(streamOf.game(gameId as GameId), { from: next })) {
    known = { game: known.game, next: stored.revision + 1 };
    const event = readOrPassOver(stored);
    if (event) known.game = game.evolve(known.game, event);
  }
  return known;
}
