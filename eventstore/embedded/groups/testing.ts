import { decodeRecord, encodeRecord, idOf, type StoredRecord } from '../engine/record.js';
import { idBytes } from '../engine/testing.js';
import { type Entry, keyOfId, type Seat } from './entry.js';
import { groupOf } from './group.js';
import { type StrategyName } from './settings.js';
import { strategyOf } from './strategies.js';

type Described = { stream?: string; type?: string; data?: string; metadata?: string };

/** An event as it lies in the log, at a place of one's choice. */
export function recordAt(
  position: number,
  { stream = 's', type = 'Tested', ...rest }: Described = {},
): StoredRecord {
  const event = {
    id: idBytes(),
    type,
    isJson: true,
    data: Buffer.from(rest.data ?? '{}'),
    metadata: Buffer.from(rest.metadata ?? ''),
  };
  const place = { stream, position, revision: position, created: 0 };
  return decodeRecord(encodeRecord(event, place), position);
}

export const keyOfRecord = (record: StoredRecord) => keyOfId(idOf(record));

/** A consumer's seat that remembers what it was sent. */
export function seatOf(size: number, sent: Entry[] = []): Seat & { sent: Entry[] } {
  return { size, inFlight: 0, sent, send: (entry) => void sent.push(entry), drop() {} };
}

type Parked = { entry: Entry; reason: string };
type Changes = { messageTimeout?: number; maxRetryCount?: number; strategy?: StrategyName };

/** A group, and what it wants parked. */
export function aGroup({ strategy = 'RoundRobin', ...changes }: Changes = {}) {
  const parked: Parked[] = [];
  const group = groupOf({
    settings: { messageTimeout: 30_000, maxRetryCount: 10, historyBufferSize: 100, ...changes },
    strategy: strategyOf(strategy),
    after: 0,
    parkedAfter: -1,
    park: (entry, reason) => void parked.push({ entry, reason }),
  });
  return { group, parked };
}
