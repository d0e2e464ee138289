import type { Pool, PoolClient } from 'pg';
import type { Accounts, Reservation, Reserved } from './accounts.js';

/** Reservations are of no use to anybody later than this. */
const KEPT_DAYS = 40;

/** The accounts in Postgres: what is spent is one row a day and account, and the database keeps the cap. */
export function accountsInPostgres(pool: Pool): Accounts {
  let tidied = '';
  return {
    async reserve(reservation) {
      if (tidied !== reservation.day)
        await tidy(pool, reservation.day).then(() => (tidied = reservation.day));
      return transaction(pool, (client) => reserve(client, reservation));
    },
    settle: (id, amount) => transaction(pool, (client) => settle(client, id, amount)),
  };
}

/** Always the game before the player: two that wait for each other cannot be. */
async function reserve(
  client: PoolClient,
  { id, gameId, playerId, day, amount, gameCap, playerCap }: Reservation,
): Promise<Reserved> {
  const { rowCount } = await client.query(
    `insert into line_reservations (id, game_id, player_id, day, reserved) values ($1, $2, $3, $4, $5)
      on conflict (id) do nothing`,
    [id, gameId, playerId, day, amount],
  );
  if (rowCount === 0) return 'known';
  if (!(await spent(client, { account: `game ${gameId}`, day, amount, cap: gameCap })))
    throw new Refused('game_budget');
  if (!(await spent(client, { account: `player ${playerId}`, day, amount, cap: playerCap })))
    throw new Refused('player_budget');
  return 'granted';
}

type Spending = { account: string; day: string; amount: number; cap: number };

async function spent(client: PoolClient, { account, day, amount, cap }: Spending): Promise<boolean> {
  if (amount > cap) return false;
  const { rowCount } = await client.query(
    `insert into line_accounts as held (account, day, spent) values ($1, $2, $3)
      on conflict (account, day) do update set spent = held.spent + excluded.spent
      where held.spent + excluded.spent <= $4`,
    [account, day, amount, cap],
  );
  return rowCount === 1;
}

async function settle(client: PoolClient, id: string, amount: number): Promise<void> {
  const { rows } = await client.query(
    `update line_reservations set settled = $2 where id = $1 and settled is null
      returning game_id, player_id, to_char(day, 'YYYY-MM-DD') as day, reserved`,
    [id, amount],
  );
  const [row] = rows;
  if (!row) return;
  for (const account of [`game ${row.game_id}`, `player ${row.player_id}`])
    await client.query('update line_accounts set spent = spent + $3 where account = $1 and day = $2', [
      account,
      row.day,
      amount - Number(row.reserved),
    ]);
}

const tidy = async (pool: Pool, day: string): Promise<void> => {
  await pool.query('delete from line_reservations where day < $1::date - $2::int', [day, KEPT_DAYS]);
  await pool.query('delete from line_accounts where day < $1::date - $2::int', [day, KEPT_DAYS]);
};

/** Takes back what was done before it. */
class Refused extends Error {
  constructor(readonly reserved: Reserved) {
    super(reserved);
  }
}

async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const done = await work(client);
    await client.query('commit');
    client.release();
    return done;
  } catch (error) {
    const failed = await client.query('rollback').then(
      () => false,
      () => true,
    );
    client.release(failed);
    if (error instanceof Refused) return error.reserved as T;
    throw error;
  }
}
