import { companionActions } from './companion-actions.js';
import { emotions } from './emotions.js';
import { gameEvents } from './game-events.js';
import { games } from './games.js';
import { players } from './players.js';
import type { Projection } from './projection.js';
import { usage } from './usage.js';

/** Every read model that follows the log. To add one: its file, and a line here. */
export const projections: readonly Projection[] = [
  games,
  players,
  gameEvents,
  emotions,
  companionActions,
  usage,
];
