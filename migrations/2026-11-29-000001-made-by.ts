import type { Knex } from 'knex';

/** What a generation is made by beside the program and the log; NULL where nothing is, or nobody wrote it down. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table read_models add column made_by text');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table read_models drop column made_by');
}
