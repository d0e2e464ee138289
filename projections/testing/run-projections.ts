/** A process of its own that keeps the read models of one play: to be killed at any moment. */
import { openPool } from '../database.js';
import { projections } from '../index.js';
import { startProjections } from '../runner.js';
import { keepingLogger } from './database.js';
import { play } from './stories.js';

const [url = '', events = '0'] = process.argv.slice(2);
const logger = keepingLogger();
const log = play({ events: Number(events), players: 20 });
const running = startProjections({ log, pool: openPool({ url, logger }), projections, logger });
console.log('started');
if (await running.caughtUpWithLog(60_000)) console.log('done');
