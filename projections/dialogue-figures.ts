import type { Pool } from 'pg';
import type { LineTally } from './heard.js';
import type { Row } from './projection.js';
import { type Scope, within } from './scope.js';

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

/** Lines that were asked for and were not written, by why; the most frequent first. */
export async function linesFailed(pool: Pool, scope: Scope): Promise<{ reason: string; lines: number }[]> {
  const values: unknown[] = [];
  const { rows } = await pool.query(
    `select reason, sum(lines) as lines from failed_days where ${within(scope, 'day', values)}
      group by reason order by sum(lines) desc, reason`,
    values,
  );
  return rows.map(({ reason, lines }) => ({ reason, lines: Number(lines) }));
}

const tallyOf = (row: Row): LineTally => ({
  said: Number(row.said),
  repeats: Number(row.repeats),
  likes: Number(row.likes),
  dislikes: Number(row.dislikes),
  mutes: Number(row.mutes),
});
