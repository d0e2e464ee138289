import { markOfSettings, settingsIn } from '../../domain/emotion/settings.js';
import type { Game } from '../../domain/game/game.js';
import { gameId, playerId, streamOf } from '../../domain/kernel/ids.js';
import type { Rejection } from '../../domain/kernel/rejection.js';
import { LogUnavailable } from '../../eventstore/log.js';
import type { WriteSide } from '../context.js';
import { unavailable } from '../hot-streams.js';

/** The mark of what the player's game says of feeling and of what weighs in memory; `null`: the game or the player is not in memory. */
export function settingsNow({ players, games }: WriteSide, id: string): { mark: string | undefined } | null {
  const player = players.peek(streamOf.player(playerId(id)));
  if (!player) return null;
  const game = games.peek(streamOf.game(gameId(player.gameId)));
  return game ? { mark: markIn(game) } : null;
}

/** The same, also of a game that has to be read first. */
export async function settingsOf(side: WriteSide, id: string): Promise<string | undefined | Rejection> {
  try {
    const { gameId: game } = await side.players.state(streamOf.player(playerId(id)));
    if (game === '') return undefined;
    return markIn(await side.games.state(streamOf.game(gameId(game))));
  } catch (error) {
    if (error instanceof LogUnavailable) return unavailable();
    throw error;
  }
}

/** By the configuration: it is another object when it is another one. */
const marks = new WeakMap<object, string>();

function markIn({ config }: Game): string | undefined {
  if (config.emotion === undefined && config.memory === undefined) return undefined;
  const known = marks.get(config);
  if (known !== undefined) return known;
  const settings = settingsIn(config);
  if (settings === null) return undefined;
  const mark = markOfSettings(settings);
  marks.set(config, mark);
  return mark;
}
