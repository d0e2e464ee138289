import type { Engine } from '../engine/engine.js';
import { resolveLink } from '../engine/links.js';
import type { StoredRecord } from '../engine/record.js';
import type { Group } from './group.js';
import type { Replay } from './replay.js';
import { batchOf, type GroupKey, type GroupSettings } from './settings.js';
import type { Source } from './source.js';

/** What a group at work reads, and where it is. */
export type Reading = {
  engine: Engine;
  key: GroupKey;
  settings: GroupSettings;
  now: () => number;
  source: Source;
  group: Group;
  replay: Replay;
  /** The place of the last event read, and of the last that was for the group. */
  at: number;
  known?: number;
  /** Whether all had been read, and how many events came since: the real server's live buffer. */
  live: boolean;
  liveCount: number;
};

/** Events looked at before everybody else has a turn. */
const SLICE = 512;

/** Reads what there is room for and sends what can be sent; whether there is more to do at once. */
export function turn(reading: Reading): boolean {
  const { settings, group, replay, now } = reading;
  const batch = batchOf(settings);
  const more = replay.pull(batch);
  pull(reading, batch);
  group.dispatch(now());
  return (more && group.hasRoomToReplay(batch)) || (!reading.live && group.hasRoom(batch));
}

function pull(reading: Reading, batch: number): void {
  const { source, group } = reading;
  for (let looked = 0; looked < SLICE && group.hasRoom(batch); ) {
    const { records, end } = source.read(reading.at, batch);
    for (const record of records) take(reading, record);
    countLive(reading, records.length);
    looked += records.length;
    reading.live = end;
    if (end) return;
  }
  reading.live = reading.at >= source.end();
}

function countLive(reading: Reading, count: number): void {
  const { liveBufferSize } = reading.settings;
  reading.liveCount = reading.live ? Math.min(liveBufferSize, reading.liveCount + count) : 0;
}

function take(reading: Reading, record: StoredRecord): void {
  const { source, group, engine, settings } = reading;
  const place = source.placeOf(record);
  reading.at = place;
  const sort = source.sort(record);
  if (sort !== 'ours') return group.pass(place, sort === 'other');
  reading.known = place;
  group.take(settings.resolveLinkTos ? resolveLink(engine, record) : { event: record }, place);
}
