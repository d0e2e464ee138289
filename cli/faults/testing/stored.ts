import { EventStoreDBClient, streamNameFilter } from '@eventstore/db-client';
import { formatPosition } from '../../../domain/kernel/position.js';

/** Ids, in the log's order. */
export type Stored = { events: string[]; chats: string[]; acts: string[] };

/** What the log itself holds of each player, read without the engine. */
export async function readLog(url: string): Promise<{ players: Map<string, Stored>; position: string }> {
  const client = EventStoreDBClient.connectionString(url);
  const players = new Map<string, Stored>();
  let last = 0;
  for await (const { event } of client.readAll({
    filter: streamNameFilter({ prefixes: ['player-'] }),
  } as object)) {
    if (!event?.streamId.startsWith('player-')) continue;
    last = Number(event.position.commit);
    const id = event.streamId.slice('player-'.length);
    const stored = players.get(id) ?? { events: [], chats: [], acts: [] };
    players.set(id, stored);
    if (event.type === 'GameEventRecorded') stored.events.push(event.id);
    if (event.type === 'ChatMessageReceived') stored.chats.push(event.id);
    if (event.type === 'CompanionActed') stored.acts.push((event.data as { actionId: string }).actionId);
  }
  await client.dispose();
  return { players, position: formatPosition(last, 0) };
}
