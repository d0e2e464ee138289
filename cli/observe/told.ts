import type { Logger } from '../logger.js';
import { playerInLogs } from './without-secrets.js';

/** What is told of one piece of work, in the form that dashboards of logs are made for. */
export type Told = {
  event_type: string;
  stream: string;
  latency_ms: number;
  emotion?: string;
  confidence?: number;
  trace_id?: string | undefined;
  [more: string]: unknown;
};

/** So many a second of each part at `info`. */
const AT_INFO = 10;

/**
 * One line for each piece of work: the first ten of a second at `info`, the others at `debug`, with how many those were in the
 * next line at `info`. A busy engine would write more than anybody reads, and pay for it.
 */
export function tellingBy(logger: Logger, now: () => number = Date.now): (about: Told) => void {
  let second = 0;
  let said = 0;
  let leftOut = 0;
  return ({ stream, latency_ms, ...about }) => {
    const current = Math.floor(now() / 1_000);
    if (current !== second) [second, said] = [current, 0];
    const level = said < AT_INFO ? 'info' : 'debug';
    if (level === 'debug') leftOut++;
    if (!logger.isLevelEnabled(level)) return;
    const line = {
      ...about,
      player_id: playerInLogs(stream.slice(stream.indexOf('-') + 1)),
      latency_ms: Math.round(latency_ms * 100) / 100,
    };
    if (level === 'debug') return logger.debug(line);
    logger.info(leftOut > 0 ? { ...line, left_out: leftOut } : line);
    said++;
    leftOut = 0;
  };
}
