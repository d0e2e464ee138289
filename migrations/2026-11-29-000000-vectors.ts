import type { Knex } from 'knex';

/** The embedded vector store: its points are in tables of their own, one a collection, made with the collection. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create schema vectors;

    create table vectors.collections (
      id integer generated always as identity primary key,
      name text not null unique,
      dimension integer not null,
      model text not null,
      made_at timestamptz not null default now()
    );

    create table vectors.aliases (
      alias text primary key,
      collection_id integer not null references vectors.collections (id) on delete cascade
    );
    create index aliases_of_collection on vectors.aliases (collection_id);

    -- Every change of a player's points has a number that no other change has, before or after.
    create sequence vectors.versions;

    create table vectors.players (
      collection_id integer not null,
      player_id text not null,
      version bigint not null,
      removed bigint not null,
      primary key (collection_id, player_id)
    ) with (fillfactor = 80);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop schema if exists vectors cascade');
}
