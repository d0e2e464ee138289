import { isLogEventType, type LogEvent, logEvents } from './log-events.js';
import type { OlderVersion, StoredType } from './stored/versions.js';

/** What came out of the log but does not have the shape its type promises. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

type Stored = { id: string; type: string; data: unknown; metadata?: unknown };

/**
 * The border of the log: a stored event as one of the domain, or `null` when its type is not of this version
 * (a newer engine wrote it).
 * @throws UnreadableEvent when the data has not the shape of its version, or its version is newer than this program.
 */
export function readLogEvent<E extends Stored>(stored: E): (E & LogEvent) | null {
  if (!isLogEventType(stored.type)) return null;
  return { ...stored, data: readAs(logEvents[stored.type], stored) } as E & LogEvent;
}

/** The same for whoever passes over what cannot be read: `null` for that too. */
export function readOrPassOver<E extends Stored>(stored: E): (E & LogEvent) | null {
  try {
    return readLogEvent(stored);
  } catch (error) {
    if (error instanceof UnreadableEvent) return null;
    throw error;
  }
}

/** The data of a stored event in today's shape, in whichever it was stored. @throws UnreadableEvent */
export function readAs({ version, shape, older }: StoredType, stored: Stored): unknown {
  let { data } = stored;
  for (let at = versionOf(stored, version); at < version; at++) {
    data = stepFrom(at, older[at - 1]!, { ...stored, data });
  }
  return parsed(shape, data, stored);
}

function stepFrom(version: number, { shape, upcast }: OlderVersion, stored: Stored): unknown {
  const data = parsed(shape, stored.data, stored);
  try {
    return upcast(data as never);
  } catch (error) {
    throw unreadable(stored, `from version ${version}: ${(error as Error).message}`);
  }
}

/** Events are told apart by the version that their metadata carry; those without are of the first. */
function versionOf(stored: Stored, known: number): number {
  const version = (stored.metadata as { schemaVersion?: unknown } | null | undefined)?.schemaVersion ?? 1;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw unreadable(stored, 'metadata.schemaVersion: not a version');
  if (version > known)
    throw unreadable(stored, `version ${version} is newer than this program, which reads ${known}`);
  return version;
}

function parsed(shape: OlderVersion['shape'], data: unknown, stored: Stored): unknown {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw unreadable(stored, `${['data', ...(issue?.path ?? [])].join('.')}: ${issue?.message}`);
}

const unreadable = ({ id, type }: Stored, what: string) =>
  new UnreadableEvent(`event ${id} (${type}): ${what}`);
