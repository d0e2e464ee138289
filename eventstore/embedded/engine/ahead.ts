import { sixBytes } from './keys.js';
import { type Mover, PACE, type Pace } from './mover.js';
import type { Recent } from './recent.js';
import type { Write } from './store.js';
import { addTo, type Indexed, indexed, tailValue } from './tail.js';
import { apply, type Change, type Trees } from './trees.js';
import type { Frame, Wal } from './wal.js';

export type Desk = {
  trees: Trees;
  mover: Mover;
  recent: Recent;
  /** Undefined where there was no room for it: then each commit goes into the trees at once. */
  wal: Wal | undefined;
  pace: Pace;
  /** Why the trees take nothing, if so. */
  failure: Error | undefined;
  /** All or nothing, and on the disk when it resolves. */
  transaction(changes: Change[]): Promise<void>;
};

type Commit = { frame: Frame; index: Indexed };

export type Ahead = ReturnType<typeof aheadOf>;

/** Writes commits, one at a time, into the write-ahead file, or large ones into the trees at once. */
export function aheadOf(desk: Desk) {
  const { mover, recent, wal, pace } = desk;
  const { direct = PACE.direct } = pace;
  const settler = settlerOf(desk);

  async function write(file: Wal, { frame, index }: Commit): Promise<void> {
    await file.write(frame);
    settler.add(frame);
    recent.add(frame);
    addTo(mover.parts()[0]!, index);
  }

  async function writeAhead(file: Wal, commit: Commit): Promise<void> {
    if (!file.hasRoom(commit.frame)) await settler.turned();
    await settler.after(write(file, commit));
  }

  return {
    /** Durable when it resolves. @throws whatever hinders it, and from then on ever again */
    async commit(writes: Write[]): Promise<void> {
      settler.check();
      const index = indexed(writes);
      const records = writes.map(({ record }) => record);
      const frame = { position: writes[0]!.position, tail: tailValue(index), records };
      if (wal !== undefined && sizeOf(frame) <= direct) return writeAhead(wal, { frame, index });
      await settler.settle([frame]);
      addTo(mover.parts()[0]!, index);
    },
    /** Resolves when all is in the trees, on the disk. */
    settled: () => settler.settle(),
    async close(): Promise<void> {
      // What does not go into the trees stays in the file, and is read at the next start.
      await settler.settle().catch(() => {});
      wal?.close();
    },
  };
}

/** Puts into the trees what waits for it, many commits at a time. */
function settlerOf(desk: Desk) {
  let waiting: Frame[] = [];
  let writing: Promise<void> | undefined;
  let settling: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failure = desk.failure;

  const check = () => {
    if (failure !== undefined) throw failure;
  };

  /** Alone, and with no frame being written: the half that it goes into would be the next to be written over. */
  async function settle(own: Frame[] = []): Promise<void> {
    while (settling !== undefined || writing !== undefined) await (settling ?? writing);
    check();
    clearTimeout(timer);
    timer = undefined;
    const frames = [...waiting, ...own];
    waiting = [];
    desk.wal?.turn();
    if (frames.length === 0) return;
    settling = intoTrees(desk, frames).catch((error: Error) => {
      // Whether it reached the disk is unknown, and so is what the mover has done.
      failure = error;
    });
    await settling;
    settling = undefined;
    check();
  }

  const settleSoon = () => void settle().catch(() => {});

  return {
    check,
    settle,
    /** Resolves when there is room in the file. */
    async turned(): Promise<void> {
      await settling;
      check();
      // It turns to the half that is free by now before it waits for anything.
      settleSoon();
    },
    /** Settles nothing before this is done with. */
    after(job: Promise<void>): Promise<void> {
      writing = job;
      return job.finally(() => {
        writing = undefined;
      });
    },
    add(frame: Frame): void {
      waiting.push(frame);
      timer ??= setTimeout(settleSoon, desk.pace.settle ?? PACE.settle).unref();
    },
  };
}

async function intoTrees(desk: Desk, frames: Frame[]): Promise<void> {
  await desk.transaction(changesOf(desk, frames));
  frames.forEach(desk.recent.forget);
}

/** As it is done at a start: before anything else is, and what is to be known of is known. */
export function settleSync(desk: Pick<Desk, 'trees' | 'mover' | 'recent'>, frames: Frame[]): void {
  const changes = changesOf(desk, frames);
  desk.trees.root.transactionSync(() => apply(changes));
  frames.forEach(desk.recent.forget);
}

function changesOf({ trees, mover }: Pick<Desk, 'trees' | 'mover'>, frames: Frame[]): Change[] {
  const events = frames.reduce((sum, { records }) => sum + records.length, 0);
  return [...frames.flatMap((frame) => changeOf(trees, frame)), ...mover.work(events)];
}

const sizeOf = ({ tail, records }: Frame) =>
  records.reduce((sum, record) => sum + record.length, tail.length);

export const changeOf = ({ log, tail }: Trees, frame: Frame): Change[] => [
  { tree: tail!, key: sixBytes(frame.position), value: frame.tail },
  ...frame.records.map((value, nth) => ({ tree: log, key: sixBytes(frame.position + nth), value })),
];
