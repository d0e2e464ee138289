import { createHash } from 'node:crypto';
import type { Acted } from '../../domain/companion/companion.js';
import type { LogEventData } from '../../domain/events/log-events.js';
import type { Character, Game } from '../../domain/game/game.js';
import type { LineFailure } from '../../domain/voice/outcome.js';
import { type PersonaSheet, personaSheets } from '../../domain/voice/personas.js';
import { costOf, type ModelId, type TokenUsage } from '../../domain/voice/prices.js';
import { isChat, type Prompt, promptFor } from '../../domain/voice/prompt.js';
import { type LineTerms, type Reply, readReply } from '../../domain/voice/reply.js';
import { isShared } from '../../domain/voice/scene.js';
import { modelFor, voiceIn } from '../../domain/voice/settings.js';
import type { Briefing } from './briefing.js';
import { WriterFault } from './line-writer.js';
import { putAside, reservationFor } from './put-aside.js';
import type { VoiceParts } from './voices.js';
import { whispering } from './whispering.js';

/** An act that asks for a line, with all that is known about it. */
export type LineTask = {
  requestId: string;
  acted: Acted & { asks: NonNullable<Acted['asks']> };
  playerId: string;
  gameId: string;
  game: Game;
  briefing: Briefing;
  /** Aborts when the template has to stand in. */
  signal: AbortSignal;
};

type Written = LogEventData<'LineWritten'>;
type Failed = LogEventData<'LineFailed'>;

/** What came of it: the text of a written line is still open, and is to be sealed. */
export type LineOutcome =
  | {
      type: 'LineWritten';
      data: Omit<Written, 'dialogue'>;
      line: Omit<Written['dialogue'], 'text'> & { text: string };
    }
  | { type: 'LineFailed'; data: Failed };

const MAX_TOKENS = { chat: 300, other: 180 };
const TTL_MS = { shared: 24 * 3_600_000, own: 3_600_000 };

/**
 * One line: from the cache, or written by a model whose price was put aside before. Whatever happens, something is said.
 * `requested` is called, and waited for, before money is spent.
 */
export async function writeLine(
  parts: VoiceParts,
  task: LineTask,
  requested: (data: LogEventData<'LineRequested'>) => Promise<void>,
): Promise<LineOutcome> {
  const since = parts.now().getTime();
  const took = () => parts.now().getTime() - since;
  const order = orderFor(task, parts.model);
  const failed = (reason: LineFailure, spent: Partial<Failed> = {}) =>
    failure(task, reason, { latencyMs: took(), ...spent });
  const cached = await cachedLine(parts, task, order);
  if (cached) return written(task, order, { reply: cached, source: 'cache', latencyMs: took() });
  if (!parts.writer) return failed('no_writer');
  if (parts.writer.health().breaker === 'open') return failed('breaker_open');
  const reservation = reservationFor(task, order, parts.now());
  const reserved = await putAside(parts, reservation, task.signal);
  if (reserved !== 'granted') return failed(reserved === 'known' ? 'interrupted' : reserved);
  const { day, amount } = reservation;
  const { scene, fallback } = task.acted.asks;
  const { model, prompt } = order;
  await requested({
    actionId: task.acted.actionId,
    scene,
    model,
    promptHash: prompt.hash,
    fallback,
    day,
    reserved: amount,
  });
  const outcome = await asked(parts, task, order);
  // What an answer that never came was billed as, nobody knows: then what was put aside is gone.
  const spent = outcome.usage ? costOf(model, outcome.usage) : 'unbilled' in outcome ? 0 : amount;
  parts.accounts.settle(reservation.id, spent).catch((error) => parts.warn('a line is not settled', error));
  if (outcome.fault) {
    const told = {
      promptHash: prompt.hash,
      model,
      cost: spent,
      ...(outcome.usage && { usage: outcome.usage }),
    };
    return failed(outcome.fault, told);
  }
  await parts.cache.set(order.cacheKey, JSON.stringify(outcome.reply), order.ttlMs).catch(() => undefined);
  return written(task, order, {
    reply: outcome.reply,
    source: 'llm',
    latencyMs: took(),
    usage: outcome.usage,
    cost: spent,
  });
}

export type Order = {
  model: ModelId;
  prompt: Prompt;
  maxTokens: number;
  terms: LineTerms;
  cacheKey: string;
  ttlMs: number;
};

