/**
 * A position as clients see it: opaque, ordered by the engine only. It holds the place in the whole log and
 * the revision within the player's stream, because a server need not tell the former for reads of a stream.
 */
export const formatPosition = (position: number, revision: number): string => `${position}:${revision}`;

/** `null` when the text is not a position of this engine. */
export function parsePosition(text: string): { position: number; revision: number } | null {
  const match = /^(\d{1,16}):(-1|\d{1,16})$/.exec(text);
  return match ? { position: Number(match[1]), revision: Number(match[2]) } : null;
}
