/** A process of its own in which verbs run one after the other. What it prints is what each of them said. */
import { runVerb } from '../../verbs.js';
import type { Call, Said } from './in-turn.js';

const print = process.stdout.write.bind(process.stdout);
const before = { ...process.env };
const said: (Said & { args: string[] })[] = [];
for (const { args, env } of JSON.parse(process.argv[2]!) as Call[]) {
  process.env = { ...before, ...env };
  const one = { args, code: 0, out: '', err: '' };
  const keep = (where: 'out' | 'err') => (text: string | Uint8Array) => {
    one[where] += typeof text === 'string' ? text : Buffer.from(text).toString();
    return true;
  };
  process.stdout.write = keep('out');
  process.stderr.write = keep('err');
  one.code = await runVerb(args);
  said.push(one);
}
print(JSON.stringify(said));
process.exit(0);
