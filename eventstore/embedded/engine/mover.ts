import { nameValue } from './ends.js';
import { checked } from './gaps.js';
import { FAN, type IdRuns, idRunsOf } from './id-runs.js';
import { endKey, revisionKey, sixBytes, TOMBSTONE } from './keys.js';
import { newPart, type Part } from './part.js';
import { type IdRun, type State, stateChange } from './state.js';
import type { Change, Tree, Trees } from './trees.js';

/**
 * Puts into the trees, little by little and sorted, what was committed long ago, so that a commit itself writes
 * one end of the log only, however large it is. Each commit takes some of that work with it.
 */
export type Mover = {
  /** The newest events, and those that are being moved. */
  parts(): Part[];
  runs(): IdRun[];
  idRuns: IdRuns;
  oldStreams: number;
  /** Up to this position all is in the trees. */
  moved(): number;
  /** What a commit of so many events is to do besides. What was given before must be on the disk by now. */
  work(events: number): Change[];
};

export type Pace = {
  /** So many events are moved together. */
  part: number;
  /** A step of the work is done for so many events committed; well below a half of the part. */
  step: number;
  /** A commit of more bytes costs the disk less in the trees at once than there and in the write-ahead file. */
  direct?: number;
  /** How long others may wait for the trees, in ms: so a start has little to read, and the disk is not kept busy. */
  settle?: number;
};
export const PACE = { part: 32_768, step: 128, direct: 128 * 1024, settle: 200 };
/** Changes of one step. */
const STEP = 256;

/** A `last` step ends the work of its commit: the state that it stores holds from the next one on. */
type Step = { changes: Change[]; last?: true };
type Steps = Generator<Step, void>;

type Desk = { trees: Trees; idRuns: IdRuns; state: State; stored?: State; fresh: Part; moving?: Part };

export function moverOf(trees: Trees, begin: { state: State; part: Part }, pace: Pace): Mover {
  const idRuns = idRunsOf(trees);
  const desk: Desk = { trees, idRuns, state: begin.state, fresh: begin.part };
  let owed = 0;
  const mover = stepsOf(() => (desk.fresh.count() >= pace.part ? move(desk) : undefined));
  const tidier = stepsOf(() => {
    const [gone] = desk.state.drop;
    if (gone !== undefined) return drop(desk, gone);
    const full = mergeable(desk.state.runs);
    return full && merge(desk, full);
  });
  return {
    parts: () => (desk.moving === undefined ? [desk.fresh] : [desk.fresh, desk.moving]),
    runs: () => desk.state.runs,
    oldStreams: begin.state.oldStreams,
    moved: () => desk.state.moved,
    idRuns,
    work(events) {
      desk.state = desk.stored ?? desk.state;
      const changes: Change[] = [];
      for (owed += events; owed >= pace.step; owed -= pace.step) {
        const step = mover() ?? tidier();
        if (step === undefined) owed = 0;
        for (const change of step?.changes ?? []) changes.push(change);
        if (step?.last) break;
      }
      return changes;
    },
  };
}

function changed(desk: Desk, change: Partial<State>): Step {
  desk.stored = { ...desk.state, ...change };
  return { changes: [stateChange(desk.trees.meta, desk.stored)], last: true };
}

function* move(desk: Desk): Steps {
  const part = desk.fresh;
  desk.moving = part;
  desk.fresh = newPart();
  yield* streamsOf(part, desk.trees);
  const run = { no: desk.state.nextRun, level: 0 };
  yield* plain(desk.idRuns.first(run.no, part.ids()));
  const runs = [...desk.state.runs, run];
  yield changed(desk, { moved: part.last(), runs, nextRun: run.no + 1 });
  desk.moving = undefined;
  yield* forgetTail(desk.trees.tail!, desk.state.moved);
}

function* merge(desk: Desk, from: IdRun[]): Steps {
  const into = { no: desk.state.nextRun, level: from[0]!.level + 1 };
  // The number is taken at once: a part is moved meanwhile. Of one taken in vain nothing is ever read.
  yield changed(desk, { nextRun: into.no + 1 });
  yield* plain(desk.idRuns.merged(into.no, from));
  const runs = [...desk.state.runs.filter((run) => !from.includes(run)), into];
  yield changed(desk, { runs, drop: [...desk.state.drop, ...from] });
}

function* drop(desk: Desk, run: IdRun): Steps {
  yield* plain(desk.idRuns.dropped(run));
  yield changed(desk, { drop: desk.state.drop.filter(({ no }) => no !== run.no) });
}

/** Takes the steps of one piece of work, then those of the next that is due. */
function stepsOf(due: () => Steps | undefined): () => Step | undefined {
  let steps: Steps | undefined;
  return () => {
    const step = steps?.next();
    if (step !== undefined && !step.done) return step.value;
    steps = due();
    return (steps?.next().value as Step | undefined) ?? undefined;
  };
}

function* plain(all: Generator<Change[]>): Steps {
  for (const changes of all) yield { changes };
}

/** Stream by stream, so that a page is written once for all that comes to lie on it. */
function* streamsOf(part: Part, { names, index }: Trees): Steps {
  const changes: Change[] = [];
  for (const [name, no] of part.names) {
    const key = Buffer.from(name);
    changes.push({ tree: names, key, value: nameValue(key, no) });
    if (changes.length >= STEP) yield { changes: changes.splice(0) };
  }
  for (const streamNo of [...new Set([...part.streams.keys(), ...part.tombstones.keys()])].sort(byNumber)) {
    const { first = 0, positions = [] } = part.streams.get(streamNo) ?? {};
    for (const [nth, position] of positions.entries()) {
      // Asked anew each time: the stream may be scavenged between two steps.
      if (first + nth < part.floor(streamNo)) continue;
      changes.push({ tree: index, key: revisionKey(streamNo, first + nth), value: sixBytes(position) });
      if (changes.length >= STEP) yield { changes: changes.splice(0) };
    }
    changes.push(...endOf(part, streamNo, index));
    const tombstone = part.tombstones.get(streamNo);
    if (tombstone === undefined) continue;
    changes.push({ tree: index, key: revisionKey(streamNo, TOMBSTONE), value: sixBytes(tombstone) });
  }
  yield { changes };
}

/** None where only a tombstone came to a stream: its end is as it was. */
function endOf(part: Part, streamNo: number, index: Tree): Change[] {
  const head = part.head(streamNo);
  const key = endKey(streamNo);
  return head === undefined ? [] : [{ tree: index, key, value: checked(key, head + 1) }];
}

function* forgetTail(tail: Tree, moved: number): Steps {
  let from = 0;
  for (;;) {
    const range = { start: sixBytes(from), end: sixBytes(moved + 1), limit: STEP };
    const changes = [...tail.getKeys(range)].map((key): Change => ({ tree: tail, key }));
    if (changes.length === 0) return;
    from = changes.at(-1)!.key.readUIntBE(0, 6) + 1;
    yield { changes };
  }
}

const byNumber = (a: number, b: number) => a - b;

/** The first eight runs of a level that has so many. */
function mergeable(runs: IdRun[]): IdRun[] | undefined {
  for (const { level } of runs) {
    const same = runs.filter((run) => run.level === level);
    if (same.length >= FAN) return same.slice(0, FAN);
  }
  return undefined;
}
