/** A process of its own that rebuilds the read models of one play: to be killed at any moment. */
import { openPool } from '../database.js';
import { projections } from '../index.js';
import { rebuild } from '../rebuild/rebuild.js';
import { keepingLogger } from './database.js';
import { play } from './stories.js';

const [url = '', events = '0'] = process.argv.slice(2);
const pool = openPool({ url, logger: keepingLogger() });
const log = play({ events: Number(events), players: 20 });
console.log('started');
const [first] = await rebuild({ log, pool }, projections, { signal: new AbortController().signal });
console.log(`done ${first!.events}`);
process.exit(0);
