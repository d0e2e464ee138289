import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { START } from '../../eventstore/log.js';

const EVERY_MS = 500;

/** Tells of each player who was erased, soon after, also in a process that does not follow the log. */
export function watchErased(pool: Pool, onErased: (player: string) => void): { stop(): Promise<void> } {
  const stop = new AbortController();
  let told = START;
  const look = async () => {
    const { rows } = await pool.query(
      'select player_id, position from erased_players where position > $1 order by position',
      [told],
    );
    for (const { player_id, position } of rows) {
      onErased(player_id);
      told = Number(position);
    }
  };
  const running = (async () => {
    while (!stop.signal.aborted) {
      // Whoever else asks the database says that it is away.
      await look().catch(() => {});
      await sleep(EVERY_MS, undefined, { signal: stop.signal }).catch(() => {});
    }
  })();
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}
