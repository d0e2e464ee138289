import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { ConnectLog } from '../eventstore/log.eventstore.js';
import { withoutSecrets } from './observe/without-secrets.js';

export type { Logger };

/** The parts of the engine, as its logs call them. */
export type Service = 'engine' | 'emotion' | 'dialogue' | 'memory' | 'projector';

/** JSON lines on stderr; stdout belongs to what a verb answers. */
export const createLogger = (
  level: string,
  service: Service = 'engine',
  to: DestinationStream = destination({ fd: 2, sync: true }),
): Logger =>
  pino(
    {
      level,
      base: { service },
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: plainError, err: plainError },
      hooks: { streamWrite: withoutSecrets },
    },
    to,
  );

/** Of an error only what a programmer wrote: what others hang on it (rows, requests, headers) may be of a person. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack } = error;
  const { code } = error as { code?: unknown };
  return { name, message, ...(typeof code === 'string' && { code }), ...(stack && { stack }) };
}

/** Nest speaks through the same logger; its start-up chatter is for debugging. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown) => logger.debug(String(message)),
  verbose: (message: unknown) => logger.trace(String(message)),
  debug: (message: unknown) => logger.debug(String(message)),
  warn: (message: unknown) => logger.warn(String(message)),
  error: (message: unknown) => logger.error(String(message)),
  fatal: (message: unknown) => logger.fatal(String(message)),
});

/** What this thread is warned of, by Node or by a part that goes on, is a line as well: Node itself prints plain text, whatever is in it. */
export function logWarnings(logger: Logger): void {
  process.removeAllListeners('warning');
  process.on('warning', (error) => logger.warn({ error }, 'a warning'));
}

/** A lost connection is said once, and that it is still lost now and then. */
export const troubleTeller = (logger: Logger) => (error: unknown, tries: number) => {
  if (tries === 0 || tries % 30 === 0) {
    logger.warn({ error: (error as Error).message, tries }, 'the event log cannot be followed; trying again');
  }
};

/** Said once when callers begin to be answered at once that the log is away, and once when that is over. */
export const breakerTeller =
  (logger: Logger): NonNullable<ConnectLog['onBreaker']> =>
  (state, trouble) => {
    if (state === 'closed') logger.info(trouble, 'the event log takes appends again');
    else logger.warn(trouble, 'the event log is away: appends are answered at once');
  };
