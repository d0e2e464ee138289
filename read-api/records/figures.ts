import type { Pool } from 'pg';
import { activeDays, activePlayers, retentionOf } from '../../projections/activity.js';
import { costliestPlayers, costsOf, forecastOf, playerDaysOf } from '../../projections/cost-figures.js';
import { linesFailed, linesSaid, silentActions, templatesSaid } from '../../projections/dialogue-figures.js';
import { emotionLabels, hoursOfEmotion } from '../../projections/emotion-hours.js';
import type { Scope } from '../../projections/scope.js';
import { sessionDays } from '../../projections/sessions.js';
import { eventsThisMonth } from '../../projections/usage.js';

/** The figures of a game or of all that a client has (for the operator: of all), in some days. */
export const recordsOfFigures = (pool: Pool, { clientId, gameId, from, to }: Scope) => {
  const scope = {
    ...(clientId !== undefined && { clientId }),
    ...(gameId !== undefined && { gameId }),
    from,
    to,
  };
  return {
    clientId,
    days: { from, to },
    activePlayers: () => activePlayers(pool, scope),
    activeDays: () => activeDays(pool, scope),
    sessionDays: () => sessionDays(pool, scope),
    retention: (today: string) => retentionOf(pool, scope, today),
    emotionLabels: () => emotionLabels(pool, scope),
    hoursOfEmotion: () => hoursOfEmotion(pool, scope),
    linesSaid: () => linesSaid(pool, scope),
    linesFailed: () => linesFailed(pool, scope),
    silentActions: () => silentActions(pool, scope),
    templatesSaid: (limit: number) => templatesSaid(pool, scope, limit),
    costs: () => costsOf(pool, scope),
    costliestPlayers: (limit: number) => costliestPlayers(pool, scope, limit),
    playerDays: () => playerDaysOf(pool, scope),
    forecast: (today: string) => forecastOf(pool, scope, today),
    eventsThisMonth: () => eventsThisMonth(pool, clientId ?? null),
  };
};
export type FigureRecords = ReturnType<typeof recordsOfFigures>;
