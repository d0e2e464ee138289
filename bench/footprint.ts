import { once } from 'node:events';
import WebSocket from 'ws';

/** Bytes: of the whole process; and of what lives in its JavaScript, and beside it. */
export type Footprint = { process: number; living: number };

type Memory = { rss: number; heapUsed: number; external: number };

/** What a process takes once garbage is collected, by its inspector. */
export async function footprintOf(inspector: string): Promise<Footprint> {
  const socket = new WebSocket(inspector);
  await once(socket, 'open');
  try {
    // What is dropped while it is collected is found by the next.
    for (let nth = 0; nth < 3; nth++) await asked(socket, 'HeapProfiler.collectGarbage');
    const { result } = (await asked(socket, 'Runtime.evaluate', {
      ...{ expression: 'process.memoryUsage()', returnByValue: true },
    })) as { result: { value: Memory } };
    const { rss, heapUsed, external } = result.value;
    return { process: rss, living: heapUsed + external };
  } finally {
    socket.close();
  }
}

async function asked(socket: WebSocket, method: string, params: object = {}): Promise<unknown> {
  socket.send(JSON.stringify({ id: 1, method, params }));
  for (;;) {
    const [data] = (await once(socket, 'message')) as [Buffer];
    const { id, result, error } = JSON.parse(data.toString());
    if (error) throw new Error(`${method}: ${error.message}`);
    if (id === 1) return result;
  }
}
