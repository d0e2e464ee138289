import type { LogEventType } from '../../domain/events/log-events.js';
import type { Position } from '../../eventstore/log.js';
import { isNewTo } from '../advance.js';
import { type Archived, isOutside } from '../archived.js';
import { type Folding, startFolding, type Taking } from '../changes.js';
import { type LineMaking, type Lines, startLines } from '../copy.js';
import { typesOf } from '../erased.js';
import { monthOf } from '../partitions.js';
import type { Row, Table } from '../projection.js';
import type { Recorded } from '../recorded.js';
import { tablesOf } from '../tables.js';
import { bringToMind, type Change, type Surroundings, store } from '../take.js';
import { remember, type Track } from '../track.js';

/**
 * Events are folded as they come and let go of: kept are the lines they make and, of what is told of one key, one
 * row. That is written when it is much, in one transaction, while the next is gathered.
 */
export type Pour = {
  take(events: readonly Recorded[]): Promise<void>;
  isFull(): boolean;
  /** What was gathered goes into the database. Not to be called again before it has. */
  flush(upTo: Position): Promise<void>;
  /** When all was flushed. */
  end(): void;
};

/** What is told of one subject is folded together, and a transaction costs much the same. */
const FULL_EVENTS = 8_000;
const FULL_BYTES = 16 * 1024 * 1024;

type Building = Surroundings & { archived: Archived };

export function startPour(
  tracks: readonly Track[],
  building: Building,
  endFor: (track: Track) => Position,
): Pour {
  const lanes = tracks.map((track) => startLane(track, endFor(track), building));
  const concerned = new Map<LogEventType, Lane[]>();
  for (const lane of lanes)
    for (const type of typesOf(lane.track.projection))
      concerned.set(type, [...(concerned.get(type) ?? []), lane]);
  let taken = 0;
  return {
    async take(events) {
      const looking = lanes.filter(({ track }) => !track.knowsAll);
      if (looking.length > 0) await Promise.all(looking.map((lane) => lane.look(events)));
      for (const event of events) for (const lane of concerned.get(event.type) ?? []) lane.take(event);
      taken += events.length;
    },
    isFull: () => taken >= FULL_EVENTS || lanes.reduce((sum, lane) => sum + lane.bytes(), 0) >= FULL_BYTES,
    async flush(upTo) {
      taken = 0;
      const cuts = lanes.map((lane) => lane.cut(upTo)).filter((cut) => cut.upTo > cut.track.position);
      if (cuts.length === 0) return;
      for (const { makeRoom } of cuts) await makeRoom();
      await store(cuts, building);
      for (const { track, upTo } of cuts) track.position = upTo;
    },
    end() {
      for (const lane of lanes) lane.settle();
    },
  };
}

type Cut = Change & { makeRoom(): Promise<void> };

/** The way of one read model. */
type Lane = {
  track: Track;
  /** Looks for the states of these events' subjects. */
  look(events: readonly Recorded[]): Promise<void>;
  take(event: Recorded): void;
  bytes(): number;
  cut(upTo: Position): Cut;
  settle(): void;
};

type Gathered = { folding: Folding; growing: Map<string, Growing>; events: number };

function startLane(track: Track, end: Position, { archived, partitions, pool }: Building): Lane {
  const { projection } = track;
  const known = (subject: string) => before.get(subject) ?? track.states.get(subject);
  const begin = (): Gathered => {
    const growing = growingOf(track, archived);
    return { folding: startFolding(projection, known, growing), growing, events: 0 };
  };
  /** Those that are being written: the database may not have them yet. */
  let before: ReadonlyMap<string, Row> = new Map();
  let now = begin();
  const isKnown = (subject: string) => now.folding.states.has(subject) || before.has(subject);
  const settle = () => remember(track, before);
  return {
    track,
    look: (events) =>
      bringToMind(
        track,
        events.filter((event) => projection.types.includes(event.type)),
        { pool, isKnown },
      ),
    take(event) {
      if (event.position > end || !isNewTo(track, event)) return;
      now.folding.take(event);
      now.events++;
    },
    bytes: () => [...now.growing.values()].reduce((sum, { lines }) => sum + lines.bytes, 0),
    cut(upTo) {
      // Not earlier: what was looked for must not be forgotten before it is used.
      settle();
      const { folding, growing, events } = now;
      now = begin();
      before = folding.states;
      const changes = { ...folding.changes(), lines: endOf(growing) };
      const makeRoom = async () => {
        for (const [name, { months }] of growing) await partitions.ensure(name, months);
      };
      return { track, upTo: Math.min(upTo, end), events, changes, makeRoom };
    },
    settle,
  };
}

/** A table in Postgres that only grows: the lines of its rows, and the months they are of. */
type Growing = Taking & { lines: LineMaking; months: Set<string> };

function growingOf({ projection }: Track, archived: Archived): Map<string, Growing> {
  const tables = tablesOf(projection).filter(([, { how }]) => how === 'add');
  return new Map(tables.map(([name, table]) => [name, startGrowing(table, archived.get(name))]));
}

function startGrowing(table: Table, archived: ReadonlyMap<string, number> | undefined): Growing {
  const lines = startLines(table);
  const months = new Set<string>();
  const take = (row: Row) => {
    // A row that is in the archive is not to be in its table as well.
    if (archived !== undefined && !isOutside(archived, row)) return;
    if (table.byMonth) months.add(monthOf(row));
    lines.take(row);
  };
  return { take, lines, months };
}

function endOf(growing: ReadonlyMap<string, Growing>): Map<string, Lines> {
  const ended = new Map<string, Lines>();
  for (const [name, { lines }] of growing) {
    lines.end();
    ended.set(name, lines);
  }
  return ended;
}
