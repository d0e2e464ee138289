/**
 * The embedded node as a process of its own that scavenges without a pause, and whose index follows soon, for the crash test:
 * `scavenging-node.js DIR PORT`, forked with an IPC channel.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openEngine } from '../engine/engine.js';
import { openFace } from '../face/server.js';

const [dir = '', port = '0'] = process.argv.slice(2);
const engine = await openEngine({ dir, pace: { part: 128, step: 4 } });
const face = await openFace(engine, { port: Number(port) });
process.on('disconnect', () => process.exit(0));
process.send!({ port: face.port });

let events = 0;
for (;;) {
  events += (await engine.scavenge().result).events;
  process.send!({ events });
  await sleep(20);
}
