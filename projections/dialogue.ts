import type { Pool } from 'pg';
import type { LogEventData } from '../domain/events/log-events.js';
import { derivedId } from '../domain/kernel/ids.js';
import { player } from '../domain/player/player.js';
import type { Folded, Projection, Row } from './projection.js';
import type { Recorded } from './recorded.js';
import { type Owner, ownerOf, type Scope, within } from './scope.js';

/** So many lines a player is held to remember: for repeats, and for what the player thought of a line. */
export const HEARD_MAX = 20;

type Reaction = LogEventData<'FeedbackGiven'>['reaction'];

/** A line that a player has heard, and what the player thought of it last. Plain JSON. */
type Heard = { actionId: string; line: string; key: LineKey; reaction?: Reaction };

type LineKey = {
  day: string;
  persona: string;
  occasion: string;
  lang: string;
  source: string;
  template_id: string;
};

/**
 * What companions say, by the day (UTC) of the game's time: how often each line was said, how often to a player
 * who had heard it within the last `HEARD_MAX`, and what the players thought. Of a line the last reaction counts,
 * on the day of the line; a reaction to what is no longer remembered, or was silent, counts nowhere.
 */
export const dialogue: Projection = {
  name: 'dialogue',
  version: 1,
  types: ['PlayerRegistered', 'PersonaChosen', 'CompanionActed', 'FeedbackGiven'],
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
    dialogue_states: {
      how: 'put',
      key: ['player_id'],
      columns: { player_id: 'text', persona: 'text', heard: 'jsonb' },
    },
  },
  state: 'dialogue_states',
  fold(event, state) {
    const persona = (state?.persona as string | undefined) ?? player.initial.persona;
    const heard = (state?.heard as Heard[] | undefined) ?? [];
    const before = { player_id: event.subject, persona, heard };
    if (event.type === 'CompanionActed') return acted(event, before);
    if (event.type === 'FeedbackGiven') return reacted(event, before);
    if (event.type !== 'PlayerRegistered' && event.type !== 'PersonaChosen') return {};
    return { dialogue_states: { ...before, persona: event.data.persona ?? persona } };
  },
};

type Listener = { player_id: string; persona: string; heard: Heard[] };

function acted(event: Recorded<'CompanionActed'>, { player_id, persona, heard: before }: Listener): Folded {
  const owner = ownerOf(event);
  if (owner === null) return {};
  const { actionId, at, occasion, dialogue: said } = event.data;
  const day = at.slice(0, 10);
  if (said === undefined) {
    const { client_id, game_id } = owner;
    return { silent_days: { client_id, game_id, day, persona, occasion, actions: 1 } };
  }
  const { lang, source, templateId } = said;
  // By its text where it comes of no template; as an id, so that what is remembered stays small.
  const line = templateId ?? derivedId(said.text, 'line');
  const key = { day, persona, occasion, lang, source, template_id: templateId ?? '' };
  const repeats = Number(before.some((one) => one.line === line));
  const heard = [...before, { actionId, line, key }].slice(-HEARD_MAX);
  return {
    dialogue_days: dayRow(owner, key, { said: 1, repeats }),
    dialogue_states: { player_id, persona, heard },
  };
}

function dayRow(
  { client_id, game_id }: Owner,
  { day, persona, lang, source, template_id, occasion }: LineKey,
  { said = 0, repeats = 0, likes = 0, dislikes = 0, mutes = 0 }: Partial<LineTally>,
): Row {
  return {
    client_id,
    game_id,
    day,
    persona,
    lang,
    source,
    template_id,
    occasion,
    said,
    repeats,
    likes,
    dislikes,
    mutes,
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

/** How many lines were said, how many of them as repeats, and on how many each reaction was the last. */
export type LineTally = { said: number; repeats: number; likes: number; dislikes: number; mutes: number };

const TALLY = ['said', 'repeats', 'likes', 'dislikes', 'mutes']
  .map((column) => `coalesce(sum(${column}), 0) as ${column}`)
  .join(', ');

export type LinesSaid = {
  all: LineTally;
  bySource: ({ source: string } & LineTally)[];
  byPersona: ({ persona: string } & LineTally)[];
  byLang: ({ lang: string } & LineTally)[];
};

/** What was said, in all and by each; what was said most comes first. */
export async function linesSaid(pool: Pool, scope: Scope): Promise<LinesSaid> {
  const values: unknown[] = [];
  const { rows } = await pool.query(
    `select source, persona, lang, ${TALLY} from dialogue_days where ${within(scope, 'day', values)}
      group by grouping sets ((), (source), (persona), (lang)) order by said desc, source, persona, lang`,
    values,
  );
  // Of the columns that a row is about the others are NULL.
  const by = <C extends string>(column: C) =>
    rows
      .filter((row) => row[column] !== null)
      .map((row) => ({ [column]: row[column], ...tallyOf(row) }) as { [K in C]: string } & LineTally);
  const all = rows.find(({ source, persona, lang }) => (source ?? persona ?? lang) === null);
  return { all: tallyOf(all!), bySource: by('source'), byPersona: by('persona'), byLang: by('lang') };
}

export type TemplateSaid = {
  templateId: string;
  persona: string;
  lang: string;
  occasion: string;
} & LineTally;

/** The templates said most. */
export async function templatesSaid(pool: Pool, scope: Scope, limit: number): Promise<TemplateSaid[]> {
  const values: unknown[] = [limit];
  const { rows } = await pool.query(
    `select template_id, persona, lang, occasion, ${TALLY} from dialogue_days
      where ${within(scope, 'day', values)} and template_id <> ''
      group by template_id, persona, lang, occasion order by said desc, template_id, persona, occasion limit $1`,
    values,
  );
  return rows.map((row) => ({
    templateId: row.template_id,
    persona: row.persona,
    lang: row.lang,
    occasion: row.occasion,
    ...tallyOf(row),
  }));
}

/** How many actions were gestures alone. */
export async function silentActions(pool: Pool, scope: Scope): Promise<number> {
  const values: unknown[] = [];
  const { rows } = await pool.query(
    `select coalesce(sum(actions), 0) as actions from silent_days where ${within(scope, 'day', values)}`,
    values,
  );
  return Number(rows[0].actions);
}

const tallyOf = (row: Row): LineTally => ({
  said: Number(row.said),
  repeats: Number(row.repeats),
  likes: Number(row.likes),
  dislikes: Number(row.dislikes),
  mutes: Number(row.mutes),
});
