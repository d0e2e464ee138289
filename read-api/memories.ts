import type { Language } from '../domain/kernel/language.js';
import { becauseOf } from '../domain/memory/because.js';
import type { Elsewhere, Remembered } from '../domain/memory/memory.js';
import { type Sayable, sentenceOf } from '../domain/memory/sentence.js';
import { strengthOf } from '../domain/memory/strength.js';
import type { PlayerRow } from '../projections/players.js';
import type { MemoryItem, Said } from './answers/memories.js';
import type { OpenedOf } from './opening.js';

export type Telling = { openedOf: OpenedOf; player: PlayerRow };

/** In the player's language. */
export async function saidOf(
  { openedOf, player }: Telling,
  memory: Sayable & { sealed?: string; elsewhere?: Elsewhere },
): Promise<Said> {
  const lang = player.lang as Language;
  if (memory.sealed === undefined) return { text: sentenceOf(memory, lang) };
  const opened = await openedOf(memory.elsewhere?.playerId ?? player.id, memory.sealed);
  if ('text' in opened) return { text: sentenceOf(memory, lang, opened.text) };
  return { text: sentenceOf(memory, lang), ...opened };
}

/** A memory as it is answered. Times are the game's; `text` is a sentence to the player. */
export async function memoryItem(telling: Telling, memory: Remembered, at: number): Promise<MemoryItem> {
  const { memoryId: id, key: _, sealed: __, revisions: ___, elsewhere, ...told } = memory;
  return {
    id,
    gameId: elsewhere?.gameId ?? telling.player.gameId,
    ...(await saidOf(telling, memory)),
    ...told,
    at: memory.lastAt,
    because: becauseOf(memory, telling.player.lang as Language),
    strength: strengthOf(memory, at),
  };
}
