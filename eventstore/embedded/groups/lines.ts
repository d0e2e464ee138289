import type { Entry } from './entry.js';

/** `later`: this one must wait, those behind it need not. `full`: all must. */
type Taken = 'gone' | 'later' | 'full';

/**
 * What waits to be sent, in the order in which it is to be sent: what was sent before, by its place; then what
 * is replayed; then what is new.
 */
export type Lines = {
  fresh(entry: Entry): void;
  replay(entry: Entry): void;
  again(entry: Entry): void;
  /** What waits to be sent again under this id. */
  waitingAgain(id: string): Entry | undefined;
  /** It is not to be sent any more, or is being sent. */
  forget(entry: Entry): void;
  drain(take: (entry: Entry) => Taken): void;
  counts(): { fresh: number; again: number; replays: number; all: number };
};

export function linesOf(): Lines {
  let fresh: Entry[] = [];
  let replays: Entry[] = [];
  let again: Entry[] = [];
  const byId = new Map<string, Entry>();

  /** What is left of a line, and whether the next line is worth trying. */
  function drain(line: Entry[], take: (entry: Entry) => Taken): { left: Entry[]; open: boolean } {
    const later: Entry[] = [];
    for (let at = 0; at < line.length; at++) {
      const entry = line[at]!;
      if (entry.state !== 'waiting') continue;
      const taken = take(entry);
      if (taken === 'full') return { left: at === 0 ? line : later.concat(line.slice(at)), open: false };
      if (taken === 'later') later.push(entry);
    }
    return { left: later, open: true };
  }

  return {
    fresh: (entry) => void fresh.push(entry),
    replay: (entry) => void replays.push(entry),
    again(entry) {
      byId.set(entry.id, entry);
      if (entry.replayed) replays.push(entry);
      else again.splice(placeIn(again, entry.number), 0, entry);
    },
    waitingAgain: (id) => byId.get(id),
    forget(entry) {
      if (byId.get(entry.id) === entry) byId.delete(entry.id);
    },
    drain(take) {
      let open = true;
      ({ left: again, open } = drain(again, take));
      if (open) ({ left: replays, open } = drain(replays, take));
      if (open) ({ left: fresh } = drain(fresh, take));
    },
    counts() {
      const count = { fresh: fresh.length, again: again.length, replays: replays.length };
      return { ...count, all: count.fresh + count.again + count.replays };
    },
  };
}

function placeIn(line: Entry[], number: number): number {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (line[middle]!.number < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
