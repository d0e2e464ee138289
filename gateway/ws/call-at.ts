const TIMER_MAX_MS = 2 ** 31 - 1;

/** Calls back when that time (ISO 8601) has come, at once when it is past; returns what calls it off. Keeps no process. */
export function callAt(time: string, call: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const left = Date.parse(time) - Date.now();
    if (left <= 0) return call();
    timer = setTimeout(look, Math.min(left, TIMER_MAX_MS));
    timer.unref();
  };
  look();
  return () => clearTimeout(timer);
}
