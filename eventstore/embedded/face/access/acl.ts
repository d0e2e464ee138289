import type { Engine } from '../../engine/engine.js';
import { dataOf } from '../../engine/record.js';
import { isMetastream, metastreamOf, originalOf } from '../../engine/types.js';
import { ADMINS, OPERATIONS } from './users.js';

/** Who calls: a user's name and groups. Undefined: nobody gave a name. */
export type Caller = { login: string; groups: string[] } | undefined;

export type StreamRight = 'read' | 'write' | 'delete';

/** The entries of an `$acl`: read, write, delete, and the same of the metadata. */
type Entry = '$r' | '$w' | '$d' | '$mr' | '$mw';
type Acl = Partial<Record<Entry, string | string[]>>;

const EVERYONE = '$all';

export const isAdmin = (caller: Caller): boolean => has(caller, [ADMINS, 'admin']);
export const isOperator = (caller: Caller): boolean => isAdmin(caller) || has(caller, [OPERATIONS, 'ops']);

/**
 * The real server's rule: the stream's own `$acl` decides, where it says nothing the one of `$settings`, and
 * where that says nothing, everybody with a name may do everything but with the system's streams.
 */
export function mayUse(engine: Engine, caller: Caller, right: StreamRight, stream: string): boolean {
  if (caller === undefined) return false;
  const name = stream === '' ? EVERYONE : stream;
  if (name === EVERYONE && right !== 'read') return false;
  const entry = entryOf(right, isMetastream(name));
  if (entry === undefined) return false;
  if (isAdmin(caller)) return true;
  return has(caller, rolesFor(engine, isMetastream(name) ? originalOf(name) : name, entry));
}

const entryOf = (right: StreamRight, meta: boolean): Entry | undefined =>
  meta
    ? ({ read: '$mr', write: '$mw', delete: undefined } as const)[right]
    : ({ read: '$r', write: '$w', delete: '$d' } as const)[right];

function rolesFor(engine: Engine, stream: string, entry: Entry): string[] {
  const isSystem = stream.startsWith('$');
  const own = aclIn(newest(engine, metastreamOf(stream)).$acl)[entry];
  const settings = newest(engine, '$settings');
  const general = aclIn(isSystem ? settings.$systemStreamAcl : settings.$userStreamAcl)[entry];
  const roles = own ?? general ?? (isSystem ? ADMINS : EVERYONE);
  return Array.isArray(roles) ? roles : [roles];
}

const has = (caller: Caller, roles: string[]): boolean =>
  caller !== undefined &&
  roles.some((role) => role === EVERYONE || role === caller.login || caller.groups.includes(role));

const aclIn = (value: unknown): Acl => (typeof value === 'object' && value !== null ? (value as Acl) : {});

/** The newest event of a stream as JSON; anything else says nothing. */
function newest(engine: Engine, stream: string): Record<string, unknown> {
  const slice = engine.readStream({ stream, from: 'end', backwards: true, max: 1 });
  const record = slice.status === 'ok' ? slice.records[0] : undefined;
  if (record === undefined) return {};
  try {
    return (JSON.parse(dataOf(record).toString()) as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}
