import { startCompanionReactor } from '../../commands/reactors/companion-reactor.js';
import type { VoiceHealth } from '../../commands/voice/breaker.js';
import type { Whisper } from '../../commands/voice/voices.js';
import type { Book } from '../../domain/emotion/book.js';
import type { EventLog, Position } from '../../eventstore/log.js';
import type { openPool } from '../../projections/database.js';
import type { Projection } from '../../projections/projection.js';
import type { Logger } from '../logger.js';
import { type MemorySide, ofNobody } from '../memory.js';
import { startErasingSide } from './erasing.js';
import type { FollowersParts } from './followers.js';
import { startForgettingSide } from './forgetting.js';
import type { LineMetrics } from './line-metrics.js';
import { startMailSide } from './mails.js';
import { openVoiceSide } from './voice.js';

/** Everything that the role `reactor` is: companions, their voices, forgetting, mails. */
export type Reacting = {
  position(): Position;
  lines(): Promise<LineMetrics>;
  voice(): VoiceHealth;
  /** The player was erased. */
  forget(player: string): void;
  stop(): Promise<void>;
};

type Around = {
  log: EventLog;
  pool: ReturnType<typeof openPool>;
  logger: Logger;
  book: Book;
  whisper: Whisper;
  memory: MemorySide;
  projections: readonly Projection[];
  rest: Parameters<typeof startCompanionReactor>[0]['rest'];
};

export function startReacting(
  { voice: setup, mail, certificateKey }: FollowersParts,
  around: Around,
): Reacting {
  const { log, pool, logger, book, whisper, memory, projections, rest } = around;
  const { recall } = memory;
  const { recallFor } = recall;
  const warn = (message: string, error: unknown) => logger.warn({ error: (error as Error).message }, message);
  const now = () => new Date();
  const voice = openVoiceSide(setup, { log, pool, logger, whisper, recallFor });
  const { stageOf, seen, recent } = voice;
  const companions = startCompanionReactor({ log, book, stageOf, seen, recallFor, now, warn, rest });
  // The first recall makes connections and statements: that takes longer than a companion waits for one.
  // Nobody waits for it, and nobody has to know where it fails.
  void recall.recallAt(ofNobody(now())).catch(() => undefined);
  const forgetting = startForgettingSide({ log, pool, now, warn, logger });
  const mails = startMailSide(mail, { log, pool, logger, warn });
  const erasing = startErasingSide({ log, pool, projections, recent, certificateKey, now, warn });
  return {
    position: companions.position,
    lines: voice.metrics,
    voice: voice.health,
    forget: voice.forget,
    async stop() {
      await Promise.all([companions, forgetting, mails, erasing, voice].map((part) => part.stop()));
    },
  };
}
