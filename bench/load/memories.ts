import { openBook } from '../../domain/emotion/book.js';
import { openPool } from '../../projections/database.js';
import { cachedEmbedder } from '../../projections/embedding/cached-embedder.js';
import { builtInEmbedder } from '../../projections/embedding/embedder.built-in.js';
import { projectionsOf } from '../../projections/index.js';
import { indexOfMemories, MEMORY_VECTORS } from '../../projections/memory/index-of-memories.js';
import { startProjections } from '../../projections/runner.js';
import { vectorsInPostgres } from '../../projections/vectors/vectors.pg.js';
import { lives } from '../recall/lives.js';
import type { Rate } from './jobs.js';
import { rateOf } from './log-client.js';
import { stopwatch } from './plain.js';
import { logger, type Of } from './read-models.js';

const READ = ['memories', MEMORY_VECTORS, 'players', 'games'];
const WITHIN_MS = 3_600_000;

/** What players remember, as the read models make it of a log that is told here, vectors and all. */
export async function liveMemories({ database, players, memories }: Of<'memories'>): Promise<Rate> {
  const pool = openPool({ url: database, logger });
  // Many players live the same.
  const embedder = cachedEmbedder(builtInEmbedder(), { max: 10_000 });
  const vectors = vectorsInPostgres({ pool });
  const store = indexOfMemories({ vectors, embedder, open: async () => null, onRefused: () => {} });
  const all = projectionsOf(openBook(), { index: { store, model: embedder.model } });
  const log = lives({ players, memories });
  const watch = stopwatch();
  const run = startProjections({
    ...{ log, pool, logger },
    projections: all.filter(({ name }) => READ.includes(name)),
  });
  try {
    if (!(await run.caughtUp(await log.head(), WITHIN_MS, READ)))
      throw new Error('the read models never came to the end');
  } finally {
    await run.stop();
    await embedder.close();
  }
  const [seconds, cpuUs] = [watch.seconds(), watch.cpuUs()];
  await pool.query('vacuum analyze');
  // What was just written is on its way to the disk otherwise while questions are asked.
  await pool.query('checkpoint');
  await pool.end();
  return rateOf(memories, seconds, cpuUs);
}
