import { isNew, type Seen, withSeen } from './seen.js';

/** Events of a player's stream that are part of what was lived: revisions, both inclusive, up to and with a game time. */
export type Stretch = {
  from: number;
  /** `null`: it goes on. */
  to: number | null;
  /** Milliseconds since 1970; `null`: all of it counts. */
  until: number | null;
};

/** What a moment looks back upon: save games undo what came after them, and go on along lines of play of their own. */
export type Path = readonly Stretch[];

type Segment = Stretch & {
  /** When it began, in game time. */
  since: number;
  /** How many memories are in it, and when the newest of them was; `null`: there is none. */
  kept: number;
  last: number | null;
};

/** Plain JSON: the line of play that goes on, and the others as they were left. */
export type Play = {
  line: string | null;
  path: readonly Segment[];
  others: readonly { line: string; path: readonly Segment[] }[];
  known: Seen;
};

export const initialPlay: Play = {
  line: null,
  path: [{ from: 0, to: null, until: null, since: 0, kept: 0, last: null }],
  others: [],
  known: '',
};

/** What becomes more is left out: what was once undone never comes back because of that. */
const SEGMENTS_MAX = 16;
const OTHERS_MAX = 6;

/** A save game that was loaded. Times in milliseconds since 1970. */
export type Load = { revision: number; now: number; savedAt: number | null; line: string | null };

export function playAfter(play: Play, { revision, now, savedAt, line }: Load): Play {
  if (savedAt === null && line === null) return play;
  const left = joined(closed(play.path, revision));
  const turned = line === null || line === play.line ? { ...play, path: left } : turnedTo(play, left, line);
  const kept = savedAt === null ? turned.path : joined(cut(turned.path, savedAt));
  const goesOn: Segment = { from: revision, to: null, until: null, since: now, kept: 0, last: null };
  return { ...turned, path: [...atMost(SEGMENTS_MAX - 1, kept), goesOn] };
}

const closed = (path: readonly Segment[], revision: number): Segment[] =>
  path
    .map((segment) => (segment.to === null ? { ...segment, to: revision - 1 } : segment))
    .filter(({ from, to }) => from <= to!);

/** A line that is new goes on from here; of one that was lost sight of, nothing is known. */
function turnedTo(play: Play, left: readonly Segment[], line: string): Play {
  const there = play.others.find((other) => other.line === line);
  const path = there?.path ?? (isNew(play.known, line) ? left : []);
  const others = play.others.filter((other) => other.line !== line);
  const leaving = play.line === null ? [] : [{ line: play.line, path: left }];
  return {
    line,
    path,
    others: [...others, ...leaving].slice(-OTHERS_MAX),
    known: withSeen(play.known, line),
  };
}

function cut(path: readonly Segment[], at: number): Segment[] {
  return path
    .filter(({ since }) => since <= at)
    .map((segment) => {
      const undoes = segment.last !== null && segment.last > at;
      return undoes ? { ...segment, until: Math.min(segment.until ?? at, at), last: at } : segment;
    });
}

/** What follows without a gap, and has nothing undone before it, is one: a path is as long as there was undoing. */
function joined(path: readonly Segment[]): Segment[] {
  const all: Segment[] = [];
  for (const segment of path) {
    const before = all.at(-1);
    const follows = before !== undefined && before.to! + 1 === segment.from;
    const fits = before?.until === null && (segment.until === null || (before.last ?? 0) <= segment.until);
    if (follows && (fits || segment.kept === 0)) all[all.length - 1] = together(before, segment);
    else all.push(segment);
  }
  return all;
}

const together = (one: Segment, other: Segment): Segment => ({
  from: one.from,
  to: other.to,
  until: other.kept === 0 ? one.until : other.until,
  since: one.since,
  kept: one.kept + other.kept,
  last: one.last === null || other.last === null ? (one.last ?? other.last) : Math.max(one.last, other.last),
});

function atMost(most: number, path: readonly Segment[]): readonly Segment[] {
  let left = path;
  while (left.length > most) {
    const least = left.reduce((one, other) => (other.kept < one.kept ? other : one));
    left = left.filter((segment) => segment !== least);
  }
  return left;
}

/** So many memories are kept of where it goes on now, the newest of that game time. */
export function playWith(play: Play, ats: readonly number[]): Play {
  const now = play.path.at(-1)!;
  const last = Math.max(now.last ?? 0, ...ats);
  return { ...play, path: [...play.path.slice(0, -1), { ...now, kept: now.kept + ats.length, last }] };
}

export const pathOf = ({ path }: Play): Path => path.map(({ from, to, until }) => ({ from, to, until }));

/** Whether something of this revision and game time is part of what was lived, as of a revision. */
export function isOn(path: Path, memory: { revision: number; at: string }, asOf: number): boolean {
  const { revision } = memory;
  if (revision > asOf) return false;
  return path.some(
    ({ from, to, until }) =>
      from <= revision &&
      (to === null || revision <= to) &&
      (until === null || Date.parse(memory.at) <= until),
  );
}

/** Those of them that a moment looks back upon. */
export const visible = <M extends { revision: number; at: string }>(
  memories: readonly M[],
  path: Path,
  asOf: number,
): M[] => memories.filter((memory) => isOn(path, memory, asOf));
