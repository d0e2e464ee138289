import type { Pool } from 'pg';
import { inTransaction } from '../database.js';
import { dropGivenUp } from '../elsewhere.js';
import { dropGeneration, readModel, takeTurns } from '../models.js';
import type { Projection } from '../projection.js';
import { withRebuildLocks } from './lock.js';

/**
 * What was begun beside these read models, and is not being built right now, is given up, asked for or not; what is read
 * stays. An engine that needs it begins anew with its next start.
 * @returns the names of those of which there was something.
 * @throws BeingRebuilt
 */
export async function discardNext(pool: Pool, projections: readonly Projection[]): Promise<string[]> {
  return withRebuildLocks(pool, projections, async () => {
    const discarded = await inTransaction(pool, async (client) => {
      const names: string[] = [];
      for (const projection of projections) {
        await takeTurns(client, projection);
        const next = await readModel(client, projection.name, 'next');
        if (next === undefined) continue;
        await dropGeneration(client, projection, next);
        names.push(projection.name);
      }
      return names;
    });
    for (const projection of projections) await dropGivenUp(pool, projection);
    return discarded;
  });
}
