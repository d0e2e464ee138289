import { randomUUID } from 'node:crypto';
import { ErrorType, type EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { readAddress } from './address.js';
import { backoff } from './backoff.js';
import { connect } from './connection.eventstore.js';
import { isDenied, isOf, isRetryable, within } from './errors.eventstore.js';

const WITHIN_MS = 10_000;
/** The first whose persistent subscriptions read the whole log. */
const NEEDED = [21, 10] as const;

/**
 * Looks whether an event store can be used: whether it answers, is new enough, lets this user read the log, and
 * takes appends. Stores nothing. @throws Error with one line that says what it is.
 */
export async function probeLog(url: string): Promise<void> {
  const connection = connect(readAddress(url).leader);
  try {
    await within(WITHIN_MS, probe(connection.client));
  } catch (error) {
    throw new Error(wordsFor(error), { cause: error });
  } finally {
    await connection.close();
  }
}

class TooOld extends Error {}

async function probe(client: EventStoreDBClient): Promise<void> {
  const version = await versionOf(client);
  if (isTooOld(version))
    throw new TooOld(`version ${version} is too old: it must be ${NEEDED.join('.')} or newer`);
  for await (const _ of client.readAll({ maxCount: 1 })) break;
  await refusedAppend(client);
}

/** A server that does not tell its version is older than those that do. */
function isTooOld(version: string): boolean {
  const [, major = 0, minor = 0] = (/^(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (version === 'unknown') return true;
  return major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1]);
}

const versionOf = async (client: EventStoreDBClient): Promise<string> => {
  const { capabilities } = client as unknown as { capabilities: Promise<{ serverVersion: string }> };
  return (await capabilities).serverVersion;
};

/** An append that cannot happen, since its stream is not there: whoever may append is told so. */
async function refusedAppend(client: EventStoreDBClient): Promise<void> {
  const event = jsonEvent({ type: 'Probed', data: {} });
  for (let tries = 0; ; tries++) {
    try {
      await client.appendToStream(`probed-${randomUUID()}`, event, { expectedRevision: 'stream_exists' });
      return;
    } catch (error) {
      if (isOf(error, ErrorType.WRONG_EXPECTED_VERSION)) return;
      // The client goes to the leader when a node tells it that it is not.
      if (!isRetryable(error) || tries === 3) throw error;
      await backoff(tries, 500);
    }
  }
}

function wordsFor(error: unknown): string {
  const message = ((error as Error).message ?? '').split('\n')[0]!;
  if (error instanceof TooOld) return `the event store's ${message}`;
  if (isDenied(error))
    return 'the event store denies access: the user, the password or what the user may do is wrong';
  if (isOf(error, ErrorType.NOT_LEADER))
    return 'the event store takes no appends: the node is read-only, and its leader cannot be reached';
  if (isOf(error, ErrorType.UNSUPPORTED)) return `the event store is too old: ${message}`;
  const late = message === `no answer within ${WITHIN_MS} ms`;
  return `the event store cannot be reached: ${late ? `no answer within ${WITHIN_MS / 1000} s` : message}`;
}
