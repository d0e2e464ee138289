import { derivedId } from '../../domain/kernel/ids.js';
import type { NewEvent } from '../../eventstore/log.js';
import { type MemoryLog, memoryLog } from '../../eventstore/testing/memory-log.js';

export const CLIENT = 'c1';
export const GAME = 'g1';

let told = 0;

/** An event as the write side stores it. */
export const stored = (
  type: string,
  data: unknown,
  metadata: Partial<NewEvent['metadata']> = {},
): NewEvent => {
  const id = derivedId(`told ${told++}`, type);
  return {
    id,
    type,
    data,
    metadata: {
      $correlationId: id,
      $causationId: id,
      schemaVersion: 1,
      clientId: CLIENT,
      gameId: GAME,
      recordedAt: '2026-11-20T10:00:00.000Z',
      ...metadata,
    },
  };
};

const kinds = [
  'player.kill',
  'player.death',
  'player.assist',
  'player.multi_kill',
  'player.victory',
  'player.idle',
];

/** A play: a game, some players, and game events told round robin, one a second from `from` on. */
export function play({ players = 3, events = 100, from = '2026-11-20T10:00:00Z' } = {}): MemoryLog {
  // The same play has the same ids, also in another process.
  told = 0;
  const log = memoryLog();
  log.tell(`game-${GAME}`, stored('GameCreated', { clientId: CLIENT, name: 'Arena', config: { map: 'x' } }));
  for (let index = 0; index < players; index++) log.tell(`player-p${index}`, registered());
  for (let index = 0; index < events; index++) {
    const player = index % players;
    const at = new Date(Date.parse(from) + index * 1000).toISOString();
    const event = gameEvent(kinds[(index * 7 + player) % kinds.length]!, at);
    log.tell(`player-p${player}`, event);
    if (index % 5 === 0) log.tell(`player-p${player}`, acted(event.id, at));
    if (index % 10 === 0)
      log.tell(
        `player-p${player}`,
        stored('FeedbackGiven', { actionId: actionOf(event.id), reaction: 'like' }),
      );
    if (index % 17 === 0) log.tell(`player-p${player}`, stored('PersonaChosen', { persona: 'cool' }));
  }
  return log;
}

export const registered = () =>
  stored('PlayerRegistered', {
    clientId: CLIENT,
    gameId: GAME,
    externalId: 'sealed:abc',
    displayName: 'sealed:def',
    persona: 'cheerful',
    lang: 'zh',
  });

export const gameEvent = (type: string, at: string, data: Record<string, unknown> = { killCount: 3 }) =>
  stored('GameEventRecorded', { type, at, data, context: { playerLevel: 12 } });

const actionOf = (causedBy: string) => derivedId(causedBy, 'action');

export const acted = (causedBy: string, at: string) =>
  stored('CompanionActed', {
    actionId: actionOf(causedBy),
    causedBy,
    at,
    emotion: {
      label: 'happy',
      intensity: 0.5,
      valence: 0.5,
      arousal: 0.1,
      dominance: 0,
      confidence: 0.9,
      source: 'rule',
    },
    action: 'cheer',
    occasion: 'kill',
    dialogue: { text: '太强了！', lang: 'zh', source: 'template', templateId: 'zh.cheerful.kill.01' },
  });
