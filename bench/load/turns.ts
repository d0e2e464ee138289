import type WebSocket from 'ws';
import { short } from '../statistics.js';
import { framesOf, Ids } from './frames.js';
import type { Throughput, TurnsJob } from './jobs.js';
import { Meter } from './pace.js';
import { closeAll, connect, enter } from './sockets.js';

const PING = Buffer.from('{"type":"ping"}');
const PONG = Buffer.from('{"type":"pong"}');

/** As many frames as are answered, each lane with `window` under way: pings, or event frames that are only sent back. */
export async function turns(job: TurnsJob): Promise<Throughput> {
  const sockets =
    job.at === 'gateway'
      ? await enter(job.url, job.tokens)
      : await Promise.all(job.tokens.map(() => connect(job.url)));
  try {
    return await answered(job, sockets);
  } finally {
    closeAll(sockets);
  }
}

async function answered(job: TurnsJob, sockets: readonly WebSocket[]): Promise<Throughput> {
  const meter = new Meter();
  const next = job.frames === 'pings' ? () => PING : eventFrames(job.size);
  const isAnswer = job.at === 'gateway' ? (data: Buffer) => data.equals(PONG) : () => true;
  for (const socket of sockets) {
    const send = () => {
      if (!meter.running) return;
      meter.underWay++;
      socket.send(next(), { binary: false });
    };
    socket.on('message', (data) => {
      if (!isAnswer(data as Buffer)) return meter.fail(new Error(`answered ${(data as Buffer).toString()}`));
      meter.done(1);
      send();
    });
    socket.on('close', (code) => meter.fail(new Error(`a connection was closed (${code})`)));
    for (let at = 0; at < job.window; at++) send();
  }
  const seconds = await meter.measure(job);
  await meter.drained();
  const { events, actions, refused } = meter;
  return { events, actions, refused, seconds: short(seconds), perSecond: short(events / seconds) };
}

function eventFrames(size: number): () => Buffer {
  const frames = framesOf('match', size);
  const ids = new Ids();
  let nth = 0;
  return () => {
    const frame = frames[nth++ % frames.length]!;
    ids.into(frame);
    return frame.bytes;
  };
}
