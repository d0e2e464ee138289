import type { Knex } from 'knex';

/** Keys of the installation that outlive its master key, which wraps them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table installation_keys (
      name text primary key,
      wrapped bytea not null,
      created_at timestamptz not null default now()
    )
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table if exists installation_keys');
}
