export type Heart = {
  /** Beats it once in every round from now on. @returns how to let it be. */
  add(beat: () => void): () => void;
  stop(): void;
};

/** All at once, ten thousand pings kept everybody waiting for some 400 ms each time. */
const PARTS = 250;

/** Beats all that were added once in `everyMs`, a part of them at a time. */
export function startHeart(everyMs: number): Heart {
  const parts = Array.from({ length: PARTS }, () => new Set<() => void>());
  let added = 0;
  let turn = 0;
  const timer = setInterval(() => {
    for (const beat of parts[turn++ % PARTS]!) beat();
  }, everyMs / PARTS);
  return {
    add(beat) {
      const part = parts[added++ % PARTS]!;
      part.add(beat);
      return () => void part.delete(beat);
    },
    stop: () => clearInterval(timer),
  };
}
