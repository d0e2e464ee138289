import { derivedId } from '../domain/kernel/ids.js';
import {
  dayRow,
  type Heard,
  keyOf,
  type LineTally,
  type Listener,
  listenerOf,
  silentRow,
  withAsked,
  withHeard,
  withoutAsked,
} from './heard.js';
import type { Folded, Projection } from './projection.js';
import type { Recorded } from './recorded.js';
import { type Owner, ownerOf } from './scope.js';

/**
 * What companions say, by the day (UTC) of the game's time: how often each line was said, how often to a player
 * who had heard it within the last `HEARD_MAX`, and what the players thought. Of a line the last reaction counts,
 * on the day of the line; a reaction to what is no longer remembered, or was silent, counts nowhere. An act that asks
 * for a line is none: its line is what was written for it, or the template that stood in. What was written is sealed
 * and is known by its prompt alone.
 */
export const dialogue: Projection = {
  name: 'dialogue',
  version: 2,
  types: [
    'PlayerRegistered',
    'PersonaChosen',
    'CompanionActed',
    'LineWritten',
    'LineFailed',
    'FeedbackGiven',
  ],
  tables: {
    dialogue_days: {
      how: 'sum',
      key: [
        ...['client_id', 'game_id', 'day', 'persona', 'lang', 'source'],
        /** Empty for a line that comes of no template. */
        'template_id',
        'occasion',
      ],
      columns: {
        client_id: 'text',
        game_id: 'text',
        day: 'date',
        persona: 'text',
        lang: 'text',
        source: 'text',
        template_id: 'text',
        occasion: 'text',
        said: 'bigint',
        repeats: 'bigint',
        likes: 'bigint',
        dislikes: 'bigint',
        mutes: 'bigint',
      },
    },
    silent_days: {
      how: 'sum',
      key: ['client_id', 'game_id', 'day', 'persona', 'occasion'],
      columns: {
        client_id: 'text',
        game_id: 'text',
        day: 'date',
        persona: 'text',
        occasion: 'text',
        actions: 'bigint',
      },
    },
    /** Lines that were asked for, and why there is none. */
    failed_days: {
      how: 'sum',
      key: ['client_id', 'game_id', 'day', 'reason', 'scene'],
      columns: {
        client_id: 'text',
        game_id: 'text',
        day: 'date',
        reason: 'text',
        scene: 'text',
        lines: 'bigint',
      },
    },
    dialogue_states: {
      how: 'put',
      key: ['player_id'],
      columns: { player_id: 'text', persona: 'text', heard: 'jsonb', asked: 'jsonb' },
    },
  },
  state: 'dialogue_states',
  fold(event, state) {
    const before = listenerOf(event.subject, state);
    switch (event.type) {
      case 'CompanionActed':
        return acted(event, before);
      case 'LineWritten':
      case 'LineFailed':
        return answered(event, before);
      case 'FeedbackGiven':
        return reacted(event, before);
      case 'PlayerRegistered':
      case 'PersonaChosen':
        return { dialogue_states: { ...before, persona: event.data.persona ?? before.persona } };
      default:
        return {};
    }
  },
};

function acted(event: Recorded<'CompanionActed'>, before: Listener): Folded {
  const owner = ownerOf(event);
  if (owner === null) return {};
  const { actionId, at, occasion, dialogue: said, asks } = event.data;
  const { persona } = before;
  if (said !== undefined) {
    // By its text where it comes of no template; as an id, so that what is remembered stays small.
    const line = said.templateId ?? derivedId(said.text, 'line');
    const key = keyOf(said, { day: at.slice(0, 10), persona, occasion });
    return spoke(owner, before, { actionId, line, key });
  }
  if (asks !== undefined) return { dialogue_states: withAsked(before, { actionId, persona: asks.persona }) };
  return { silent_days: silentRow(owner, { day: at.slice(0, 10), persona, occasion }) };
}

/** The line of an act that asked for one, or what stands in for it. */
function answered(event: Recorded<'LineWritten' | 'LineFailed'>, before: Listener): Folded {
  const owner = ownerOf(event);
  if (owner === null) return {};
  const { actionId, at, occasion } = event.data;
  const day = at.slice(0, 10);
  const act = before.asked.find((one) => one.actionId === actionId);
  const persona = act?.persona ?? before.persona;
  const after = withoutAsked(before, act);
  if (event.type === 'LineWritten') {
    const { dialogue: said, promptHash: line } = event.data;
    return spoke(owner, after, { actionId, line, key: keyOf(said, { day, persona, occasion }) });
  }
  const { dialogue: said, reason, scene } = event.data;
  const { client_id, game_id } = owner;
  const failed_days = { client_id, game_id, day, reason, scene, lines: 1 };
  if (said !== undefined) {
    const key = keyOf(said, { day, persona, occasion });
    return { failed_days, ...spoke(owner, after, { actionId, line: said.templateId, key }) };
  }
  if (act === undefined) return { failed_days };
  const silent_days = silentRow(owner, { day, persona, occasion });
  return { failed_days, silent_days, dialogue_states: after };
}

function spoke(owner: Owner, before: Listener, said: Heard): Folded {
  const repeats = Number(before.heard.some(({ line }) => line === said.line));
  return {
    dialogue_days: dayRow(owner, said.key, { said: 1, repeats }),
    dialogue_states: withHeard(before, said),
  };
}

const countedAs = { like: 'likes', dislike: 'dislikes', mute: 'mutes' } as const;

function reacted(event: Recorded<'FeedbackGiven'>, before: Listener): Folded {
  const owner = ownerOf(event);
  const { actionId, reaction } = event.data;
  const line = before.heard.find((one) => one.actionId === actionId);
  if (owner === null || line === undefined || line.reaction === reaction) return {};
  const counted: Partial<LineTally> = { [countedAs[reaction]]: 1 };
  if (line.reaction !== undefined) counted[countedAs[line.reaction]] = -1;
  const heard = before.heard.map((one) => (one === line ? { ...one, reaction } : one));
  return { dialogue_days: dayRow(owner, line.key, counted), dialogue_states: { ...before, heard } };
}
