import { type Commands, connectRedis } from '../../commands/connection.redis.js';
import type { RecallFor } from '../../commands/memory/recall-for.js';
import { type RecentEvents, recentInProcess } from '../../commands/memory/recent-events.js';
import { recentInRedis } from '../../commands/memory/recent-events.redis.js';
import { type Recent, recentOf } from '../../commands/memory/recent-of.js';
import type { MasterKeys } from '../../commands/person-keys/master-keys.js';
import { sealerInPostgres } from '../../commands/person-keys/sealer.pg.js';
import type { Tracing } from '../../commands/tracing.js';
import { accountsInPostgres } from '../../commands/voice/accounts.pg.js';
import { batchesWithClaude } from '../../commands/voice/batch-writer.anthropic.js';
import { guarded, type VoiceHealth } from '../../commands/voice/breaker.js';
import type { CountLine } from '../../commands/voice/count.js';
import { openGames, stageOf } from '../../commands/voice/games.js';
import { cacheInProcess } from '../../commands/voice/line-cache.js';
import { cacheInRedis } from '../../commands/voice/line-cache.redis.js';
import { anthropicClient, writeWithClaude } from '../../commands/voice/line-writer.anthropic.js';
import { startRecaps } from '../../commands/voice/recaps.js';
import { startVoices, type VoiceParts, type Whisper } from '../../commands/voice/voices.js';
import { waitingLinesInPostgres } from '../../commands/voice/waiting-lines.pg.js';
import type { Stage } from '../../domain/companion/stage.js';
import type { Found } from '../../domain/kernel/found.js';
import { playerId, streamOf } from '../../domain/kernel/ids.js';
import type { ModelId } from '../../domain/voice/prices.js';
import type { EventLog } from '../../eventstore/log.js';
import type { openPool } from '../../projections/database.js';
import type { Logger } from '../logger.js';
import { countedCache } from '../observe/counted-cache.js';

/** What lines are written with; plain data, for it goes to a thread. */
export type VoiceSetup = {
  keysForPersons: MasterKeys;
  /** What the log calls a prompt is made with it. */
  keyForPrompts: Uint8Array;
  model: ModelId;
  /** Without it templates alone are said. */
  anthropic?: { apiKey: string; baseURL?: string };
  redis?: string;
};

export type VoiceSide = {
  /** What a game gives its companions. @throws LogUnavailable */
  stageOf(gameId: string): Promise<Stage>;
  /** Keeps what happened for the next line. */
  seen: Recent['note'];
  /** What it keeps of that. */
  recent: RecentEvents;
  /** The player was erased: the key that is in memory is no more, nor what happened last. */
  forget(player: string): void;
  health(): VoiceHealth;
  caches: Record<string, Found>;
  redis: Commands | undefined;
  stop(): Promise<void>;
};

type Parts = {
  log: EventLog;
  pool: ReturnType<typeof openPool>;
  logger: Logger;
  whisper: Whisper;
  recallFor: RecallFor;
  count: CountLine;
  tracing: Tracing;
};

const OFF: VoiceHealth = { breaker: 'off', trouble: null };

/** Has lines written for acts that ask for one. */
export function openVoiceSide(
  setup: VoiceSetup,
  { log, pool, logger, whisper, recallFor, count, tracing }: Parts,
): VoiceSide {
  const now = () => new Date();
  const warn = (message: string, error: unknown) => logger.warn({ error: (error as Error).message }, message);
  const games = openGames(log);
  const client = setup.anthropic ? anthropicClient(setup.anthropic) : null;
  const writer = client && guarded(writeWithClaude(client), now);
  const redis = setup.redis ? connectRedis(setup.redis, warn) : null;
  const kept = redis ? recentInRedis(redis) : recentInProcess();
  const recent = recentOf({ log, recent: kept, warn });
  const waiting = waitingLinesInPostgres(pool);
  const sealer = sealerInPostgres(pool, setup.keysForPersons);
  const { cache, found } = countedCache(redis ? cacheInRedis(redis) : cacheInProcess());
  const parts: VoiceParts = {
    log,
    recent,
    sealer,
    games,
    accounts: accountsInPostgres(pool),
    cache,
    writer,
    model: setup.model,
    markKey: setup.keyForPrompts,
    whisper,
    recallFor,
    count,
    tracing,
    now,
    warn,
    ...(client && { later: waiting }),
  };
  const voices = startVoices(parts);
  const recaps = client && startRecaps({ ...parts, waiting, batches: batchesWithClaude(client) });
  return {
    stageOf: (gameId) => stageOf(games, gameId, writer !== null),
    seen: recent.note,
    recent: kept,
    forget(player) {
      const stream = streamOf.player(playerId(player));
      sealer.forget(stream);
      recent.forget(stream);
    },
    health: () => writer?.health() ?? OFF,
    caches: { lines: found, recent_events: recent.found, person_keys: sealer.found },
    redis: redis?.commands,
    async stop() {
      await Promise.all([voices.stop(), recaps?.stop()]);
      redis?.disconnect();
    },
  };
}
