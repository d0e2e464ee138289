import { personKeysInPostgres } from '../../commands/person-keys/person-keys.pg.js';
import { createSealer } from '../../commands/person-keys/sealer.js';
import { accountsInPostgres } from '../../commands/voice/accounts.pg.js';
import { guarded, type VoiceHealth } from '../../commands/voice/breaker.js';
import { type Games, openGames } from '../../commands/voice/games.js';
import { cacheInProcess } from '../../commands/voice/line-cache.js';
import { cacheInRedis, connectForLines } from '../../commands/voice/line-cache.redis.js';
import { anthropicClient, writeWithClaude } from '../../commands/voice/line-writer.anthropic.js';
import { startVoices, type Whisper } from '../../commands/voice/voices.js';
import type { Stage } from '../../domain/companion/stage.js';
import { linesOfCharacter } from '../../domain/voice/character.js';
import type { ModelId } from '../../domain/voice/prices.js';
import { voiceIn } from '../../domain/voice/settings.js';
import type { EventLog } from '../../eventstore/log.js';
import type { openPool } from '../../projections/database.js';
import type { Logger } from '../logger.js';

/** What lines are written with; plain data, for it goes to a thread. */
export type VoiceSetup = {
  keyForPersons: Uint8Array;
  model: ModelId;
  /** Without it templates alone are said. */
  anthropic?: { apiKey: string; baseURL?: string };
  redis?: string;
};

export type VoiceSide = {
  /** What a game gives its companions. @throws LogUnavailable */
  stageOf(gameId: string): Promise<Stage>;
  health(): VoiceHealth;
  stop(): Promise<void>;
};

type Parts = { log: EventLog; pool: ReturnType<typeof openPool>; logger: Logger; whisper: Whisper };

const OFF: VoiceHealth = { breaker: 'off', trouble: null };

/** Has lines written for acts that ask for one. */
export function openVoiceSide(setup: VoiceSetup, { log, pool, logger, whisper }: Parts): VoiceSide {
  const now = () => new Date();
  const games = openGames(log);
  const writer = setup.anthropic ? guarded(writeWithClaude(anthropicClient(setup.anthropic)), now) : null;
  const warn = (message: string, error: unknown) => logger.warn({ error: (error as Error).message }, message);
  const redis = setup.redis ? connectForLines(setup.redis, warn) : null;
  const voices = startVoices({
    log,
    sealer: createSealer(Buffer.from(setup.keyForPersons), personKeysInPostgres(pool)),
    games,
    accounts: accountsInPostgres(pool),
    cache: redis ? cacheInRedis(redis) : cacheInProcess(),
    writer,
    model: setup.model,
    whisper,
    now,
    warn,
  });
  return {
    stageOf: (gameId) => stageOf(games, gameId, writer !== null),
    health: () => writer?.health() ?? OFF,
    async stop() {
      await voices.stop();
      redis?.disconnect();
    },
  };
}

async function stageOf(games: Games, gameId: string, written: boolean): Promise<Stage> {
  const { config, characters } = await games.of(gameId);
  return {
    llm: written && voiceIn(config).llm,
    linesOf: (character, lang) => linesOfCharacter(characters[character], lang),
  };
}
