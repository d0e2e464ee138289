import { isDeepStrictEqual } from 'node:util';
import { type Feeling, feelingAt, initialFeeling } from '../../domain/emotion/feel.js';
import type { LogEventType } from '../../domain/events/log-events.js';
import {
  type Felt,
  initialMind,
  type Lived,
  type Mind,
  type Remembering,
  remember,
} from '../../domain/memory/remember.js';
import { defaultWeighing } from '../../domain/memory/settings.js';
import { type Feels, feelings } from '../felt-by.js';
import type { Row, Table } from '../projection.js';
import type { Recorded } from '../recorded.js';

/** What each player's memory goes on from: how they feel, and what has to be known of their life. */
export const minds: Table = {
  ...feelings,
  columns: { ...feelings.columns, mind: 'jsonb' },
};

export const rememberedTypes: readonly LogEventType[] = [
  'PlayerRegistered',
  'PersonaChosen',
  'GameEventRecorded',
  'ChatMessageReceived',
  'CompanionActed',
  'LineWritten',
  'MemoriesForgotten',
];

/** What an event leaves, and the row of `minds` after it; `undefined`: it changes nothing there. */
export type Kept = Remembering & { after: Row | undefined };

export type Remembers = Pick<Feels, 'mark' | 'prepare'> & {
  take(event: Recorded, state: Row | undefined): Kept;
};

/** What all read models that remember share: who decides, and the answer given last. */
export function remembersBy(feels: Feels): Remembers {
  let last: { event: Recorded; before: Mind; kept: Kept } | undefined;
  return {
    mark: feels.mark,
    prepare: feels.prepare,
    take(event, state) {
      const before = (state?.mind as Mind | undefined) ?? initialMind;
      // Of two read models the states were read one by one; from here on they have the same object.
      if (last?.event === event && isDeepStrictEqual(last.before, before)) return last.kept;
      const { felt, feeling } = feltWith(event, state, feels);
      const { mind, memories, uses, forgotten, path } = remember(before, event as Lived, felt);
      const changed = feeling !== undefined || mind !== before;
      const after = changed ? rowOf(event, mind, feeling ?? feelingIn(state)) : undefined;
      const kept = { mind, memories, uses, forgotten, path, after };
      last = { event, before, kept };
      return kept;
    },
  };
}

const feelingIn = (state: Row | undefined) => (state?.feeling as Feeling | undefined) ?? initialFeeling;

const rowOf = (event: Recorded, mind: Mind, feeling: unknown): Row => ({
  player_id: event.subject,
  feeling,
  mind,
  revision: event.revision,
});

/** What was felt with an event, and how the player feels after it where that changes. */
function feltWith(event: Recorded, state: Row | undefined, feels: Feels): { felt: Felt; feeling?: unknown } {
  if (event.type === 'GameEventRecorded') {
    const { emotion, weighing, after } = feels.played(event, state);
    return { felt: { felt: emotion, weighing }, feeling: after.feeling };
  }
  if (event.type !== 'ChatMessageReceived') return notFelt;
  // What a player says of themselves is kept whatever weighs in the game: nobody else would know it.
  const felt = {
    felt: feelingAt(feelingIn(state), Date.parse(event.data.at)),
    weighing: defaultWeighing,
  };
  const after = feels.wrote(event, state);
  return after ? { felt, feeling: after.feeling } : { felt };
}

/** What is not lived by the player is remembered, or not, whatever they feel: that would be found out in vain. */
const notFelt: { felt: Felt } = {
  felt: { felt: feelingAt(initialFeeling, 0), weighing: defaultWeighing },
};
