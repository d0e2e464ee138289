/** Embeds its arguments, prints the traces of the vectors, and closes nothing: it is to end by itself. */
import { builtInEmbedder } from '../embedder.built-in.js';
import { tracesOf } from './traces-of.js';

const vectors = await builtInEmbedder().embed(process.argv.slice(2));
process.stdout.write(JSON.stringify(tracesOf(vectors)));
