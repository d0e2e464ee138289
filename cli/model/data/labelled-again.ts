import { builtIn, initialFeeling } from '../../../domain/emotion/feel.js';
import type { GameEvent } from '../../../domain/events/game-event.js';
import { type Labelled, shown } from '../labelled.js';
import { middleOf, readAgain, type Window } from './again.js';

/** The annotation goes from 0 to 1, the axis from -1 to 1. */
const SCALE = 2;

/** Every event of AGAIN, with how the player's arousal changed from the window before to the window of the event. */
export const labelledAgain = (folder: string): Labelled[] =>
  [...readAgain(folder).values()].flatMap(labelledOf);

function labelledOf(windows: Window[]): Labelled[] {
  const rows: Labelled[] = [];
  let feeling = initialFeeling;
  for (const [at, window] of windows.entries()) {
    const before = windows[at - 1];
    // Where nothing happened a model is asked as well: of an event that nobody has a rule for.
    for (const event of window.events.length > 0 ? window.events : [nothing(window)]) {
      const moment = shown(event, feeling, builtIn);
      if (before)
        rows.push({
          player: window.player,
          at: middleOf(window.nth),
          type: event.type,
          features: moment.features,
          ruled: moment.ruled,
          change: { arousal: (window.arousal - before.arousal) * SCALE },
        });
      if (window.events.length > 0) feeling = moment.feeling;
    }
  }
  return rows;
}

const nothing = ({ player, nth }: Window): GameEvent => ({
  id: `${player}/${nth}/nothing`,
  type: 'custom.nothing',
  at: new Date(middleOf(nth)).toISOString(),
  data: {},
  context: {},
});
