import { randomBytes } from 'node:crypto';
import type { ImportedEvent } from '../../cli/imports/index.js';
import { openWriteSide } from '../../commands/context.js';
import { CreateGame, CreateGameHandler } from '../../commands/games/handlers.js';
import { createSealer } from '../../commands/person-keys/sealer.js';
import {
  ReceiveChatMessage,
  ReceiveChatMessageHandler,
  RecordGameEvents,
  RecordGameEventsHandler,
} from '../../commands/players/play.js';
import { RegisterPlayer, RegisterPlayerHandler } from '../../commands/players/profile.js';
import { startCompanionReactor } from '../../commands/reactors/companion-reactor.js';
import { keysInMemory } from '../../commands/testing/side.js';
import { guarded } from '../../commands/voice/breaker.js';
import { openGames } from '../../commands/voice/games.js';
import type { LineCache } from '../../commands/voice/line-cache.js';
import type { LineWriter } from '../../commands/voice/line-writer.js';
import { accountsInMemory } from '../../commands/voice/testing/accounts.js';
import { startVoices } from '../../commands/voice/voices.js';
import { asOperator } from '../../domain/access/reached.js';
import type { Stage } from '../../domain/companion/stage.js';
import type { Book } from '../../domain/emotion/book.js';
import type { GameEvent } from '../../domain/events/game-event.js';
import type { Language, Persona } from '../../domain/kernel/language.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import type { EventLog, NewEvent, StoredEvent } from '../../eventstore/log.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';

export const playerNames: Record<Language, string> = { en: 'Robin', zh: '小晴' };

/** Games in which lines may be written, as they do by themselves. */
export const stage: Stage = { llm: true, recap: false, linesOf: () => [] };

export type HouseParts = {
  lang: Language;
  persona: Persona;
  book: Book;
  write: LineWriter;
  cache: LineCache;
  warn: (message: string, error: unknown) => void;
};

export type House = {
  /** Sets the clock to this event, and stores it with those before it. */
  tell(events: readonly ImportedEvent[]): Promise<void>;
  /** Resolves when so many acts, and so many lines for those that asked, are in the log. */
  answered(acts: number, lines: number): Promise<void>;
  stored(): Promise<StoredEvent[]>;
  stop(): Promise<void>;
};

const PATIENCE_MS = 60_000;

/** One player with a companion and a voice: all of the write side, over a log in memory, at the time of the match. */
export async function openHouse(parts: HouseParts): Promise<House> {
  let clock = new Date();
  const now = () => clock;
  const counted = countingLog();
  const { log } = counted;
  const { book, cache, warn } = parts;
  const sealer = createSealer(randomBytes(32), keysInMemory());
  const side = openWriteSide({ log, sealer, pseudonym: (_, text) => text, now });
  const playerId = await seated(side, parts);
  const reactor = startCompanionReactor({ log, now, warn, book, stageOf: async () => stage });
  const voices = startVoices({
    log,
    sealer,
    games: openGames(log),
    accounts: accountsInMemory(),
    cache,
    writer: guarded(parts.write, now),
    now,
    warn,
  });
  return {
    async tell(events) {
      clock = new Date(events.at(-1)!.at);
      for (const told of inOneGo(events)) await send(side, playerId, told);
    },
    answered: counted.answered,
    async stored() {
      const found: StoredEvent[] = [];
      for await (const event of log.readStream(`player-${playerId}`)) found.push(event);
      return found;
    },
    async stop() {
      await reactor.stop();
      await voices.stop();
    },
  };
}

type Side = ReturnType<typeof openWriteSide>;

async function seated(side: Side, { lang, persona }: HouseParts): Promise<string> {
  const game = accepted(
    await new CreateGameHandler(side).execute(new CreateGame('studio', { name: 'Game', config: {} })),
  );
  const registration = {
    externalId: 'player',
    displayName: playerNames[lang],
    persona,
    lang,
  };
  const ours = asOperator.game({ id: game.id, clientId: 'studio' });
  return accepted(await new RegisterPlayerHandler(side).execute(new RegisterPlayer(ours, registration))).id;
}

function accepted<T>(answer: T | Rejection): T {
  if (answer instanceof Rejection) throw new Error(answer.message);
  return answer;
}

type Told =
  | { kind: 'chat'; chat: Extract<ImportedEvent, { kind: 'chat' }> }
  | { kind: 'play'; play: GameEvent[] };

/** Chat is a command each; what happens between goes in one. */
function inOneGo(events: readonly ImportedEvent[]): Told[] {
  const told: Told[] = [];
  for (const event of events) {
    const last = told.at(-1);
    if (event.kind === 'chat') told.push({ kind: 'chat', chat: event });
    else if (last?.kind === 'play') last.play.push(event);
    else told.push({ kind: 'play', play: [event] });
  }
  return told;
}

async function send(side: Side, playerId: string, told: Told): Promise<void> {
  const player = asOperator.player(playerId);
  if (told.kind === 'chat') {
    const { id, text, at } = told.chat;
    const command = new ReceiveChatMessage({ player, correlationId: id }, { id, text, at });
    accepted(await new ReceiveChatMessageHandler(side).execute(command));
    return;
  }
  const origin = { player, correlationId: told.play[0]!.id };
  const bytes = Buffer.byteLength(JSON.stringify(told.play));
  accepted(await new RecordGameEventsHandler(side).execute(new RecordGameEvents(origin, told.play, bytes)));
}

/** A log that tells when enough was answered. */
function countingLog(): { log: EventLog } & Pick<House, 'answered'> {
  const counts = { acts: 0, lines: 0 };
  let look = () => {};
  const count = ({ type }: NewEvent) => {
    if (type === 'CompanionActed') counts.acts++;
    if (type === 'LineWritten' || type === 'LineFailed') counts.lines++;
  };
  const log = memoryLog({
    afterAppend: (_, events) => {
      events.forEach(count);
      look();
    },
  });
  const answered = (acts: number, lines: number) =>
    new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`${acts} acts and ${lines} lines expected, there are ${JSON.stringify(counts)}`));
      }, PATIENCE_MS);
      look = () => {
        if (counts.acts < acts || counts.lines < lines) return;
        clearTimeout(late);
        resolve();
      };
      look();
    });
  return { log, answered };
}
