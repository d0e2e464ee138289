import { type Book, openBook } from '../domain/emotion/book.js';
import { activity } from './activity.js';
import { companionActions } from './companion-actions.js';
import { cost } from './cost.js';
import { dialogue } from './dialogue.js';
import { emotionHoursBy } from './emotion-hours.js';
import { emotionsBy } from './emotions.js';
import { feelsBy } from './felt-by.js';
import { gameEvents } from './game-events.js';
import { games } from './games.js';
import { lines } from './lines.js';
import { memoriesBy } from './memories.js';
import { remembersBy } from './memory/remembers-by.js';
import { type MemoryIndex, memoryVectorsBy } from './memory-vectors.js';
import { players } from './players.js';
import type { Projection } from './projection.js';
import { sessions } from './sessions.js';
import { usage } from './usage.js';

/**
 * Every read model that follows the log, as this book has it felt. To add one: its file, and a line here. `index`: where
 * memories are found by their meaning; without it they are not.
 */
export function projectionsOf(book: Book, { index }: { index?: MemoryIndex } = {}): readonly Projection[] {
  const feels = feelsBy(book);
  const remembers = remembersBy(feels);
  return [
    games,
    players,
    gameEvents,
    emotionsBy(feels),
    companionActions,
    lines,
    usage,
    sessions,
    activity,
    emotionHoursBy(feels),
    dialogue,
    cost,
    memoriesBy(remembers),
    ...(index ? [memoryVectorsBy(remembers, index)] : []),
  ];
}

/** By the built-in rules alone, where no game says anything: for those who ask what there is. */
export const projections = projectionsOf(openBook());

const nowhere = async (): Promise<never> => {
  throw new Error('this is for the names alone');
};
const unwritable = {
  ...{ prepare: nowhere, write: nowhere, holds: nowhere },
  ...{ digests: nowhere, publish: nowhere, erase: nowhere, drop: nowhere },
};

/** Every read model that there can be, to be named: also those of stores that only an engine opens. */
export const readModels = projectionsOf(openBook(), { index: { store: unwritable, model: 'none' } });
