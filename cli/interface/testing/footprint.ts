import { connectLog } from '../../../eventstore/log.eventstore.js';
import { until } from '../../faults/testing/processes.js';
import { byOperator, type World } from './world.js';

/** Where the log ends, and a digest of each table that holds anything of a client or a player. */
export async function footprint({ addresses, engine, pool }: World): Promise<Record<string, string>> {
  const log = connectLog({ url: addresses.eventstore });
  const head = await log.head();
  await log.close();
  await until(async () => {
    const response = await fetch(`${engine.url}/projections`, { headers: byOperator });
    const { items } = (await response.json()) as { items: { lag: { events: number | null } }[] };
    return items.every(({ lag }) => lag.events === 0);
  }, 'the read models have all');
  const { rows: tables } = await pool.query(
    `select distinct quote_ident(table_schema) || '.' || quote_ident(table_name) as name
      from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where column_name in ('client_id', 'player_id', 'game_id', 'subject') and table_type = 'BASE TABLE'
        and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const digests: Record<string, string> = { log: String(head) };
  for (const { name } of tables) {
    const { rows } = await pool.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '\n' order by t::text)), '') as digest from ${name} t`,
    );
    digests[name] = rows[0].digest;
  }
  return digests;
}
