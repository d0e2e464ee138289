import type { Knex } from 'knex';

/**
 * Read models make their own tables from here on (`projections/tables.ts`), in generations: the one that is
 * read, in `public`; one that is being built beside it; and the one that was read before. What was derived by
 * now is given up: it is derived again.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table game_events, emotions, companion_actions, players, games, emotion_states, player_usage, checkpoints;

    create schema if not exists agl_next;
    create schema if not exists agl_old;

    create table read_models (
      name text not null,
      stage text not null check (stage in ('live', 'next', 'old')),
      generation uuid not null,
      version integer not null,
      -- A mark of the program that made the rows.
      code text not null,
      tables text[] not null,
      -- Of a generation beside the one that is read: what is to become of it, and why it stands still.
      asked jsonb,
      trouble text,
      position bigint not null,
      events bigint not null default 0,
      began_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (name, stage)
    );

    create table parked_events (
      projection text not null,
      position bigint not null,
      subject text not null,
      event_id text not null,
      type text not null,
      stream text not null,
      revision bigint not null,
      error text not null,
      stack text,
      tries integer not null,
      -- parked: it, and all that follows of its subject, waits; retry: is to be taken once more; skipped: for good.
      state text not null check (state in ('parked', 'retry', 'skipped')),
      parked_at timestamptz not null default now(),
      primary key (projection, position)
    );
    create index parked_by_subject on parked_events (projection, subject, position);

    create table archived_months (
      table_name text not null,
      month text not null,
      -- Rows of events up to here are in the archive; later ones are not.
      up_to bigint not null,
      rows bigint not null,
      file text not null,
      sha256 text not null,
      archived_at timestamptz not null default now(),
      primary key (table_name, month)
    );

    -- Questions of analysts that go on being answered.
    create table kept_insights (
      name text primary key,
      generation uuid not null,
      client_id text,
      game_id text,
      scope jsonb not null,
      bundle jsonb not null,
      memory_mib integer not null,
      position bigint not null default 0,
      rows bigint not null default 0,
      trouble text,
      kept_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );

    create table kept_rows (
      name text not null references kept_insights (name) on delete cascade,
      nth integer not null,
      row jsonb not null,
      primary key (name, nth)
    );
  `);
}

export async function down(): Promise<void> {
  throw new Error('read models of before generations cannot be had back: restore a backup');
}
