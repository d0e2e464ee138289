/** A process of its own that archives months, or puts them back: to be killed at any moment. */
import { archiveMonths } from '../archive/archive.js';
import { restoreMonths } from '../archive/restore.js';
import { openPool } from '../database.js';
import { projections } from '../index.js';
import { keepingLogger } from './database.js';

const [url = '', dir = '', before = ''] = process.argv.slice(2);
const pool = openPool({ url, logger: keepingLogger() });
await pool.query('select 1');
console.log('started');
if (before === '') await restoreMonths(pool, projections, { dir });
else await archiveMonths(pool, projections, { before, dir });
console.log('done');
process.exit(0);
