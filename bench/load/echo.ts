import { framesOf, Ids } from './frames.js';
import type { OpenJob, OpenResult } from './jobs.js';
import { Meter, paced } from './pace.js';
import { Post } from './post.js';
import { closeAll, connect } from './sockets.js';

/** How long the same frames take to a server that only sends them back. */
export async function echoOpen(job: Extract<OpenJob, { kind: 'echo-open' }>): Promise<OpenResult> {
  const sockets = await Promise.all(Array.from({ length: job.lanes }, () => connect(job.url)));
  const meter = new Meter();
  const post = new Post();
  const ids = new Ids();
  const frames = framesOf(job.story, 1);
  for (const socket of sockets) {
    socket.on('message', (data) => {
      meter.done(1);
      post.answered((JSON.parse((data as Buffer).toString()) as { id: string }).id);
    });
    socket.on('close', (code) => meter.fail(new Error(`the echo closed a connection (${code})`)));
  }
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
  closeAll(sockets);
  return post.result(late, 0);
}
