import { cut, width } from './width.js';

/** Where the bar is drawn: `process.stderr` fits. */
export type ProgressScreen = { isTTY?: boolean; columns?: number; write(text: string): unknown };

export type Progress = {
  /** So much is done now (not: more). */
  update(done: number, label?: string): void;
  /** Takes the bar away, so that what is printed next starts on a clean line. */
  stop(): void;
};

const cells = 28;
const frameMs = 80;

/** A bar of a fixed length, filled in eighths: `███▌      45 %`. `done` beyond `total` is full. */
export function bar(done: number, total: number, length = cells): string {
  const share = total <= 0 ? 1 : Math.min(1, Math.max(0, done / total));
  const eighths = Math.round(share * length * 8);
  const part = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8]!;
  return ('█'.repeat(Math.floor(eighths / 8)) + part).padEnd(length, ' ');
}

/** A progress bar on a terminal; on anything else it writes nothing. */
export function progress(total: number, title: string, screen: ProgressScreen): Progress {
  if (screen.isTTY !== true) return { update: () => {}, stop: () => {} };
  let drawnAt = Number.NEGATIVE_INFINITY;
  const clear = () => screen.write('\r\u001b[2K');
  return {
    update(done, label = '') {
      const now = performance.now();
      // Drawing every step of a fast job would be slower than the job.
      if (now - drawnAt < frameMs && done < total) return;
      drawnAt = now;
      const percent = total <= 0 ? 100 : Math.floor((Math.min(done, total) / total) * 100);
      const line = `${title} ${bar(done, total)} ${String(percent).padStart(3)} %`;
      const room = (screen.columns ?? 80) - 1 - width(line) - 1;
      clear();
      screen.write(room > 4 && label ? `${line} ${cut(label, room)}` : cut(line, (screen.columns ?? 80) - 1));
    },
    stop: () => {
      clear();
    },
  };
}
