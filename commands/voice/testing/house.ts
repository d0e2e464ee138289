import type { LogEventData, LogEventType } from '../../../domain/events/log-events.js';
import type { EventLog, StoredEvent } from '../../../eventstore/log.js';
import { all, until } from '../../../eventstore/testing/events.js';
import { memoryLog } from '../../../eventstore/testing/memory-log.js';
import { CreateGame, CreateGameHandler } from '../../games/handlers.js';
import {
  ReceiveChatMessage,
  ReceiveChatMessageHandler,
  RecordGameEvents,
  RecordGameEventsHandler,
} from '../../players/play.js';
import { RegisterPlayer, RegisterPlayerHandler } from '../../players/profile.js';
import { startCompanionReactor } from '../../reactors/companion-reactor.js';
import { type aGameEvent, writeSideOver } from '../../testing/side.js';
import { guarded } from '../breaker.js';
import { openGames } from '../games.js';
import { cacheInProcess } from '../line-cache.js';
import { anthropicClient, writeWithClaude } from '../line-writer.anthropic.js';
import { startVoices, type VoiceParts, type Voices } from '../voices.js';
import { accountsInMemory } from './accounts.js';
import type { MessagesApi } from './messages-api.js';

/** A game with a player, a companion and a voice, over a log in memory and the Messages API of this machine. */
export async function openHouse(
  api: MessagesApi,
  config: Record<string, unknown> = {},
  over: Partial<VoiceParts> = {},
) {
  const log = memoryLog();
  const side = writeSideOver(log);
  const { now } = side;
  const game = (await new CreateGameHandler(side).execute(
    new CreateGame('a-client', { name: 'Game', config }),
  )) as { id: string };
  const seat = async (externalId: string, displayName?: string, lang: 'en' | 'zh' = 'en') => {
    const registration = {
      clientId: 'a-client',
      gameId: game.id,
      externalId,
      persona: 'cool',
      lang,
      ...(displayName && { displayName }),
    };
    return (
      (await new RegisterPlayerHandler(side).execute(new RegisterPlayer(registration))) as { id: string }
    ).id;
  };
  const games = openGames(log);
  const whispered: object[] = [];
  const accounts = accountsInMemory();
  const warn = () => undefined;
  const writer = guarded(writeWithClaude(anthropicClient({ apiKey: 'a-key', baseURL: api.url })), now);
  const parts: VoiceParts = {
    log,
    sealer: side.sealer,
    games,
    accounts,
    cache: cacheInProcess(),
    writer,
    whisper: (_, frame) => whispered.push(frame),
    now,
    warn,
    ...over,
  };
  const reactor = startCompanionReactor({
    log,
    now,
    warn,
    stageOf: async () => ({ llm: true, linesOf: () => [] }),
  });
  const voices: Voices = startVoices(parts);
  const stop = async () => {
    await reactor.stop();
    await voices.stop();
  };
  return { log, side, game, seat, ...players(side), whispered, accounts, parts, writer, stop };
}

/** What players do. */
function players(side: ReturnType<typeof writeSideOver>) {
  const chat = (playerId: string, text: string, stream = false) => {
    const message = {
      id: crypto.randomUUID() as string,
      text,
      at: side.now().toISOString(),
      ...(stream && { stream }),
    };
    const origin = { playerId, correlationId: message.id };
    return new ReceiveChatMessageHandler(side)
      .execute(new ReceiveChatMessage(origin, message))
      .then(() => message.id);
  };
  const play = async (playerId: string, ...events: ReturnType<typeof aGameEvent>[]) => {
    const origin = { playerId, correlationId: events[0]!.id };
    await new RecordGameEventsHandler(side).execute(new RecordGameEvents(origin, events, 500));
  };
  return { chat, play };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

export const eventsOf = async (log: EventLog, player: string) => all(log.readStream(`player-${player}`));
export const dataOf = <T extends LogEventType>(events: StoredEvent[], type: T) =>
  events.filter((event) => event.type === type).map(({ data }) => data as LogEventData<T>);

/** What came of the first act that asked for a line. */
export async function outcome(house: House, player: string, count = 1) {
  await until(async () => {
    const events = await eventsOf(house.log, player);
    return events.filter(({ type }) => type === 'LineWritten' || type === 'LineFailed').length >= count;
  });
  const events = await eventsOf(house.log, player);
  return {
    events,
    acted: dataOf(events, 'CompanionActed'),
    requested: dataOf(events, 'LineRequested'),
    written: dataOf(events, 'LineWritten'),
    failed: dataOf(events, 'LineFailed'),
  };
}
