import { type MasterKeys, unwrap, wrap, wrappedByFirst } from '../commands/person-keys/master-keys.js';
import type { Pool } from '../projections/database.js';
import { derivedFrom } from './master-keys.js';

/**
 * What was made with these is in the log for good, so they stay what they are: the master key only wraps them. Each began as what was derived
 * from the master key of its time.
 */
const kept = ['pseudonyms', 'prompts', 'certificates'] as const;
export type KeptKeys = Record<(typeof kept)[number], Buffer>;

type Row = { name: string; wrapped: Buffer };

const mastersFor = (purpose: string, masters: MasterKeys) =>
  masters.map((master) => derivedFrom(master, purpose));
const subjectOf = (name: string) => `installation ${name}`;

/** Made where they are not yet. @throws WrongMasterKey */
export async function openKeptKeys(pool: Pool, masters: MasterKeys): Promise<KeptKeys> {
  const rows = await rowsIn(pool);
  const missing = kept.filter((name) => !rows.some((row) => row.name === name));
  if (missing.length > 0) await make(pool, missing, await usedSoFar(pool, rows, masters));
  const all = missing.length > 0 ? await rowsIn(pool) : rows;
  const wrappers = mastersFor('installation keys', masters);
  const opened = all.map(({ name, wrapped }) => [name, unwrap(wrappers, wrapped, subjectOf(name))]);
  return Object.fromEntries(opened) as KeptKeys;
}

/** Last of all: they tell at every start by which master key all else is wrapped. @throws WrongMasterKey */
export async function rewrapKeptKeys(pool: Pool, masters: MasterKeys): Promise<void> {
  const wrappers = mastersFor('installation keys', masters);
  for (const { name, wrapped } of await rowsIn(pool)) {
    const next = wrappedByFirst(wrappers, wrapped, subjectOf(name));
    await pool.query('update installation_keys set wrapped = $2 where name = $1', [name, next]);
  }
}

const rowsIn = async (pool: Pool): Promise<Row[]> =>
  (await pool.query<Row>('select name, wrapped from installation_keys')).rows;

/** The master key that wraps what is here, else the first: by it names were made until now. @throws WrongMasterKey */
async function usedSoFar(pool: Pool, rows: Row[], masters: MasterKeys): Promise<Uint8Array> {
  const { rows: persons } = await pool.query<{ subject: string; wrapped: Buffer }>(
    'select subject, wrapped from person_keys where wrapped is not null limit 1',
  );
  const samples = [
    ...rows.map(({ name, wrapped }) => ({
      purpose: 'installation keys',
      subject: subjectOf(name),
      wrapped,
    })),
    ...persons.map((person) => ({ purpose: 'person keys', ...person })),
  ];
  const [sample] = samples;
  if (!sample) return masters[0]!;
  const { purpose, subject, wrapped } = sample;
  const opening = masters.find((master) => opens(derivedFrom(master, purpose), wrapped, subject));
  return opening ?? unwrap([], wrapped, subject);
}

function opens(key: Buffer, wrapped: Buffer, subject: string): boolean {
  try {
    return unwrap([key], wrapped, subject).length > 0;
  } catch {
    return false;
  }
}

/** Engines that start together agree on what the first of them kept. */
async function make(pool: Pool, names: readonly string[], master: Uint8Array): Promise<void> {
  for (const name of names) {
    const wrapped = wrap(
      [derivedFrom(master, 'installation keys')],
      derivedFrom(master, name),
      subjectOf(name),
    );
    await pool.query(
      'insert into installation_keys (name, wrapped) values ($1, $2) on conflict (name) do nothing',
      [name, wrapped],
    );
  }
}
