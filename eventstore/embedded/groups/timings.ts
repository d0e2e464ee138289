const WINDOW = 1000;

/** How long a consumer took, of its last so many events, as the real server measures it; in ms. */
export type Timings = { add(ms: number): void; measurements(): { key: string; value: number }[] };

export function timings(): Timings {
  const window: number[] = [];
  let next = 0;
  return {
    add(ms) {
      window[next] = ms;
      next = (next + 1) % WINDOW;
    },
    measurements() {
      if (window.length === 0) return [];
      const sorted = window.toSorted((a, b) => a - b);
      const at = (share: number) => sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)]!;
      const mean = Math.floor(sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length);
      return [
        { key: 'Mean', value: mean },
        { key: 'Median', value: at(0.5) },
        { key: 'Fastest', value: sorted[0]! },
        ...[0, 1, 2, 3, 4].map((n) => ({ key: `Quintile ${n + 1}`, value: at(n * 0.2) })),
        ...[90, 95, 99, 99.5, 99.9].map((n) => ({ key: `${n}%`, value: at(n / 100) })),
        { key: 'Highest', value: sorted.at(-1)! },
      ];
    },
  };
}
