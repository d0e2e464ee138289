/** `npm run bench`: what the engine bears, beside what its parts bear alone. JSON on stdout. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import { type Arguments, readArguments, usage } from './arguments.js';
import { type Bench, parts, type Results } from './parts.js';
import { tables } from './table.js';
import { Tidy } from './tidy.js';

async function main(args: string[]): Promise<number> {
  let wanted: Arguments | 'help';
  try {
    wanted = readArguments(args);
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n`);
    return 2;
  }
  if (wanted === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const results = await measured(wanted);
  const { seconds, rounds } = wanted;
  process.stdout.write(`${JSON.stringify({ machine: machine(), seconds, rounds, ...results }, null, 2)}\n`);
  process.stderr.write(`\n${tables(results)}`);
  return 0;
}

async function measured({ parts: names, ...wanted }: Arguments): Promise<Results> {
  const results: Results = {};
  for (const name of names) {
    const tidy = new Tidy();
    const untie = whenTold(tidy);
    const bench: Bench = { ...wanted, tidy, say: (line) => process.stderr.write(`${line}\n`) };
    try {
      Object.assign(results, { [name]: await parts[name](bench) });
    } finally {
      untie();
      await tidy.all();
    }
  }
  return results;
}

/** Told to stop, the bench leaves nothing running and nothing behind. */
function whenTold(tidy: Tidy): () => void {
  const end = () => void tidy.all().finally(() => process.exit(130));
  process.once('SIGINT', end).once('SIGTERM', end);
  return () => process.off('SIGINT', end).off('SIGTERM', end);
}

const machine = () => ({
  cores: availableParallelism(),
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
});

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`bench: ${error.message}\n`);
  return 1;
});
