import type { Knex } from 'knex';

/** Who was erased: their keys are destroyed for good, and what comes of them later is passed over. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Without a key: it was destroyed, and no other takes its place.
    alter table person_keys alter column wrapped drop not null;
    alter table person_keys add column erased_at timestamptz;

    create table erased_players (
      player_id text primary key,
      client_id text,
      game_id text,
      -- Of the PlayerErased in the log.
      position bigint not null,
      -- Carried out, and so it says in the log. Until then whoever claims it carries it out.
      certified_at timestamptz,
      claimed_at timestamptz
    );
    create index erased_to_do on erased_players (position) where certified_at is null;

    -- How much of a player was found where, until the certificate tells it.
    create table erased_found (
      player_id text not null,
      store text not null,
      found bigint not null,
      primary key (player_id, store)
    );
  `);
}

export async function down(): Promise<void> {
  throw new Error('keys that were destroyed cannot be had back');
}
