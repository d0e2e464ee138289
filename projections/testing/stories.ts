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

type Spoken = { data: unknown };
const TEMPLATE = {
  text: '{player}, that was yours.',
  lang: 'en',
  source: 'template',
  templateId: 'en.cool.chat.01',
};

/** An act that asks for a line. */
export function asked(causedBy: string, at: string, scene = 'chat') {
  const { data, ...event } = acted(causedBy, at);
  const { dialogue: _, ...silent } = data as Record<string, unknown>;
  return { ...event, data: { ...silent, asks: { scene, persona: 'cool', fallback: TEMPLATE } } };
}

const PROMPT_HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const BY_MODEL = {
  promptHash: PROMPT_HASH,
  model: 'claude-haiku-5-5',
  usage: { input: 612, cacheWrite: 0, cacheRead: 0, output: 41 },
  cost: 81_700,
  latencyMs: 912,
};

const actIn = ({ data }: Spoken) => {
  const { asks, ...act } = data as { asks: { scene: string } };
  return { ...act, scene: asks.scene };
};

export const lineRequested = (act: Spoken, memories?: { memoryId: string; score: number }[]) =>
  stored('LineRequested', {
    actionId: (act.data as { actionId: string }).actionId,
    scene: actIn(act).scene,
    model: BY_MODEL.model,
    promptHash: PROMPT_HASH,
    fallback: TEMPLATE,
    day: '2026-11-20',
    reserved: 512_000,
    ...(memories && { memories }),
  });

export const lineWritten = (act: Spoken, text = 'sealed:line') =>
  stored('LineWritten', {
    ...actIn(act),
    dialogue: { text, lang: 'en', source: 'llm' },
    tone: 'warm',
    ...BY_MODEL,
  });

export const lineFailed = (act: Spoken, reason: string) =>
  stored('LineFailed', { ...actIn(act), dialogue: TEMPLATE, reason, cost: 0, latencyMs: 3 });
