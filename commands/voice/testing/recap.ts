import { until } from '../../../eventstore/testing/events.js';
import { aGameEvent } from '../../testing/side.js';
import { batchesWithClaude } from '../batch-writer.anthropic.js';
import { anthropicClient } from '../line-writer.anthropic.js';
import { type RecapParts, startRecaps } from '../recaps.js';
import { dataOf, eventsOf, type House, openHouse } from './house.js';
import type { MessagesApi } from './messages-api.js';
import { waitingLinesInMemory } from './waiting-lines.js';

/** Plays a session, after which it is to be looked back at it. */
export async function aSession(house: House, player: string): Promise<void> {
  await house.play(
    player,
    ...['session.start', 'player.kill', 'player.kill', 'player.death', 'session.end'].map((type, nth) =>
      aGameEvent(type, nth * 100),
    ),
  );
  await until(async () =>
    dataOf(await eventsOf(house.log, player), 'CompanionActed').some(({ asks }) => asks?.scene === 'recap'),
  );
}

/** Two players who have played a session each, in a game that looks back. */
export async function afterASession(api: MessagesApi) {
  const waiting = waitingLinesInMemory();
  let waits = 0;
  const later = {
    add: (line: Parameters<typeof waiting.add>[0]) => waiting.add(line).then(() => void waits++),
  };
  const house = await openHouse(api, { voice: { recap: true } }, { later });
  const players = [await house.seat('ann', 'Annika'), await house.seat('bob')];
  for (const player of players) await aSession(house, player);
  await until(() => waits === 2);
  const batches = batchesWithClaude(anthropicClient({ apiKey: 'a-key', baseURL: api.url }));
  const parts: RecapParts = { ...house.parts, waiting, batches, everyMs: 10, gatherMs: 0 };
  const recaps = (over: Partial<RecapParts> = {}) => startRecaps({ ...parts, ...over });
  return { house, players, waiting, parts, recaps };
}

/** All that was asked for in batches. */
export const askedOf = (api: MessagesApi) => api.batches.flatMap(({ requests }) => requests);

/** Whatever was asked for, and will be, is answered. */
export function answerAll(api: MessagesApi): void {
  for (const batch of api.batches) batch.ended = true;
}
