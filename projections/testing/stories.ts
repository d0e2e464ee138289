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
    if (index % 5 === 0) log.tell(`player-p${player}`, ...answer(event.id, at, index / 5));
    if (index % 10 === 0)
      log.tell(
        `player-p${player}`,
        stored('FeedbackGiven', { actionId: actionOf(event.id), reaction: 'like' }),
      );
    if (index % 17 === 0) log.tell(`player-p${player}`, stored('PersonaChosen', { persona: 'cool' }));
  }
  return log;
}

/** Most acts say a template; one of four asks for a line, which is written, known by the cache, or fails. */
function answer(causedBy: string, at: string, nth: number): NewEvent[] {
  if (nth % 4 !== 3) return [acted(causedBy, at)];
  const request = [asked(causedBy, at), requested(causedBy)];
  const kind = (nth - 3) / 4;
  if (kind % 3 === 0) return [...request, written(causedBy, at)];
  if (kind % 3 === 1) return [...request, failed(causedBy, at, { model: MODEL, usage, cost: COST })];
  return [asked(causedBy, at), written(causedBy, at, { ...cached, scene: 'milestone' })];
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

const template = {
  text: '太强了！',
  lang: 'zh',
  source: 'template',
  templateId: 'zh.cheerful.first_ever.01',
};

/** An act that asks for a line of its own. */
export function asked(causedBy: string, at: string, asks: Record<string, unknown> = {}): NewEvent {
  const { dialogue: _, ...silent } = acted(causedBy, at).data as Record<string, unknown>;
  return stored('CompanionActed', {
    ...silent,
    occasion: 'first_ever',
    asks: { scene: 'first_ever', persona: 'cheerful', fallback: template, ...asks },
  });
}

export const MODEL = 'claude-haiku-5-5';
export const usage = { input: 600, cacheWrite: 20, cacheRead: 1_000, output: 40 };
/** Of that usage, in billionths of a US dollar. */
export const COST = 92_500;
const cached = {
  dialogue: { text: 'sealed:line', lang: 'zh', source: 'cache' },
  usage: { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 },
  cost: 0,
};
const promptHash = 'c0ffee'.padEnd(64, '0');

const requested = (causedBy: string) =>
  stored('LineRequested', {
    actionId: actionOf(causedBy),
    scene: 'first_ever',
    model: MODEL,
    promptHash,
    fallback: template,
    day: '2026-11-20',
    reserved: 2 * COST,
  });

/** The line of an act that asked for one. */
export const written = (causedBy: string, at: string, over: Record<string, unknown> = {}) =>
  lineOf('LineWritten', causedBy, at, {
    dialogue: { text: 'sealed:line', lang: 'zh', source: 'llm' },
    tone: 'warm',
    promptHash,
    model: MODEL,
    usage,
    cost: COST,
    latencyMs: 900,
    ...over,
  });

/** There is none; the template stands in. */
export const failed = (causedBy: string, at: string, over: Record<string, unknown> = {}) =>
  lineOf('LineFailed', causedBy, at, {
    dialogue: template,
    reason: 'wrong_language',
    cost: 0,
    latencyMs: 900,
    ...over,
  });

function lineOf(type: string, causedBy: string, at: string, line: Record<string, unknown>): NewEvent {
  const { asks: _, ...action } = asked(causedBy, at).data as Record<string, unknown>;
  return stored(type, { ...action, scene: 'first_ever', ...line });
}
