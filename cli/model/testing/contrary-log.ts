import { metadataOf } from '../../../commands/context.js';
import { type Companion, evolve, initialCompanion, react } from '../../../domain/companion/companion.js';
import type { EmotionLabel } from '../../../domain/emotion/emotion.js';
import type { LogEventOf } from '../../../domain/events/log-events.js';
import { derivedId } from '../../../domain/kernel/ids.js';
import { startEmbeddedNode } from '../../../eventstore/embedded/start.js';
import { connectLog } from '../../../eventstore/log.eventstore.js';
import type { NewEvent } from '../../../eventstore/log.js';
import { seeded } from '../metrics.js';

export const CLIENT = 'a-client-of-tests';
const START = Date.UTC(2026, 0, 1);
/** What they say they felt: the other way round than every rule has it. */
const contrary: Record<string, EmotionLabel> = { 'player.kill': 'angry', 'player.death': 'happy' };

type Told = LogEventOf<'GameEventRecorded' | 'CompanionActed' | 'FeedbackGiven'>;

/** A log in that folder with a game, and players who say of every answer that a kill made them angry and a death happy. */
export async function contraryLog(dir: string, gameId: string, players: number): Promise<void> {
  const node = await startEmbeddedNode({ dir });
  const log = connectLog({ url: node.url });
  try {
    const created = { clientId: CLIENT, name: 'Contrary', config: {} };
    await log.append(`game-${gameId}`, [stored(gameId, 'GameCreated', created, 'created')], 'no_stream');
    for (let nth = 0; nth < players; nth++)
      await log.append(`player-${gameId}-${nth}`, lifeOf(gameId, nth), 'no_stream');
  } finally {
    await log.close();
    await node.stop();
  }
}

/** Kills and deaths by chance, far enough apart for the companion to answer. */
function lifeOf(gameId: string, nth: number): NewEvent[] {
  const random = seeded(nth + 1);
  let companion: Companion = { ...initialCompanion, persona: 'cool', lang: 'en' };
  const events: NewEvent[] = [];
  const tell = (told: Told, id: string) => {
    events.push(stored(gameId, told.type, told.data, id));
    return { id, ...told };
  };
  for (let at = 0; at < 60; at++) {
    const id = derivedId(`${gameId} ${nth} ${at}`, 'told');
    const type = random() < 0.5 ? 'player.kill' : 'player.death';
    const data = { type, at: new Date(START + at * 120_000).toISOString(), data: {}, context: {} };
    const { companion: after, acted } = react(companion, tell({ type: 'GameEventRecorded', data }, id));
    companion = after;
    if (!acted) continue;
    const act = tell({ type: 'CompanionActed', data: acted }, derivedId(id, 'acted'));
    companion = evolve(companion, act);
    const feedback = { actionId: acted.actionId, reaction: 'dislike', felt: contrary[type]! } as const;
    tell({ type: 'FeedbackGiven', data: feedback }, derivedId(id, 'feedback'));
  }
  return events;
}

function stored(gameId: string, type: string, data: object, id: string): NewEvent {
  const uuid = id.length === 36 ? id : derivedId(gameId, id);
  const cause = { correlationId: uuid, causationId: uuid, clientId: CLIENT, gameId };
  return { id: uuid, type, data, metadata: metadataOf(type, cause, new Date(START)) };
}
