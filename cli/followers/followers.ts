import type { VoiceHealth } from '../../commands/voice/breaker.js';
import type { Whisper } from '../../commands/voice/voices.js';
import type { Book } from '../../domain/emotion/book.js';
import { connectLog } from '../../eventstore/log.eventstore.js';
import { type Position, START } from '../../eventstore/log.js';
import { openPool } from '../../projections/database.js';
import type { ModelFiles } from '../../projections/emotion-model/models.js';
import { watchErased } from '../../projections/erasing/watch.js';
import { projectionsOf, readModels } from '../../projections/index.js';
import { keepInsights } from '../../projections/insight/keeper.js';
import type { Build } from '../../projections/rebuild/builder.js';
import { type ProjectionsView, startProjections, watchProjections } from '../../projections/runner.js';
import { breakerTeller, createLogger, type Logger, type Service, troubleTeller } from '../logger.js';
import { type MemorySetup, openMemorySide } from '../memory.js';
import type { MetricValues } from '../observe/registries.js';
import type { OpenTracing, TracingSetup } from '../observe/tracing.js';
import { rebuildInThread } from '../rebuild/thread.js';
import type { Role } from '../settings.js';
import type { MailSetup } from './mails.js';
import { startReacting } from './reacting.js';
import { mainThreadWaited, restWhileOthersWait } from './rest.js';
import type { VoiceSetup } from './voice.js';
import { openWatched } from './watched.js';

/** What follows the log and derives from it: the companion reactor and the projections. */
export type Followers = ProjectionsView & {
  /** Everything that this process was given up to here has been reacted to, durably; START without the reactor. */
  reacted(): Promise<Position>;
  /** How it stands with whoever writes lines; `off` without the reactor. */
  voice(): Promise<VoiceHealth>;
  /** What Prometheus is told of this side. */
  metrics(): Promise<MetricValues>;
  /** As the embedder of the settings makes them. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  stop(): Promise<void>;
};

export type FollowersParts = {
  urls: { eventstore: string; database: string };
  roles: readonly Role[];
  logLevel: string;
  /** Where models of feeling may be kept. */
  dataDir: string;
  voice: VoiceSetup;
  memory: MemorySetup;
  mail: MailSetup;
  /** What certificates of erasures are signed with. */
  certificateKey: Uint8Array;
  tracing: TracingSetup | null;
};

type Given = {
  book: Book;
  models: ModelFiles;
  logger: Logger;
  whisper: Whisper;
  tracing: OpenTracing | null;
};

/** Starts what the roles ask for; what other processes derive can be asked about all the same. */
export function openFollowers(parts: FollowersParts, given: Given): Followers {
  const { urls, roles, logLevel, memory: memorySetup } = parts;
  const { book, models, logger, whisper, tracing } = given;
  const loggerOf = (service: Service) => createLogger(logLevel, service);
  // Each judges by what it reads itself.
  const rest = () => restWhileOthersWait(mainThreadWaited);
  const onTrouble = troubleTeller(logger);
  const onBreaker = breakerTeller(logger);
  const watched = openWatched(tracing);
  const log = watched.timed(connectLog({ url: urls.eventstore, onTrouble, onBreaker, rest: rest() }));
  // Each read model writes by itself, at the same time.
  const pool = openPool({ url: urls.database, logger, max: readModels.length + 8 });
  const memory = openMemorySide(memorySetup, { pool, reads: pool, logger: loggerOf('memory') });
  const projections = projectionsOf(book, { index: memory.index });
  const reacting = roles.includes('reactor')
    ? startReacting(parts, {
        ...{ log, pool, loggerOf, book, whisper, memory, projections, watched },
        rest: rest(),
      })
    : null;
  const running = roles.includes('projector')
    ? startProjections({ log, pool, projections, logger: loggerOf('projector'), build: buildApart(parts) })
    : null;
  const watching = watchErased(pool, (player) => {
    memory.forget(player);
    reacting?.forget(player);
  });
  const stopped = new AbortController();
  const keeping = running
    ? keepInsights({ pool, url: urls.eventstore, models, logger, signal: stopped.signal })
    : null;
  return {
    ...(running ?? watchProjections({ log, pool, projections })),
    reacted: async () => reacting?.position() ?? START,
    metrics: watched.metrics({ pool, memory, reacting }),
    embed: memory.embed,
    voice: async () => reacting?.voice() ?? { breaker: 'off', trouble: null },
    async stop() {
      stopped.abort();
      await Promise.all([reacting?.stop(), running?.stop(), watching.stop(), keeping]);
      await memory.close();
      await Promise.allSettled([log.close(), pool.end(), tracing?.close()]);
    },
  };
}

const buildApart =
  ({ urls, logLevel, dataDir, memory }: FollowersParts): Build =>
  (names, signal) =>
    rebuildInThread({ urls, names, dryRun: false, logLevel, dataDir, memory, yields: true }, { signal });
