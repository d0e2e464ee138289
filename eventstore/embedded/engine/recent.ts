import type { Frame } from './wal.js';

/** The events that are not in the trees yet, by their positions. */
export type Recent = ReturnType<typeof recentOf>;

export function recentOf() {
  const records = new Map<number, Buffer>();
  let last = 0;
  return {
    at: (position: number) => records.get(position),
    /** The position of the newest; 0 when there is none. */
    newest: () => (records.size === 0 ? 0 : last),
    add(frame: Frame): void {
      last = frame.position + frame.records.length - 1;
      for (const [nth, record] of frame.records.entries()) records.set(frame.position + nth, record);
    },
    forget({ position, records: { length } }: Frame): void {
      for (let nth = 0; nth < length; nth++) records.delete(position + nth);
    },
  };
}
