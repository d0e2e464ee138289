import type { Pool } from '../projections/database.js';
import type { VectorStore } from '../projections/vectors/vectors.js';
import { vectorsInPostgres } from '../projections/vectors/vectors.pg.js';
import { vectorsInQdrant } from '../projections/vectors/vectors.qdrant.js';
import type { Settings } from './settings.js';

export type VectorSettings = Pick<Settings, 'QDRANT_URL' | 'QDRANT_API_KEY'>;

/**
 * Where the settings want the vectors to be. Nothing is asked of a Qdrant yet: an engine starts, and goes on, while it
 * is away.
 */
export function openVectors(
  { QDRANT_URL: url, QDRANT_API_KEY: apiKey }: VectorSettings,
  pool: Pool,
): VectorStore {
  return url ? vectorsInQdrant({ url, ...(apiKey && { apiKey }) }) : vectorsInPostgres({ pool });
}
