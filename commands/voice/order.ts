import { createHash, createHmac } from 'node:crypto';
import type { Acted } from '../../domain/companion/companion.js';
import { type Character, characterIn, type Game } from '../../domain/game/game.js';
import type { Use } from '../../domain/memory/recall.js';
import { type PersonaSheet, personaSheets } from '../../domain/voice/personas.js';
import { type ModelId, mostOf } from '../../domain/voice/prices.js';
import { isChat, type Prompt, promptFor } from '../../domain/voice/prompt.js';
import type { LineTerms } from '../../domain/voice/reply.js';
import { isShared } from '../../domain/voice/scene.js';
import { modelFor, voiceIn } from '../../domain/voice/settings.js';
import type { Reservation } from './accounts.js';
import type { Briefing } from './briefing.js';
import type { VoiceParts } from './voices.js';

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

const MAX_TOKENS = { chat: 300, other: 180 };
/** What happens to everybody is kept for a day; what seldom comes again as it was, for an hour. */
const TTL_MS = { common: 24 * 3_600_000, other: 3_600_000 };

/** What is asked for, of whom, and what the answer is held against. */
export type Order = {
  model: ModelId;
  prompt: Prompt;
  /** Names the prompt in the log: nobody without the key finds out what a short message was by trying. */
  mark: string;
  maxTokens: number;
  terms: LineTerms;
  cacheKey: string;
  /** How long others may be told the same; 0: it is this player's alone. */
  ttlMs: number;
  /** The memories that whoever writes it is told of. */
  uses: readonly Use[];
  /** Streams of others of whom it is told. */
  origins: readonly string[];
};

/** What is asked for. A line that may be said to others is asked for without a word about this player. */
export function orderFor(
  { acted, game, briefing, playerId }: Omit<LineTask, 'signal'>,
  { model: engine, markKey = '' }: Pick<VoiceParts, 'model' | 'markKey'> = {},
): Order {
  const { scene, because, fallback, persona } = acted.asks;
  const { lang } = fallback;
  const voice = voiceIn(game.config);
  const shared = isShared(scene);
  const character = characterIn(game, acted.asks.character ?? persona);
  const { player, message, cause, happened, said, talk } = briefing;
  // Others may be told it too.
  const remembers = shared ? [] : briefing.remembers;
  const prompt = promptFor({
    scene,
    sheet: sheetFor(personaSheets[persona][lang], character),
    lang,
    ageRating: voice.ageRating,
    emotion: acted.emotion,
    happened: shared ? (cause ? [cause] : []) : happened,
    ...(because !== undefined && { because }),
    memories: remembers.map(({ sentence }) => sentence),
    ...(!shared && { said, talk, ...(player !== null && { player }), ...(message !== null && { message }) }),
  });
  const model = modelFor(voice, engine);
  const terms: LineTerms = { lang, rating: voice.ageRating, chat: isChat(scene), prompt, said };
  const key = JSON.stringify([model, prompt.hash, shared ? null : playerId]);
  return {
    model,
    prompt,
    mark: createHmac('sha256', markKey).update(prompt.hash).digest('hex'),
    maxTokens: MAX_TOKENS[isChat(scene) ? 'chat' : 'other'],
    terms,
    cacheKey: createHash('sha256').update(key).digest('hex'),
    ttlMs: !shared ? 0 : scene === 'busy' ? TTL_MS.other : TTL_MS.common,
    uses: remembers.map(({ use }) => use),
    origins: shared ? [] : originsIn(briefing),
  };
}

const originsIn = ({ origins, remembers }: Briefing): string[] => [
  ...new Set([...origins, ...remembers.flatMap(({ origin }) => origin ?? [])]),
];

/** A character of the game's own is told of in the game's words; how it sounds, by the persona that plays it. */
const sheetFor = (sheet: PersonaSheet, character: Character | undefined): PersonaSheet =>
  character
    ? {
        name: character.name ?? character.character,
        voice: character.voice ?? sheet.voice,
        examples: sheet.examples,
      }
    : sheet;

/** What is put aside for it: it cannot cost more. */
export function reservationFor(
  { requestId, gameId, playerId, game }: LineTask,
  { model, prompt, maxTokens }: Order,
  { now, batch }: { now: Date; batch: boolean },
): Reservation {
  const { gameDayUsd, playerDayUsd } = voiceIn(game.config);
  const promptBytes = Buffer.byteLength(prompt.system) + Buffer.byteLength(prompt.user);
  return {
    id: requestId,
    gameId,
    playerId,
    day: now.toISOString().slice(0, 10),
    amount: mostOf(model, { promptBytes, outputTokens: maxTokens }, { batch }),
    gameCap: Math.floor(gameDayUsd * 1e9),
    playerCap: Math.floor(playerDayUsd * 1e9),
  };
}
