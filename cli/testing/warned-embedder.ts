/** Embeds as an engine does, by a thread that is warned of something. */
import { builtInEmbedder } from '../../projections/embedding/embedder.built-in.js';
import { createLogger, logWarnings } from '../logger.js';

logWarnings(createLogger('warn'));
const program = new URL('../../projections/embedding/testing/warned-worker.js', import.meta.url);
await builtInEmbedder({ program }).embed(['a']);
