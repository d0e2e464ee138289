/** Embeds its arguments, prints the hash of the vectors, and closes nothing: it is to end by itself. */
import { builtInEmbedder } from '../embedder.built-in.js';
import { hashOf } from './hash-of.js';

const vectors = await builtInEmbedder().embed(process.argv.slice(2));
process.stdout.write(`${hashOf(vectors)}\n`);
