/** A place in what a group consumes, and how many events it has been through up to there. */
export type Mark = { position: number; count: number };

/**
 * How far everything is settled, where things begin in order and are settled in any. Holds only what is
 * unsettled, whatever has gone by.
 */
export type Progress = {
  /** The event at `position` is begun; the number that is answered settles it. */
  begin(position: number): number;
  /** The event at `position` is none of ours; `counted` when it still brings a checkpoint nearer. */
  pass(position: number, counted: boolean): void;
  settle(number: number): void;
  /** Everything up to here is settled. */
  mark(): Mark;
  readonly unsettled: number;
};

export function progressFrom(position: number): Progress {
  /** By number, in order: the last event before the one that is unsettled. */
  const before = new Map<number, Mark>();
  let seen: Mark = { position, count: 0 };
  let next = 0;
  let lowest = 0;
  return {
    begin(position) {
      before.set(next, seen);
      seen = { position, count: seen.count + 1 };
      return next++;
    },
    pass(position, counted) {
      seen = { position, count: seen.count + (counted ? 1 : 0) };
    },
    settle: (number) => void before.delete(number),
    mark() {
      while (lowest < next && !before.has(lowest)) lowest++;
      return before.get(lowest) ?? seen;
    },
    get unsettled() {
      return before.size;
    },
  };
}
