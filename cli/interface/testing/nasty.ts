import { randomUUID } from 'node:crypto';
import fc from 'fast-check';

/** Frames and bodies that are nearly right, or not at all. */

type Seed = () => Record<string, unknown>;

const anEvent = () => ({
  id: randomUUID(),
  type: 'player.kill',
  at: '2026-01-01T00:00:00Z',
  data: { killCount: 3 },
  context: { playerLevel: 2 },
});

export const frameSeeds: Seed[] = [
  () => ({ type: 'game_event', id: randomUUID(), event: { type: 'player.kill', data: { killCount: 2 } } }),
  () => ({ type: 'game_events', id: randomUUID(), events: [anEvent(), anEvent(), anEvent()] }),
  () => ({ type: 'chat_message', id: randomUUID(), text: 'hi', lang: 'en' }),
  () => ({ type: 'feedback', id: randomUUID(), actionId: randomUUID(), reaction: 'like' }),
  () => ({ type: 'hello', protocol: 1, token: 'x', resume: '1:1' }),
  () => ({ type: 'ping' }),
];

const hard: unknown[] = [
  ...['__proto__', 'constructor', 'toString', '', ' ', '\u0000', '\ud800', '\u202e', 'ﷺ', 'x'.repeat(5_000)],
  ...['player.kill', 'custom.', 'custom.a b', 'hello', 'me', '0:-1', '9'.repeat(60), '2026-02-30T00:00:00Z'],
  ...["'; drop table players --", '%00', '../../etc/passwd', '{{7*7}}', '$where', '<script>', '1e400', 'NaN'],
  ...[-1, 0.1, 1e308, 2 ** 53, -(2 ** 63), null, true, [], {}, [[]], JSON.parse('{"__proto__":{"x":1}}')],
];
export const nasty = fc.oneof(fc.jsonValue(), fc.constantFrom(...hard));

export const nastyText = fc.oneof(
  fc.constantFrom(...hard.filter((one): one is string => typeof one === 'string')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const change = fc.record({ where: fc.nat(), what: nasty, how: fc.constantFrom('set', 'remove', 'add') });
type Change = { where: number; what: unknown; how: string };

/** Some place of the whole, at any depth, holds something else, or something more, or is gone. */
function changed(whole: Record<string, unknown>, changes: readonly Change[]): string {
  for (const { where, what, how } of changes) {
    const places: [Record<string, unknown>, string][] = [];
    const walk = (part: unknown) => {
      if (typeof part !== 'object' || part === null) return;
      for (const key of Object.keys(part)) {
        places.push([part as Record<string, unknown>, key]);
        walk((part as Record<string, unknown>)[key]);
      }
    };
    walk(whole);
    const [parent, key] = places[where % places.length] ?? [whole, 'type'];
    if (how === 'remove') delete parent[key];
    else
      Object.defineProperty(parent, how === 'set' ? key : JSON.stringify(what), {
        // Of its own: what is changed later must not be changed wherever it is, least of all in itself.
        value: structuredClone(what),
        ...{ enumerable: true, configurable: true, writable: true },
      });
  }
  return JSON.stringify(whole);
}

/** What no JSON.stringify writes: torn, twice said, too deep, numbers that are none. */
const torn: ((text: string, at: number) => string)[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text) => text.replace('{', '{"type":"ping","id":7,'),
  (text) => text.replace('{', '{"__proto__":{"admin":true},"constructor":{"prototype":{}},'),
  (text) => text.replace(/}$/, `,"deep":${'['.repeat(3_000)}${']'.repeat(3_000)}}`),
  (text) => text.replace(/}$/, `,"deep":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}`),
  (text) => text.replace(/\d+/, '1e999'),
  (text) => text.replace(/\d+/, 'NaN'),
  (text) => text.replace(/\d+/, '9'.repeat(400)),
  (text) => text.replace(/"[^"]*"$/, '"\\ud800"'),
  (text) => `\ufeff${text}`,
  (text) => `${text}${text}`,
  (text) => `[${text}]`,
];

export type Mutate = (whole: Record<string, unknown>) => string;

/** Text near the JSON of the whole; the whole may be changed by it. */
export const mutation: fc.Arbitrary<Mutate> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(change, { maxLength: 3 }).map(
      (changes): Mutate =>
        (whole) =>
          changed(whole, changes),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...torn), fc.nat()).map(
      ([tear, where]): Mutate =>
        (whole) => {
          const text = JSON.stringify(whole);
          return tear(text, where % text.length);
        },
    ),
  },
  { weight: 1, arbitrary: fc.json().map((text) => () => text) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text) => () => text) },
);

/** What a stack, a query or a path of this machine looks like; no refusal has any of it. */
const INNER =
  /\bat \S+ \(|\.[jt]s:\d+|node_modules|\/dist\/|Cannot read|undefined is|is not a function|TypeError|SyntaxError|\bselect .+ from |violates|SQLSTATE|ENOENT|ECONN/;

/** What a refusal tells of the inside; `null`: nothing. */
export const innerIn = (text: string): string | null => INNER.exec(text)?.[0] ?? null;

/** What only another tenant knows, and is in an answer; `null`: nothing. */
export const secretIn = (text: string, secrets: readonly string[]): string | null =>
  secrets.find((secret) => text.includes(secret)) ?? null;
