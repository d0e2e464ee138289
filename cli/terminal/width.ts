// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of control characters
const escapes = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wide =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;
const nothing = /^[\p{Mark}\u200b-\u200d\u2060]+$/u;

/** Columns a text takes on a terminal: Chinese, Japanese, Korean and emoji take two, colours none. */
export function width(text: string): number {
  let columns = 0;
  for (const { segment } of segmenter.segment(text.replace(escapes, ''))) {
    columns += nothing.test(segment) ? 0 : wide.test(segment) ? 2 : 1;
  }
  return columns;
}

/** A text that cannot move the cursor, colour the screen or break a line: what a player wrote is not trusted. */
export const harmless = (text: string): string => text.replace(escapes, '').replace(controls, ' ');

/** Cut to so many columns, with an ellipsis where something was cut. Expects a text without colours. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let kept = '';
  for (const { segment } of segmenter.segment(text)) {
    if (width(kept) + width(segment) > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

export const padEnd = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - width(text)));
export const padStart = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - width(text))) + text;

/** Broken into lines of at most so many columns, at spaces where there are any, anywhere in Chinese. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/\S+\s*|\s+/gu) ?? []) {
    let rest = piece;
    if (width(line + rest.trimEnd()) > columns && line.trim() !== '' && width(rest.trimEnd()) <= columns) {
      lines.push(line.trimEnd());
      line = '';
    }
    while (width(line + rest.trimEnd()) > columns) {
      const head = fitting(rest, columns - width(line)) || (line === '' ? [...rest][0]! : '');
      lines.push((line + head).trimEnd());
      rest = rest.slice(head.length);
      line = '';
    }
    line += rest;
  }
  return line.trim() === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()];
}

function fitting(text: string, columns: number): string {
  let kept = '';
  for (const { segment } of segmenter.segment(text)) {
    if (width(kept) + width(segment) > columns) break;
    kept += segment;
  }
  return kept;
}
