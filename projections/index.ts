import { activity } from './activity.js';
import { companionActions } from './companion-actions.js';
import { cost } from './cost.js';
import { dialogue } from './dialogue.js';
import { emotionHours } from './emotion-hours.js';
import { emotions } from './emotions.js';
import { gameEvents } from './game-events.js';
import { games } from './games.js';
import { players } from './players.js';
import type { Projection } from './projection.js';
import { sessions } from './sessions.js';
import { usage } from './usage.js';

/** Every read model that follows the log. To add one: its file, and a line here. */
export const projections: readonly Projection[] = [
  games,
  players,
  gameEvents,
  emotions,
  companionActions,
  usage,
  sessions,
  activity,
  emotionHours,
  dialogue,
  cost,
];
