/**
 * The text of `line` in a JSON answer that is still coming in, piece by piece; whatever comes before or after it is
 * passed over.
 */
export class GrowingLine {
  private raw = '';
  text = '';

  /** @returns what of the line is new. */
  push(piece: string): string {
    this.raw += piece;
    const value = /"line"\s*:\s*"((?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)/.exec(this.raw)?.[1] ?? '';
    // Half of a surrogate pair is no text yet.
    const whole = (JSON.parse(`"${value}"`) as string).replace(/[\ud800-\udbff]$/, '');
    const fresh = whole.slice(this.text.length);
    this.text = whole;
    return fresh;
  }
}

/** As much of a growing text as ends with a whole sentence: no half sentence is judged, and none is said. */
export function wholeSentences(text: string): string {
  return /^[\s\S]*[.!?…。！？～](?:["'”’])*(?=\s|$|[^.!?…。！？～\d])/u.exec(text)?.[0] ?? '';
}
