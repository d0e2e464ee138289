import type { Pool } from 'pg';
import { openLocks } from '../locks.js';
import type { Projection } from '../projection.js';

/** A read model is being rebuilt by another process. */
export class BeingRebuilt extends Error {
  override readonly name = 'BeingRebuilt';
}

/** The name under which whoever rebuilds a read model holds a lock. */
export const rebuildLock = (name: string) => `${name}/rebuild`;

/** Works on what is being built of these read models, and nobody else does meanwhile. @throws BeingRebuilt */
export async function withRebuildLocks<T>(
  pool: Pool,
  projections: readonly Projection[],
  work: () => Promise<T>,
): Promise<T> {
  const locks = await openLocks(pool);
  try {
    await locks.take(projections.map(({ name }) => rebuildLock(name)));
    const taken = projections.find(({ name }) => !locks.held.has(rebuildLock(name)));
    if (taken) throw new BeingRebuilt(`${taken.name} is being rebuilt by another process`);
    return await work();
  } finally {
    await locks.release();
  }
}
