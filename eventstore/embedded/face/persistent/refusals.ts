import { status } from '@grpc/grpc-js';
import { GroupError } from '../../groups/keeper.js';
import type { GroupKey } from '../../groups/settings.js';
import { type Refusal, refusal, refusalOf } from '../errors.js';

/** The real server's refusals of what is asked of a group: all name it in their trailers. */
function refused(code: status, exception: string, { stream, group }: GroupKey) {
  return (details: string, trailers: Record<string, string> = {}): Refusal =>
    refusal(code, details, { exception, 'stream-name': stream, 'group-name': group, ...trailers });
}

const named = ({ stream, group }: GroupKey) => `Subscription group ${group} on stream ${stream}`;

export const dropped = (key: GroupKey) =>
  refused(status.CANCELLED, 'persistent-subscription-dropped', key)(`${named(key)} was dropped.`);

const missing = (key: GroupKey) =>
  refused(status.NOT_FOUND, 'persistent-subscription-does-not-exist', key)(`${named(key)} does not exist.`);

const exists = (key: GroupKey) =>
  refused(status.ALREADY_EXISTS, 'persistent-subscription-exists', key)(`${named(key)} exists.`);

const full = (key: GroupKey) =>
  refused(
    status.FAILED_PRECONDITION,
    'maximum-subscribers-reached',
    key,
  )(`Maximum subscriptions reached for subscription group ${key.group} on stream ${key.stream}.`);

export const failed = (key: GroupKey, reason: string) =>
  refused(
    status.INTERNAL,
    'persistent-subscription-failed',
    key,
  )(`${named(key)} failed: '${reason}'`, {
    reason,
  });

export function groupRefusalOf(error: unknown): Refusal {
  if (!(error instanceof GroupError)) return refusalOf(error);
  const { kind, key, message } = error;
  if (kind === 'missing') return missing(key);
  if (kind === 'exists') return exists(key);
  return kind === 'full' ? full(key) : failed(key, message);
}
