/** The real thread, which is warned of something. */
import '../built-in/worker.js';

process.emitWarning('it holds Bearer abcd.efgh', 'DeprecationWarning');
