import { SourceMap } from 'node:module';
import { compileFunction } from 'node:vm';
import { z } from 'zod';
import type { Insight } from './define.js';
import { type Bundle, EXPORTS, InsightFailed } from './messages.js';

export type Loaded = {
  insight: Insight;
  /** The line that tells what a function of it threw: where, in which, and with what it was busy. */
  blame(error: unknown, part: keyof Insight, busyWith?: string): InsightFailed;
};

const NAME = 'insight.bundle.js';

/** Runs the bundle's text, which gives the insight. @throws InsightFailed */
export function loaded(bundle: Bundle): Loaded {
  const lineOf = mapped(bundle);
  const failed = (error: unknown, what: string) => {
    const { name, message } = asError(error);
    return new InsightFailed(`${lineOf(error) ?? bundle.place}: ${what} ${name}: ${message.split('\n')[0]}`);
  };
  const blame: Loaded['blame'] = (error, part, busyWith = '') => failed(error, `${part}${busyWith} threw`);
  let file: { default?: unknown };
  try {
    const names = Object.keys(outside);
    const run = compileFunction(`${bundle.code}\nreturn ${EXPORTS};`, names, { filename: NAME });
    file = run(...Object.values(outside)) as typeof file;
  } catch (error) {
    throw failed(error, 'the file threw');
  }
  return { insight: checked(file.default, bundle.place), blame };
}

const aFunction = (needed: boolean) =>
  z.custom((given) => typeof given === 'function' || (!needed && given === undefined), {
    error: ({ input }) => (input === undefined ? 'is missing' : 'is no function'),
  });

const shape = z.strictObject(
  {
    initial: aFunction(true),
    step: aFunction(true),
    end: aFunction(true),
    total: aFunction(false).optional(),
    memories: z.boolean({ error: 'is neither true nor false' }).optional(),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has no ${issue.keys.join(', ')}: it is initial, step, end and maybe total, memories`
        : 'is none: export default insight({ initial, step, end })',
  },
);

function checked(given: unknown, place: string): Insight {
  if (given === undefined)
    throw new InsightFailed(`${place}: there is no default export: export default insight({ … })`);
  const result = shape.safeParse(given);
  if (result.success) return given as Insight;
  const { path, message } = result.error.issues[0]!;
  throw new InsightFailed(`${place}: the insight${path.length > 0 ? `: ${path.join('.')}` : ''} ${message}`);
}

const asError = (thrown: unknown): { name: string; message: string } =>
  thrown instanceof Error ? thrown : { name: 'something', message: String(thrown) };

/** Where in the analyst's own files an error came from. */
function mapped({ map, place }: Bundle): (error: unknown) => string | undefined {
  const source = new SourceMap(JSON.parse(map));
  const [own] = place.split(/:\d+$/);
  return (error) => {
    const stack = error instanceof Error ? String(error.stack) : '';
    for (const [, line, column] of stack.matchAll(/insight\.bundle\.js:(\d+):(\d+)/g)) {
      const found = source.findEntry(Number(line) - 1, Number(column) - 1);
      if ('originalSource' in found) return `${found.originalSource ?? own}:${found.originalLine + 1}`;
    }
    return undefined;
  };
}

const refused = (name: string) => (): never => {
  throw new Error(`an insight is a pure function: it has no ${name}`);
};

/** What would make an insight answer differently for the same history, or reach out, is there to say that it is not. */
const outside: Record<string, unknown> = Object.fromEntries(
  [
    ...[
      'process',
      'global',
      'globalThis',
      'require',
      'module',
      'fetch',
      'WebSocket',
      'EventSource',
      'crypto',
    ],
    ...[
      'XMLHttpRequest',
      'navigator',
      'performance',
      'setTimeout',
      'setInterval',
      'setImmediate',
      'Function',
    ],
  ].map((name) => {
    const no = refused(name);
    return [name, new Proxy(() => {}, { get: no, apply: no, construct: no, set: no, has: no })];
  }),
);

outside.Math = Object.defineProperties(
  {},
  { ...Object.getOwnPropertyDescriptors(Math), random: { value: refused('Math.random') } },
);
outside.Date = new Proxy(Date, {
  get: (date, key) => (key === 'now' ? refused('Date.now') : Reflect.get(date, key)),
  construct: (date, args) =>
    args.length === 0 ? refused('time of its own')() : new date(...(args as [string])),
  apply: refused('time of its own'),
});
