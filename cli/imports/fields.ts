import { ImportError, type Source } from './match.js';

/** No match lasts longer. */
export const dayMs = 24 * 3600_000;

/** A value inside a JSON file that knows where it stands, so that a wrong one is named by file and path. */
export class Field {
  constructor(
    readonly value: unknown,
    readonly path: string,
    readonly file: string,
  ) {}

  fail(problem: string): never {
    throw new ImportError(this.file, `${this.path || 'the file'} ${problem}`);
  }

  private record(): Record<string, unknown> {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail('is not an object');
    return value as Record<string, unknown>;
  }

  keys(): string[] {
    return Object.keys(this.record());
  }

  /** The field of that name, `undefined` where it is absent or null. */
  maybe(key: string): Field | undefined {
    const record = this.record();
    if (!Object.hasOwn(record, key) || record[key] === null || record[key] === undefined) return undefined;
    return new Field(record[key], this.path === '' ? key : `${this.path}.${key}`, this.file);
  }

  get(key: string): Field {
    return (
      this.maybe(key) ??
      new Field(undefined, this.path === '' ? key : `${this.path}.${key}`, this.file).fail('is missing')
    );
  }

  items(): Field[] {
    if (!Array.isArray(this.value)) this.fail('is not a list');
    return (this.value as unknown[]).map((item, i) => new Field(item, `${this.path}[${i}]`, this.file));
  }

  list(key: string): Field[] {
    return this.get(key).items();
  }

  /** The list of that name, empty where it is absent or null. */
  listOf(key: string): Field[] {
    return this.maybe(key)?.items() ?? [];
  }

  asNumber(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) this.fail('is not a number');
    return this.value as number;
  }

  num(key: string): number {
    return this.get(key).asNumber();
  }

  /** A count of something: a whole number from 0. */
  count(key: string): number {
    const field = this.get(key);
    const value = field.asNumber();
    if (!Number.isInteger(value) || value < 0) field.fail(`is ${value}, not a count`);
    return value;
  }

  /** Kills, deaths and the like: a count that a match can hold. */
  tally(key: string): number {
    const value = this.count(key);
    if (value > 10_000) this.get(key).fail(`is ${value}, more than a match can hold`);
    return value;
  }

  /** Seconds of a match, as milliseconds. */
  asMs(): number {
    const seconds = this.asNumber();
    if (Math.abs(seconds) > dayMs / 1000) this.fail(`is ${seconds}, more seconds than a match can last`);
    return seconds * 1000;
  }

  ms(key: string): number {
    return this.get(key).asMs();
  }

  /** A moment of the calendar in ms; seconds and milliseconds are told apart by their size. */
  epochMs(key: string): number {
    const field = this.get(key);
    const value = field.asNumber();
    const ms = value < 1e11 ? value * 1000 : value;
    if (ms < Date.UTC(2000, 0) || ms > Date.UTC(2100, 0))
      field.fail(`is ${value}, not a time of this century`);
    return ms;
  }

  str(key: string): string {
    const field = this.get(key);
    if (typeof field.value !== 'string') field.fail('is not a text');
    return field.value as string;
  }

  flag(key: string): boolean {
    const field = this.get(key);
    if (typeof field.value !== 'boolean') field.fail('is not true or false');
    return field.value as boolean;
  }
}

/** @throws ImportError for text that is not JSON, saying where it breaks off. */
export function parseJson(source: Source): Field {
  if (source.text.trim() === '') throw new ImportError(source.name, 'is empty');
  try {
    return new Field(JSON.parse(source.text), '', source.name);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ImportError(source.name, `is not complete JSON, is it truncated? (${why})`);
  }
}
