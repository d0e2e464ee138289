import type { Knex } from 'knex';

/** What lines written by a model may cost and did cost. Kept here, not derived: money is put aside before it is spent. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table line_accounts (
      account text not null,
      day date not null,
      spent bigint not null,
      primary key (account, day)
    );

    create table line_reservations (
      id uuid primary key,
      game_id text not null,
      player_id text not null,
      day date not null,
      reserved bigint not null,
      settled bigint
    );
    create index line_reservations_of_day on line_reservations (day);

    create table line_batches (
      id uuid primary key,
      stream text not null,
      revision bigint not null,
      asked_at timestamptz not null default now(),
      claimed_at timestamptz,
      batch text
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table if exists line_accounts, line_reservations, line_batches');
}
