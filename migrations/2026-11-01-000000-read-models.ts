import type { Knex } from 'knex';

/**
 * The first read models. What grows with play is partitioned by the month of the game's time; the partitions
 * themselves are made when events of their month arrive, since an import reaches back years.
 *
 * The keys of those tables serve twice: a second delivery of an event hits the key and changes nothing, and
 * "one player's rows in order of time" reads along the key, month by month. `revision` is the event's place
 * in its player's stream, so it also orders events of the same instant.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table game_events (
      player_id text not null,
      at timestamptz not null,
      revision bigint not null,
      position bigint not null,
      id uuid not null,
      game_id text,
      client_id text,
      type text not null,
      recorded_at timestamptz not null,
      data jsonb not null,
      context jsonb not null,
      primary key (player_id, at, revision)
    ) partition by range (at);

    create table emotions (
      player_id text not null,
      at timestamptz not null,
      revision bigint not null,
      position bigint not null,
      event_id uuid not null,
      game_id text,
      client_id text,
      label text not null,
      intensity double precision not null,
      valence double precision not null,
      arousal double precision not null,
      dominance double precision not null,
      confidence double precision not null,
      source text not null,
      rule_id text,
      primary key (player_id, at, revision)
    ) partition by range (at);

    create table companion_actions (
      player_id text not null,
      at timestamptz not null,
      revision bigint not null,
      position bigint not null,
      action_id text not null,
      caused_by text not null,
      game_id text,
      client_id text,
      recorded_at timestamptz not null,
      emotion jsonb not null,
      action text not null,
      occasion text not null,
      dialogue jsonb,
      primary key (player_id, at, revision)
    ) partition by range (at);

    create table players (
      id text primary key,
      game_id text not null,
      client_id text not null,
      external_id text not null,
      display_name text,
      persona text not null,
      lang text not null,
      registered_at timestamptz not null,
      position bigint not null,
      revision bigint not null
    );
    create index players_of_game on players (game_id, position);

    create table games (
      id text primary key,
      client_id text not null,
      name text not null,
      config jsonb not null,
      deleted boolean not null default false,
      created_at timestamptz not null,
      position bigint not null,
      revision bigint not null
    );
    create index games_of_client on games (client_id, position);

    create table emotion_states (
      player_id text primary key,
      feeling jsonb not null,
      revision bigint not null
    );

    create table player_usage (
      player_id text primary key,
      client_id text,
      month text not null,
      events bigint not null,
      revision bigint not null
    );
    create index player_usage_of_client on player_usage (client_id, month);

    create table checkpoints (
      projection text primary key,
      version integer not null,
      position bigint not null,
      parked bigint not null default 0,
      updated_at timestamptz not null default now()
    );

    create table person_keys (
      subject text primary key,
      wrapped bytea not null,
      created_at timestamptz not null default now()
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table if exists game_events, emotions, companion_actions, players, games, emotion_states, player_usage,
      checkpoints, person_keys
  `);
}
