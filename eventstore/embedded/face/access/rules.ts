import type { AppendMessage } from '../streams/append.js';
import type { BatchMessage } from '../streams/batch-append.js';
import { onlyField, parseIdentifier, parseWriteOptions } from '../streams/options.js';
import { parseQuery } from '../streams/query.js';
import { eachField } from '../wire.js';
import type { StreamRight } from './acl.js';

/**
 * What a method asks of its caller: to be somebody at all, to be of a group, to have a right on the stream that
 * its message names, or to be the very user that it is about.
 */
export type Rule =
  | 'anyone'
  | 'users'
  | 'operators'
  | 'admins'
  | StreamRule
  | { account(message: unknown): string | undefined; orAdmin: boolean };

/** A message that names no stream asks for nothing more. `each`: of many requests in one call each is by itself. */
type StreamRule = { right: StreamRight; stream(message: unknown): string | undefined; each?: boolean };

/** What is not listed is for admins. */
export const ruleOf = (path: string): Rule => rules[path.replace('/event_store.client.', '')] ?? 'admins';

const rules: Record<string, Rule> = {
  'streams.Streams/Read': {
    right: 'read',
    stream: (message) => parseQuery(message as Buffer).stream ?? '$all',
  },
  'streams.Streams/Append': { right: 'write', stream: appendedTo },
  'streams.Streams/BatchAppend': { right: 'write', stream: batchedTo, each: true },
  'streams.Streams/Delete': { right: 'delete', stream: deleted },
  'streams.Streams/Tombstone': { right: 'delete', stream: deleted },
  'gossip.Gossip/Read': 'anyone',
  'server_features.ServerFeatures/GetSupportedMethods': 'anyone',
  'monitoring.Monitoring/Stats': 'users',
  'operations.Operations/StartScavenge': 'operators',
  'operations.Operations/StopScavenge': 'operators',
  'operations.Operations/Shutdown': 'operators',
  'operations.Operations/MergeIndexes': 'operators',
  'operations.Operations/ResignNode': 'operators',
  'operations.Operations/SetNodePriority': 'operators',
  'operations.Operations/RestartPersistentSubscriptions': 'operators',
  'users.Users/Create': 'admins',
  'users.Users/Update': 'admins',
  'users.Users/Delete': 'admins',
  'users.Users/Disable': 'admins',
  'users.Users/Enable': 'admins',
  'users.Users/ResetPassword': 'admins',
  'users.Users/Details': { account: loginOf, orAdmin: true },
  'users.Users/ChangePassword': { account: loginOf, orAdmin: false },
  'persistent_subscriptions.PersistentSubscriptions/Create': 'operators',
  'persistent_subscriptions.PersistentSubscriptions/Update': 'operators',
  'persistent_subscriptions.PersistentSubscriptions/Delete': 'operators',
  'persistent_subscriptions.PersistentSubscriptions/Read': { right: 'read', stream: subscribedTo },
  'persistent_subscriptions.PersistentSubscriptions/GetInfo': 'users',
  'persistent_subscriptions.PersistentSubscriptions/List': 'users',
  'persistent_subscriptions.PersistentSubscriptions/ReplayParked': 'operators',
  'persistent_subscriptions.PersistentSubscriptions/RestartSubsystem': 'operators',
};

function appendedTo(message: unknown): string | undefined {
  const { options } = message as AppendMessage;
  return options && parseWriteOptions(options).stream;
}

function batchedTo(message: unknown): string | undefined {
  const { options } = message as BatchMessage;
  return options && parseWriteOptions(options).stream;
}

function deleted(message: unknown): string {
  return parseWriteOptions(onlyField(message as Buffer, 1)).stream;
}

/** Options of persistent reads: the stream's identifier is field 1, `$all` field 5. Acks name none. */
function subscribedTo(message: unknown): string | undefined {
  const bytes = message instanceof Uint8Array ? message : (message as Generated).serializeBinary();
  let stream: string | undefined;
  eachField(onlyField(bytes, 1), (field, _value, content) => {
    if (field === 1) stream = parseIdentifier(content);
    else if (field === 5) stream = '$all';
  });
  return stream;
}

type Generated = { serializeBinary(): Uint8Array };

function loginOf(message: unknown): string | undefined {
  return (message as { getOptions(): { getLoginName(): string } | undefined }).getOptions()?.getLoginName();
}
