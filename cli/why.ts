import { sealerInPostgres } from '../commands/person-keys/sealer.pg.js';
import { connectLog } from '../eventstore/log.eventstore.js';
import { placeOfAction } from '../projections/companion-actions.js';
import { isNotMade, openPool, type Pool } from '../projections/database.js';
import { type PlayerRow, playerById } from '../projections/players.js';
import type { ReadApiParts } from '../read-api/parts.js';
import { recordsOfPlayer } from '../read-api/records/player.js';
import { whyOf } from '../read-api/why/why.js';
import { createLogger } from './logger.js';
import { keysForPersonsIn } from './secrets.js';
import { readSettings, type Settings, UsageError } from './settings.js';
import { openStoresAlone } from './stores-alone.js';
import type { Given, Verb } from './verbs.js';
import { whyPage } from './why-page.js';

export const why: Verb = {
  help: `
  agl why ACTION_ID [--player ID]

  --player ID   whose companion it was: also when the action's month is in the archive, and quicker
  --sealed      leaves what a person wrote, and is called, as it is stored: sealed
  --json        as JSON, as GET /players/:id/actions/:actionId/why answers

From the top: the line, and the template or the model that it is of; the emotion, and the rule or the model that
decided it; the event that it answers; the frame as it was received. All of it is read from the log.

Works beside a running engine on the same data folder, and without one.
`,
  options: { player: { type: 'string' }, sealed: { type: 'boolean' } },
  run,
};

const ID = /^[\w.-]{1,64}$/;

async function run({ values, files }: Given): Promise<number> {
  const [actionId, ...more] = files;
  if (actionId === undefined || more.length > 0) throw new UsageError('why: name one ACTION_ID', 2);
  const { player } = values as { player?: string };
  for (const id of [actionId, ...(player === undefined ? [] : [player])])
    if (!ID.test(id)) throw new UsageError(`why: ${JSON.stringify(id)} is not an id`, 2);
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  const { parts, close } = await openParts(settings);
  try {
    const whose = await playerFor(parts.pool, actionId, player);
    const told = await whyOf(parts, recordsOfPlayer(parts, whose), {
      actionId,
      open: values.sealed !== true,
    });
    if (!told) throw new UsageError(`why: the companion of ${whose.id} has no action ${actionId}`);
    process.stdout.write(values.json ? `${JSON.stringify(told, null, 2)}\n` : whyPage(told));
    return 0;
  } finally {
    await close();
  }
}

type Parts = Pick<ReadApiParts, 'pool' | 'history' | 'openSealed'>;

async function openParts(settings: Settings): Promise<{ parts: Parts; close(): Promise<void> }> {
  const logger = createLogger(settings.LOG_LEVEL);
  const stores = await openStoresAlone(settings, logger);
  const log = connectLog({ url: stores.urls.eventstore });
  const pool = openPool({ url: stores.urls.database, logger, max: 2 });
  const keys = keysForPersonsIn(settings);
  const openSealed = keys === null ? noKey : sealerInPostgres(pool, keys).open;
  return {
    parts: { pool, history: log.readStream, openSealed },
    async close() {
      await Promise.allSettled([log.close(), pool.end()]);
      await stores.close();
    },
  };
}

/** Not as if the person had been erased. */
async function noKey(): Promise<never> {
  throw new UsageError(
    'why: there is no master key here to open what is sealed: AGL_MASTER_KEY, or --sealed',
  );
}

async function playerFor(pool: Pool, actionId: string, named?: string): Promise<PlayerRow> {
  try {
    const id = named ?? (await placeOfAction(pool, { actionId }))?.playerId;
    if (id === undefined)
      throw new UsageError(
        `why: no read model has an action ${actionId}; is its month in the archive, --player finds it`,
      );
    const player = await playerById(pool, id);
    if (player) return player;
    throw new UsageError(`why: there is no player ${id}`);
  } catch (error) {
    if (isNotMade(error)) throw new UsageError('why: the read models are not made yet');
    throw error;
  }
}
