import { Redis } from 'ioredis';

/** How they ended. */
export type Commands = { ok: number; failed: number };
export type CountedRedis = Redis & { readonly commands: Commands };

/**
 * What is kept in Redis can be done without, so it is waited for by nobody: while it is away, each command fails at once.
 * `warn` is told once each time.
 */
export function connectRedis(url: string, warn: (message: string, error: Error) => void): CountedRedis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 500,
    // A server that hangs is left: what is sent to it would pile up.
    socketTimeout: 2_000,
    // What is asked for many players at once goes out together: half the work of a write for each.
    enableAutoPipelining: true,
    retryStrategy: (tries) => Math.min(tries * 100, 2_000),
  });
  let said = false;
  redis.on('error', (error) => {
    if (!said) warn('Redis cannot be reached: what is kept there is done without', error);
    said = true;
  });
  redis.on('ready', () => {
    said = false;
  });
  return Object.assign(redis, { commands: countingCommands(redis) });
}

/** Every command of the connection goes through here. */
function countingCommands(redis: Redis): Commands {
  const commands: Commands = { ok: 0, failed: 0 };
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    command.promise.then(
      () => commands.ok++,
      () => commands.failed++,
    );
    return send(command, stream);
  };
  return commands;
}
