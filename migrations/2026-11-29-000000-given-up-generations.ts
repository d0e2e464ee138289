import type { Knex } from 'knex';

/** Generations that Postgres has forgotten and a store beside it may still hold: they are dropped there afterwards. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table given_up_generations (
      name text not null,
      generation uuid not null,
      primary key (name, generation)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table given_up_generations');
}
