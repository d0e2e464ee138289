import type { Commands } from '../../commands/connection.redis.js';
import { startCompanionReactor } from '../../commands/reactors/companion-reactor.js';
import type { VoiceHealth } from '../../commands/voice/breaker.js';
import type { Whisper } from '../../commands/voice/voices.js';
import type { Book } from '../../domain/emotion/book.js';
import type { Found } from '../../domain/kernel/found.js';
import type { EventLog, Position } from '../../eventstore/log.js';
import type { openPool } from '../../projections/database.js';
import type { Projection } from '../../projections/projection.js';
import type { Logger, Service } from '../logger.js';
import { type MemorySide, ofNobody } from '../memory.js';
import { startErasingSide } from './erasing.js';
import type { FollowersParts } from './followers.js';
import { startForgettingSide } from './forgetting.js';
import { startMailSide } from './mails.js';
import { openVoiceSide } from './voice.js';
import type { Watched } from './watched.js';

/** Everything that the role `reactor` is: companions, their voices, forgetting, mails. */
export type Reacting = {
  position(): Position;
  caches: Record<string, Found>;
  redis: Commands | undefined;
  voice(): VoiceHealth;
  /** The player was erased. */
  forget(player: string): void;
  stop(): Promise<void>;
};

type Around = {
  log: EventLog;
  pool: ReturnType<typeof openPool>;
  loggerOf: (service: Service) => Logger;
  book: Book;
  whisper: Whisper;
  memory: MemorySide;
  projections: readonly Projection[];
  rest: Parameters<typeof startCompanionReactor>[0]['rest'];
  watched: Watched;
};

export function startReacting(
  { voice: setup, mail, certificateKey }: FollowersParts,
  around: Around,
): Reacting {
  const { log, pool, loggerOf, book, whisper, memory, projections, rest, watched } = around;
  const { recall } = memory;
  const { tracing } = watched;
  const logger = loggerOf('emotion');
  const recallFor = watched.recallFor(recall.recallFor);
  const warn = (message: string, error: unknown) => logger.warn({ error: (error as Error).message }, message);
  const now = () => new Date();
  const ofLines = loggerOf('dialogue');
  const count = watched.count(ofLines);
  const voice = openVoiceSide(setup, { log, pool, logger: ofLines, whisper, recallFor, count, tracing });
  const { stageOf, seen, recent } = voice;
  const reacting = { log, book, stageOf, seen, recallFor, now, warn, rest, tracing };
  const companions = startCompanionReactor({ ...reacting, ...watched.reactor(logger) });
  // The first recall makes connections and statements: that takes longer than a companion waits for one.
  // Nobody waits for it, and nobody has to know where it fails.
  void recall.recallAt(ofNobody(now())).catch(() => undefined);
  const forgetting = startForgettingSide({ log, pool, now, warn, logger });
  const mails = startMailSide(mail, { log, pool, logger: loggerOf('engine'), warn });
  const erasing = startErasingSide({ log, pool, projections, recent, certificateKey, now, warn });
  return {
    position: companions.position,
    caches: voice.caches,
    redis: voice.redis,
    voice: voice.health,
    forget: voice.forget,
    async stop() {
      await Promise.all([companions, forgetting, mails, erasing, voice].map((part) => part.stop()));
    },
  };
}
