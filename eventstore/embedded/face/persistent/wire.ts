import { keyOfId } from '../../groups/entry.js';
import type { NackAction } from '../../groups/group.js';
import { text } from '../proposed.js';
import { parseUuidMessage } from '../uuid.js';
import { eachField } from '../wire.js';

/** What a consumer says: by hand, for there is one for each event. Field numbers are those of persistent.proto. */
export type Said =
  | { say: 'options' }
  | { say: 'ack'; ids: string[] }
  | { say: 'nack'; ids: string[]; action: NackAction; reason: string }
  | { say: 'nothing' };

const actions: NackAction[] = ['unknown', 'park', 'retry', 'skip', 'stop'];

/** @throws when an id is not a UUID, or the action unknown. */
export function parseSaid(message: Uint8Array): Said {
  let said: Said = { say: 'nothing' };
  eachField(message, (field, _value, bytes) => {
    if (field === 1) said = { say: 'options' };
    if (field === 2) said = { say: 'ack', ids: parseNack(bytes).ids };
    if (field === 3) said = { say: 'nack', ...parseNack(bytes) };
  });
  return said;
}

/** An Ack is a Nack without action and reason. */
function parseNack(message: Uint8Array): { ids: string[]; action: NackAction; reason: string } {
  const ids: string[] = [];
  let number = 0;
  let reason = '';
  eachField(message, (field, value, bytes) => {
    if (field === 2) ids.push(keyOfId(parseUuidMessage(bytes)));
    if (field === 3) number = value;
    if (field === 4) reason = text(bytes);
  });
  const action = actions[number];
  if (action === undefined) throw new Error(`a nack has the unknown action ${number}`);
  return { ids, action, reason };
}
