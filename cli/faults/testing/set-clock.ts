/**
 * For `node --import`: the clock of this process, and of all that it starts, can be set while it runs. How many
 * milliseconds it is off stands in the file that the address of this module names; timers go on as they were.
 */
import { readFileSync } from 'node:fs';

const file = new URL(import.meta.url).searchParams.get('off')!;
const True = Date;
let off = 0;
let looked = Number.NEGATIVE_INFINITY;

function now(): number {
  if (performance.now() - looked > 20) {
    looked = performance.now();
    off = Number(readFileSync(file, 'utf8')) || 0;
  }
  return True.now() + off;
}

globalThis.Date = new Proxy(True, {
  construct: (clock, given, as) =>
    Reflect.construct(clock, given.length === 0 ? [now()] : given, as === globalThis.Date ? clock : as),
  apply: () => new True(now()).toString(),
  get: (clock, name) => (name === 'now' ? now : Reflect.get(clock, name)),
});
