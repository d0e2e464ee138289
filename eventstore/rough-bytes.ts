/** About how large a value is as JSON: enough to bound memory by, without writing it out once more. */
export function roughBytes(value: unknown): number {
  let bytes = 0;
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === 'string') bytes += next.length + 2;
    else if (typeof next !== 'object' || next === null) bytes += 8;
    else if (Array.isArray(next)) left.push(...next);
    else {
      for (const [key, inner] of Object.entries(next)) {
        bytes += key.length + 4;
        left.push(inner);
      }
    }
  }
  return bytes;
}
