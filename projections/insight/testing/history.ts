import { createHash } from 'node:crypto';
import type { NewEvent, PlacedEvent } from '../../../eventstore/log.js';
import { type Recorded, recordedOf } from '../../recorded.js';

export const START_MS = Date.parse('2026-03-01T18:00:00.000Z');

/** A stored type with its data, or a type of the game with the minute in which it happened, and its facts. */
export type Told = [type: string, what: number | Record<string, unknown>, facts?: Record<string, unknown>];
export type Tenant = { gameId: string; clientId: string };

const idOf = (text: string) => {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
};

const emotion = {
  label: 'happy',
  intensity: 1,
  valence: 1,
  arousal: 0,
  dominance: 0,
  confidence: 1,
  source: 'rule',
};

function dataOf([type, what, facts = {}]: Told, { gameId, clientId }: Tenant) {
  const at = new Date(START_MS + (typeof what === 'number' ? what : 0) * 60_000).toISOString();
  const more = typeof what === 'number' ? {} : what;
  const all: Record<string, Record<string, unknown>> = {
    PlayerRegistered: { clientId, gameId, externalId: 'sealed:x', persona: 'cheerful', lang: 'zh' },
    PersonaChosen: {},
    MemoriesForgotten: { keys: [], memoryIds: [], reason: 'asked', at },
    FeedbackGiven: { actionId: 'a', reaction: 'like' },
    ChatMessageReceived: { at, text: 'sealed:y' },
    CompanionActed: { actionId: 'a', causedBy: 'b', at, emotion, action: 'cheer', occasion: 'kill' },
  };
  const stored = all[type];
  return stored
    ? { type, data: { ...stored, ...more } }
    : { type: 'GameEventRecorded', data: { type, at, data: facts, context: {} } };
}

/** The events of a player as they are appended. */
export function newEvents(
  player: string,
  told: Told[],
  tenant: Tenant = { gameId: 'g1', clientId: 'c1' },
): NewEvent[] {
  return told.map((one, n) => {
    const id = idOf(`${player} ${n}`);
    const metadata = { $correlationId: id, $causationId: id, schemaVersion: 1, ...tenant };
    return {
      id,
      ...dataOf(one, tenant),
      metadata: { ...metadata, recordedAt: '2026-06-01T00:00:00.000Z' },
    };
  });
}

/** The same as projections get them. */
export const playerEvents = (player: string, told: Told[], tenant?: Tenant): Recorded[] =>
  newEvents(player, told, tenant).map((event, n) => {
    const stored: PlacedEvent = { ...event, stream: `player-${player}`, revision: n, position: n + 1 };
    return recordedOf(stored)!;
  });
