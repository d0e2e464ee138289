import { gameId, playerId, streamOf } from '../../domain/kernel/ids.js';
import { actionsOf, placeOfAction } from '../../projections/companion-actions.js';
import { emotionAt, emotionsOf, findingsOf } from '../../projections/emotions.js';
import { timelineOf } from '../../projections/game-events.js';
import { gameById } from '../../projections/games.js';
import { memoriesById, occurrencesOf, rememberedAt } from '../../projections/memory/asked.js';
import type { PlayerRows } from '../../projections/player-rows.js';
import type { PlayerRow } from '../../projections/players.js';
import type { MemoryAsk } from '../parts.js';
import type { RecordSources } from './records.js';

/** Which of a player's rows. */
export type Which = Omit<PlayerRows, 'playerId'>;

/** What is known of one player, who was found to be the caller's. */
export function recordsOfPlayer(
  { pool, history, recalled, lineOf }: Pick<RecordSources, 'pool' | 'history'> & Partial<RecordSources>,
  row: PlayerRow,
) {
  const of = { playerId: row.id };
  return {
    row,
    game: () => gameById(pool, row.gameId),
    timeline: (which: Which) => timelineOf(pool, { ...which, ...of }),
    emotions: (which: Which) => emotionsOf(pool, { ...which, ...of }),
    actions: (which: Which) => actionsOf(pool, { ...which, ...of }),
    emotionAt: (at: string) => emotionAt(pool, row.id, at),
    findings: (span: { from: string; to: string }) => findingsOf(pool, { ...span, ...of }),
    remembered: (at?: string) => rememberedAt(pool, row.id, at),
    occurrences: () => occurrencesOf(pool, row.id),
    memories: (ids: readonly string[]) => memoriesById(pool, row.id, ids),
    recalled: async (ask: Omit<MemoryAsk, 'playerId'>) => (await recalled?.({ ...ask, ...of })) ?? [],
    lineOf: async (actionId: string) => (await lineOf?.({ actionId, ...of })) ?? null,
    placeOfAction: (actionId: string) => placeOfAction(pool, { actionId, ...of }),
    history: (options: Parameters<typeof history>[1] = {}) =>
      history(streamOf.player(playerId(row.id)), options),
    gameHistory: () => history(streamOf.game(gameId(row.gameId))),
  };
}
export type PlayerRecords = ReturnType<typeof recordsOfPlayer>;