/** What is asked for. A line that may be said to others is asked for without a word about this player. */
export function orderFor(
  { acted, game, briefing, playerId }: Omit<LineTask, 'signal'>,
  engine?: ModelId,
): Order {
  const { scene, because, fallback, persona } = acted.asks;
  const { lang } = fallback;
  const voice = voiceIn(game.config);
  const shared = isShared(scene);
  const speaker = acted.asks.character ?? persona;
  const character = Object.hasOwn(game.characters, speaker) ? game.characters[speaker] : undefined;
  const { player, message, happened, said, talk } = briefing;
  const prompt = promptFor({
    scene,
    sheet: sheetFor(personaSheets[persona][lang], character),
    lang,
    ageRating: voice.ageRating,
    emotion: acted.emotion,
    happened: shared ? happened.slice(-1) : happened,
    ...(because !== undefined && { because }),
    ...(!shared && { said, talk, ...(player !== null && { player }), ...(message !== null && { message }) }),
  });
  const model = modelFor(voice, engine);
  const terms: LineTerms = { lang, rating: voice.ageRating, chat: isChat(scene), prompt, said };
  const key = JSON.stringify([model, prompt.hash, shared ? null : playerId]);
  return {
    model,
    prompt,
    maxTokens: MAX_TOKENS[isChat(scene) ? 'chat' : 'other'],
    terms,
    cacheKey: createHash('sha256').update(key).digest('hex'),
    ttlMs: shared ? TTL_MS.shared : TTL_MS.own,
  };
}

/** A character of the game's own is told of in the game's words; how it sounds, by the persona that plays it. */
const sheetFor = (sheet: PersonaSheet, character: Character | undefined): PersonaSheet =>
  character
    ? {
        name: character.name ?? character.character,
        voice: character.voice ?? sheet.voice,
        examples: sheet.examples,
      }
    : sheet;

/** A line of the cache, unless this player has just heard it. */
async function cachedLine(
  { cache }: VoiceParts,
  { acted }: LineTask,
  { cacheKey, terms }: Order,
): Promise<Reply | null> {
  if (acted.asks.scene === 'chat') return null;
  const kept = await cache.get(cacheKey).catch(() => null);
  const reply = kept === null ? 'malformed' : readReply(kept, terms);
  return typeof reply === 'string' ? null : reply;
}

type Asked =
  | { fault?: undefined; reply: Reply; usage: TokenUsage }
  /** `unbilled`: it was never carried out. */
  | { fault: LineFailure; usage?: TokenUsage | undefined; unbilled?: true };

/** What is never billed: the request was not carried out. */
const unbilled = new Set<LineFailure>(['rate_limited', 'rejected', 'breaker_open']);

async function asked(
  { writer, whisper }: VoiceParts,
  task: LineTask,
  { model, prompt, maxTokens, terms }: Order,
): Promise<Asked> {
  const stage = task.acted.asks.stream && whisper ? whispering(task, terms, whisper) : null;
  try {
    const ask = { model, prompt, maxTokens, signal: task.signal, ...(stage && { onText: stage.onText }) };
    const { raw, usage } = await writer!.write(ask);
    const reply = readReply(raw, terms);
    if (typeof reply !== 'string') {
      stage?.settle(reply.line);
      return { reply, usage };
    }
    stage?.takeBack();
    return { fault: reply, usage };
  } catch (error) {
    stage?.takeBack();
    if (!(error instanceof WriterFault)) throw error;
    return {
      fault: error.reason,
      usage: error.detail.usage,
      ...(unbilled.has(error.reason) && { unbilled: true }),
    };
  }
}

const actionOf = ({ actionId, causedBy, at, emotion, action, occasion }: Acted) => ({
  actionId,
  causedBy,
  at,
  emotion,
  action,
  occasion,
});

type Told = {
  reply: Reply;
  source: Written['dialogue']['source'];
  latencyMs: number;
  usage?: TokenUsage;
  cost?: number;
};

const nothing: TokenUsage = { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 };

function written(
  { acted }: LineTask,
  { model, prompt }: Order,
  { reply, source, latencyMs, usage = nothing, cost = 0 }: Told,
): LineOutcome {
  const { line: text, gesture, tone } = reply;
  const { scene, fallback } = acted.asks;
  const action = { ...actionOf(acted), ...(gesture && { action: gesture }) };
  return {
    type: 'LineWritten',
    data: { ...action, scene, tone, promptHash: prompt.hash, model, usage, cost, latencyMs },
    line: { text, lang: fallback.lang, source },
  };
}

/** The template stands in. */
export function failure(
  { acted }: Pick<LineTask, 'acted'>,
  reason: LineFailure,
  spent: Partial<Failed>,
): LineOutcome {
  const { scene, fallback } = acted.asks;
  return {
    type: 'LineFailed',
    data: { ...actionOf(acted), scene, dialogue: fallback, reason, cost: 0, latencyMs: 0, ...spent },
  };
}
