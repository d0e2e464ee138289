import { startCompanionReactor } from '../../commands/reactors/companion-reactor.js';
import type { VoiceHealth } from '../../commands/voice/breaker.js';
import type { Whisper } from '../../commands/voice/voices.js';
import type { Book } from '../../domain/emotion/book.js';
import { connectLog } from '../../eventstore/log.eventstore.js';
import { type Position, START } from '../../eventstore/log.js';
import { openPool } from '../../projections/database.js';
import type { ModelFiles } from '../../projections/emotion-model/models.js';
import { projectionsOf, readModels } from '../../projections/index.js';
import { keepInsights } from '../../projections/insight/keeper.js';
import type { Build } from '../../projections/rebuild/builder.js';
import { type ProjectionsView, startProjections, watchProjections } from '../../projections/runner.js';
import { breakerTeller, type Logger, troubleTeller } from '../logger.js';
import { type MemorySetup, ofNobody, openMemorySide } from '../memory.js';
import { rebuildInThread } from '../rebuild/thread.js';
import type { Role } from '../settings.js';
import { startForgettingSide } from './forgetting.js';
import type { LineMetrics } from './line-metrics.js';
import { type MailSetup, startMailSide } from './mails.js';
import { mainThreadWaited, restWhileOthersWait } from './rest.js';
import { openVoiceSide, type VoiceSetup } from './voice.js';

/** What follows the log and derives from it: the companion reactor and the projections. */
export type Followers = ProjectionsView & {
  /** Everything that this process was given up to here has been reacted to, durably; START without the reactor. */
  reacted(): Promise<Position>;
  /** How it stands with whoever writes lines; `off` without the reactor. */
  voice(): Promise<VoiceHealth>;
  /** What lines were told here since the start; nothing without the reactor. */
  lines(): Promise<LineMetrics>;
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
};

/** Starts what the roles ask for; what other processes derive can be asked about all the same. */
export function openFollowers(
  { urls, roles, logLevel, dataDir, voice: setup, memory: memorySetup, mail }: FollowersParts,
  { book, models, logger, whisper }: { book: Book; models: ModelFiles; logger: Logger; whisper: Whisper },
): Followers {
  // Each judges by what it reads itself.
  const rest = () => restWhileOthersWait(mainThreadWaited);
  const onTrouble = troubleTeller(logger);
  const log = connectLog({ url: urls.eventstore, onTrouble, onBreaker: breakerTeller(logger), rest: rest() });
  // Each read model writes by itself, at the same time.
  const pool = openPool({ url: urls.database, logger, max: readModels.length + 8 });
  const memory = openMemorySide(memorySetup, { pool, reads: pool, logger });
  const projections = projectionsOf(book, { index: memory.index });
  const warn = (message: string, error: unknown) => logger.warn({ error: (error as Error).message }, message);
  const { recallFor } = memory.recall;
  const voice = roles.includes('reactor')
    ? openVoiceSide(setup, { log, pool, logger, whisper, recallFor })
    : null;
  const now = () => new Date();
  const reacting = voice && { stageOf: voice.stageOf, seen: voice.seen, recallFor };
  const reactor = reacting && startCompanionReactor({ log, book, ...reacting, now, warn, rest: rest() });
  // The first recall makes connections and statements: that takes longer than a companion waits for one.
  // Nobody waits for it, and nobody has to know where it fails.
  if (reactor) void memory.recall.recallAt(ofNobody(now())).catch(() => undefined);
  const forgetting = reactor && startForgettingSide({ log, pool, now, warn, logger });
  const mails = reactor && startMailSide(mail, { log, pool, logger, warn });
  const build: Build = (names, signal) =>
    rebuildInThread(
      { urls, names, dryRun: false, logLevel, dataDir, memory: memorySetup, yields: true },
      { signal },
    );
  const running = roles.includes('projector')
    ? startProjections({ log, pool, projections, logger, build })
    : null;
  const stopped = new AbortController();
  const keeping = roles.includes('projector')
    ? keepInsights({ pool, url: urls.eventstore, models, logger, signal: stopped.signal })
    : null;
  return {
    ...(running ?? watchProjections({ log, pool, projections })),
    reacted: async () => reactor?.position() ?? START,
    lines: async () => voice?.metrics() ?? [],
    embed: memory.embed,
    voice: async () => voice?.health() ?? { breaker: 'off', trouble: null },
    async stop() {
      stopped.abort();
      await Promise.all([
        ...[reactor?.stop(), forgetting?.stop(), mails?.stop(), voice?.stop()],
        ...[running?.stop(), keeping],
      ]);
      await memory.close();
      await Promise.allSettled([log.close(), pool.end()]);
    },
  };
}
