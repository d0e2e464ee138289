import { asOperator } from '../../../domain/access/reached.js';
import type { LogEventData, LogEventType } from '../../../domain/events/log-events.js';
import { voiceIn } from '../../../domain/voice/settings.js';
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
import { type ReactorParts, startCompanionReactor } from '../../reactors/companion-reactor.js';
import { type aGameEvent, writeSideOver } from '../../testing/side.js';
import { guarded } from '../breaker.js';
import type { LineCount } from '../count.js';
import { openGames } from '../games.js';
import { cacheInProcess } from '../line-cache.js';
import { anthropicClient, writeWithClaude } from '../line-writer.anthropic.js';
import { startVoices, type VoiceParts } from '../voices.js';
import { accountsInMemory } from './accounts.js';
import type { MessagesApi } from './messages-api.js';

const warn = () => undefined;

/** A game with its players, companions and voice, over a log in memory and the Messages API of this machine. */
export async function openHouse(
  api: MessagesApi,
  config: Record<string, unknown> = {},
  { seen, ...over }: Partial<VoiceParts> & Pick<ReactorParts, 'seen'> = {},
) {
  const log = memoryLog();
  const side = writeSideOver(log);
  const { now } = side;
  const created = await new CreateGameHandler(side).execute(
    new CreateGame('a-client', { name: 'Game', config }),
  );
  const game = created as { id: string };
  const whispered: object[] = [];
  const accounts = accountsInMemory();
  const counted: LineCount[] = [];
  const count = (line: LineCount) => void counted.push(line);
  const writer = guarded(writeWithClaude(anthropicClient({ apiKey: 'a-key', baseURL: api.url })), now);
  const whisper = (_: string, frame: object) => void whispered.push(frame);
  const store = { log, sealer: side.sealer, games: openGames(log), accounts, cache: cacheInProcess() };
  const parts: VoiceParts = { ...store, writer, whisper, count, now, warn, ...over };
  const stage = { llm: true, recap: voiceIn(config).recap, linesOf: () => [] };
  const reacting = { log, now, warn, stageOf: async () => stage, ...(seen && { seen }) };
  const react = () => startCompanionReactor(reacting);
  let reactor = react();
  const voices = startVoices(parts);
  const stop = async () => {
    await reactor.stop();
    await voices.stop();
  };
  /** Companions act again after `stop`. */
  const act = () => {
    reactor = react();
  };
  return {
    log,
    side,
    game,
    act,
    ...playersOf(side, game.id),
    whispered,
    counted,
    accounts,
    parts,
    writer,
    stop,
  };
}

function playersOf(side: ReturnType<typeof writeSideOver>, gameId: string) {
  return {
    async seat(externalId: string, displayName?: string, lang: 'en' | 'zh' = 'en'): Promise<string> {
      const game = asOperator.game({ id: gameId, clientId: 'a-client' });
      const who = { externalId, persona: 'cool', lang };
      const registration = { ...who, ...(displayName && { displayName }) };
      const player = await new RegisterPlayerHandler(side).execute(new RegisterPlayer(game, registration));
      return (player as { id: string }).id;
    },
    async chat(playerId: string, text: string, stream = false): Promise<string> {
      const id = crypto.randomUUID() as string;
      const message = { id, text, at: side.now().toISOString(), ...(stream && { stream }) };
      await new ReceiveChatMessageHandler(side).execute(
        new ReceiveChatMessage({ player: asOperator.player(playerId), correlationId: id }, message),
      );
      return id;
    },
    async play(playerId: string, ...events: ReturnType<typeof aGameEvent>[]): Promise<void> {
      const origin = { player: asOperator.player(playerId), correlationId: events[0]!.id };
      await new RecordGameEventsHandler(side).execute(new RecordGameEvents(origin, events, 500));
    },
  };
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
