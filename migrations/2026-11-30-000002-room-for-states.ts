import type { Knex } from 'knex';

const states = [
  'activity_players',
  'dialogue_states',
  'emotion_hour_states',
  'emotion_states',
  'memory_minds',
  'memory_point_minds',
  'session_states',
];

/** Room on the pages of tables whose rows every event replaces; tables made from now on are made with it. */
const setEach = async (knex: Knex, change: string): Promise<void> => {
  const { rows } = await knex.raw(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('public', 'agl_next', 'agl_old') and c.relname = any (?)`,
    [states],
  );
  for (const { name } of rows) await knex.raw(`alter table ${name} ${change}`);
};

export const up = (knex: Knex): Promise<void> => setEach(knex, 'set (fillfactor = 75)');

export const down = (knex: Knex): Promise<void> => setEach(knex, 'reset (fillfactor)');
