/**
 * The text of `line` in a JSON answer that is still coming in, piece by piece; whatever comes before or after it is
 * passed over, and so is a `line` deeper within.
 */
export class GrowingLine {
  private depth = 0;
  /** The string that is being read, as it is written; `null` between strings. */
  private string: string | null = null;
  private escaping = false;
  /** The string before a colon, of the answer itself. */
  private key = '';
  private state: 'before' | 'named' | 'inside' | 'over' = 'before';
  text = '';

  /** Nothing more will come of it. */
  get over(): boolean {
    return this.state === 'over';
  }

  /** @returns what of the line is new. */
  push(piece: string): string {
    for (const sign of piece) {
      if (this.state === 'over') break;
      if (this.string === null) this.between(sign);
      else this.within(sign, this.string);
    }
    if (this.state !== 'inside' || this.string === null) return this.grown(this.text);
    return this.grown(decoded(this.string));
  }

  private told = 0;
  private grown(text: string): string {
    this.text = text;
    const fresh = text.slice(this.told);
    this.told = text.length;
    return fresh;
  }

  private between(sign: string): void {
    if (sign === '"') {
      this.string = '';
      if (this.state === 'named') this.state = 'inside';
    } else if (sign === ':' && this.depth === 1 && this.key === 'line') this.state = 'named';
    else if (!/\s/.test(sign)) {
      // The line is no string.
      if (this.state === 'named') this.state = 'before';
      if (sign === '{' || sign === '[') this.depth++;
      if (sign === '}' || sign === ']') this.depth--;
      this.key = '';
    }
  }

  private within(sign: string, string: string): void {
    if (sign !== '"' || this.escaping) {
      this.escaping = sign === '\\' && !this.escaping;
      this.string = string + sign;
      return;
    }
    this.string = null;
    if (this.state === 'inside') {
      this.text = decoded(string);
      this.state = 'over';
    } else this.key = decoded(string);
  }
}

/** As much of a string as can be read; half of an escape or of a surrogate pair is no text yet. */
function decoded(string: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has none of them in a string
  const whole = /^(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/.exec(string)![0];
  return (JSON.parse(`"${whole}"`) as string).replace(/[\ud800-\udbff]$/, '');
}

/**
 * As much of a growing text as ends with a whole sentence: no half sentence is judged, and none is said. A dot ends one
 * when a space follows: before that it may be the middle of an address.
 */
export function wholeSentences(text: string): string {
  return /^[\s\S]*(?:[。！？～…]["'”’]*|[.!?]["'”’]*(?=\s|[\u3000-\uffef]))/u.exec(text)?.[0] ?? '';
}
