/** Escapes in JSON. Well-formed text never needs one for a surrogate: those left are halves of pairs. */
const ESCAPES = /\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g;
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

/** JSON with U+FFFD for what its texts may hold and Postgres' may not: NUL and halves of surrogate pairs. */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  // Nearly no text has any: looking is cheaper.
  if (!json.includes('\\')) return json;
  // Escape by escape, since a backslash before `u0000` may itself be escaped; and on the text, since data nested
  // thousands deep is more than a recursion of ours can take.
  return UNSTORABLE.test(json)
    ? json.replace(ESCAPES, (found) => (UNSTORABLE.test(found) ? '\uFFFD' : found))
    : json;
}
