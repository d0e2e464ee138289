import { performance } from 'node:perf_hooks';
import type WebSocket from 'ws';
import { short } from '../statistics.js';
import { type Frame, framesOf, Ids } from './frames.js';
import type { ClosedJob, FillJob, OpenJob, OpenResult, Throughput } from './jobs.js';
import { Meter, paced } from './pace.js';
import { Post } from './post.js';
import { closeAll, enter, kindOf } from './sockets.js';

type Gateway<J> = Extract<J, { tokens: string[] }>;

/** As many acknowledged events as the gateway takes. */
export const gatewayClosed = (job: Gateway<ClosedJob>): Promise<Throughput> =>
  inside(job, (sockets) => takeAll(job, sockets));

async function takeAll(job: Gateway<ClosedJob>, sockets: WebSocket[]): Promise<Throughput> {
  const meter = new Meter();
  const frames = framesOf('match', job.size);
  const ids = new Ids();
  sockets.forEach((socket, lane) => {
    let next = lane * 7;
    const send = () => {
      if (!meter.running) return;
      meter.underWay++;
      sendFresh(socket, frames[next++ % frames.length]!, ids);
    };
    listen(socket, meter, {
      onAck() {
        meter.done(job.size);
        send();
      },
      onRefused: (retryAfterMs) => setTimeout(send, retryAfterMs),
    });
    for (let at = 0; at < job.window; at++) send();
  });
  const seconds = await meter.measure(job);
  await meter.drained();
  const { events, actions, refused } = meter;
  return { events, actions, refused, seconds: short(seconds), perSecond: short(events / seconds) };
}

/** A number of events, in large frames. */
export const fill = (job: FillJob): Promise<Throughput> => inside(job, (sockets) => fillAll(job, sockets));

async function fillAll(job: FillJob, sockets: WebSocket[]): Promise<Throughput> {
  const meter = new Meter();
  const frames = framesOf('match', job.size);
  const ids = new Ids();
  const from = performance.now();
  let left = Math.ceil(job.events / job.size);
  const events = left * job.size;
  sockets.forEach((socket, lane) => {
    let next = lane * 7;
    const send = () => {
      if (left-- <= 0) return;
      meter.underWay++;
      sendFresh(socket, frames[next++ % frames.length]!, ids);
    };
    listen(socket, meter, {
      onAck() {
        meter.done(job.size);
        send();
      },
      onRefused(retryAfterMs) {
        left++;
        // Counted as under way while it waits, so that the filling does not end without it.
        meter.underWay++;
        setTimeout(() => {
          meter.underWay--;
          send();
        }, retryAfterMs);
      },
    });
    send();
  });
  await meter.drained();
  const seconds = (performance.now() - from) / 1000;
  const { actions, refused } = meter;
  return { events, actions, refused, seconds: short(seconds), perSecond: short(events / seconds) };
}

type Paces = Pick<OpenJob, 'perSecond' | 'story' | 'warmUpMs' | 'measureMs'>;

/** How long single events take, at a steady rate, until they are acknowledged and answered. */
export const gatewayOpen = (job: Gateway<OpenJob>): Promise<OpenResult> =>
  inside(job, (sockets) => keepPace(job, sockets));

export async function keepPace(job: Paces, sockets: readonly WebSocket[]): Promise<OpenResult> {
  const meter = new Meter();
  const frames = framesOf(job.story, 1);
  const ids = new Ids();
  const post = new Post();
  const listened = sockets.map((socket) =>
    listen(socket, meter, {
      onAck(bytes) {
        meter.done(1);
        post.answered((JSON.parse(bytes.toString()) as { id: string }).id);
      },
      onAction: (bytes) => post.acted((JSON.parse(bytes.toString()) as { causedBy: string }).causedBy),
    }),
  );
  const late = await paced({
    perSecond: job.perSecond,
    timing: job,
    send: (nth, measured) => {
      const frame = frames[nth % frames.length]!;
      const id = ids.into(frame);
      meter.underWay++;
      if (measured) post.sent(id);
      sockets[nth % sockets.length]!.send(frame.bytes, { binary: false });
    },
  });
  await meter.drained();
  await post.quiet();
  for (const end of listened) end();
  return post.result(late, meter.refused);
}

/** With a socket for each player, closed again however it ends. */
async function inside<T>(job: { url: string; tokens: string[] }, work: (sockets: WebSocket[]) => Promise<T>) {
  const sockets = await enter(job.url, job.tokens);
  try {
    return await work(sockets);
  } finally {
    closeAll(sockets);
  }
}

const sendFresh = (socket: WebSocket, frame: Frame, ids: Ids): void => {
  ids.into(frame);
  socket.send(frame.bytes, { binary: false });
};

type Heard = {
  onAck(bytes: Buffer): void;
  onAction?(bytes: Buffer): void;
  onRefused?(retryAfterMs: number): void;
};

/** Until what it returns is called: a socket may stay for what is measured next. */
function listen(socket: WebSocket, meter: Meter, { onAck, onAction, onRefused }: Heard): () => void {
  const onMessage = (data: WebSocket.RawData) => {
    const bytes = data as Buffer;
    const kind = kindOf(bytes);
    if (kind === 'ack') onAck(bytes);
    else if (kind === 'companion_action') {
      meter.acted();
      onAction?.(bytes);
    } else if (kind === 'error') {
      const wait = patienceAsked(bytes);
      if (wait === null) return meter.fail(new Error(`the gateway said ${bytes.toString().slice(0, 200)}`));
      meter.refuse();
      onRefused?.(wait);
    }
  };
  const onClose = (code: number) => meter.fail(new Error(`the gateway closed a connection (${code})`));
  const onError = (error: Error) => meter.fail(error);
  socket.on('message', onMessage).on('close', onClose).on('error', onError);
  // Whoever looks after the socket itself still hears of its errors.
  return () => void socket.off('message', onMessage).off('close', onClose);
}

/** How long to wait before trying again, in ms; null for an error that trying again does not mend. */
function patienceAsked(bytes: Buffer): number | null {
  const { code, retryAfterMs } = JSON.parse(bytes.toString()) as { code: string; retryAfterMs?: number };
  return code === 'unavailable' || code === 'rate_limited' ? (retryAfterMs ?? 1_000) : null;
}
