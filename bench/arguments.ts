import { parseArgs } from 'node:util';

export const partNames = [
  'ingest',
  'latency',
  'ready',
  'log',
  'projections',
  'emotion',
  'lines',
  'embeddings',
  'recall',
  'recent',
  'vectors',
  'edge',
] as const;
export type PartName = (typeof partNames)[number];

export type Arguments = {
  parts: PartName[];
  /** How long one round of one side is measured. */
  seconds: number;
  /** How often each side is measured, in turns. */
  rounds: number;
  /** How far the curve of `log` goes, and that of `projections`; how many `emotion` simulates, `recall` lives through and points `vectors` holds; `null`: as each does by itself. */
  events: number | null;
  /** Of the vectors in `vectors`. */
  dimension: number;
};

export const usage = `npm run bench -- [${partNames.join('] [')}] [--seconds N] [--rounds N] [--events N] [--dimension N]

  no name      all parts
  --seconds N  how long each round is measured, 0.2 to 60 (default 3)
  --rounds N   how often each side is measured, in turns, 1 to 50 (default 5)
  --events N   how large the log grows, 10000 to 10000000 (default 1000000 in \`log\`, 200000 in \`projections\`,
               20000 in \`emotion\` where no recorded matches are at hand, 100000 memories in \`recall\`), and how many points
               there are in \`vectors\` (100000)
  --dimension N  of the vectors, 1 to 4096 (default 384)

JSON on stdout, a table on stderr.
`;

/** @throws Error with one line that names what is wrong. */
export function readArguments(args: string[]): Arguments | 'help' {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '3' },
      rounds: { type: 'string', default: '5' },
      events: { type: 'string' },
      dimension: { type: 'string', default: '384' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return 'help';
  for (const name of positionals) {
    if (!isPart(name)) throw new Error(`there is no part ${name}: ${partNames.join(', ')}`);
  }
  return {
    parts: partNames.filter((name) => positionals.length === 0 || positionals.includes(name)),
    seconds: numberBetween('--seconds', values.seconds, [0.2, 60]),
    rounds: wholeBetween('--rounds', values.rounds, [1, 50]),
    events:
      values.events === undefined ? null : wholeBetween('--events', values.events, [10_000, 10_000_000]),
    dimension: wholeBetween('--dimension', values.dimension, [1, 4_096]),
  };
}

const isPart = (name: string): name is PartName => (partNames as readonly string[]).includes(name);

function numberBetween(option: string, text: string, [least, most]: [number, number]): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most)) {
    throw new Error(`${option} ${text} is not a number from ${least} to ${most}`);
  }
  return value;
}

function wholeBetween(option: string, text: string, ends: [number, number]): number {
  const value = numberBetween(option, text, ends);
  if (!Number.isInteger(value)) throw new Error(`${option} ${text} is not a whole number`);
  return value;
}
