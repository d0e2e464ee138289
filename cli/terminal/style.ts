/** What a stream tells about itself; `process.stdout` and `process.stderr` fit. */
export type Screen = { isTTY?: boolean; columns?: number };

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
  grey: [90, 39],
} as const;

export type Colour = keyof typeof codes;
export type Paint = Record<Colour, (text: string) => string>;

/** Whether to colour: only on a terminal, and never where NO_COLOR is set to anything (https://no-color.org). */
export function wantsColour(screen: Screen, env: Record<string, string | undefined>): boolean {
  return screen.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

/** Colours for text, or the same functions doing nothing. */
export function painter(colour: boolean): Paint {
  const entries = (Object.keys(codes) as Colour[]).map((name) => {
    const [on, off] = codes[name];
    return [
      name,
      (text: string) => (colour && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text),
    ] as const;
  });
  return Object.fromEntries(entries) as Paint;
}

/** No colours at all. */
export const plain: Paint = painter(false);
