import { performance } from 'node:perf_hooks';
import type WebSocket from 'ws';
import { keepPace } from './gateway.js';
import type { CrowdJob, OpenResult } from './jobs.js';
import { closeAll, enter } from './sockets.js';

/** Sockets that stay from job to job. */
let held: WebSocket[] = [];
let ended = 0;

/** `held`: how many stand after it; `ended`: how many ended by themselves since they were opened. */
export type Crowd = { held: number; ended: number; seconds: number };

/** So many come in and stay, do something together, and leave. */
export async function crowd(job: CrowdJob): Promise<Crowd | OpenResult> {
  switch (job.kind) {
    case 'crowd-enters':
      return entered(job);
    case 'crowd-plays':
      return keepPace(job, held);
    case 'crowd-leaves': {
      const left = { held: 0, ended, seconds: 0 };
      closeAll(held);
      [held, ended] = [[], 0];
      return left;
    }
  }
}

async function entered({ url, tokens }: { url: string; tokens: readonly string[] }): Promise<Crowd> {
  const from = performance.now();
  const sockets = await enter(url, tokens);
  for (const socket of sockets) socket.on('close', () => ended++);
  held = [...held, ...sockets];
  return { held: held.length, ended, seconds: (performance.now() - from) / 1000 };
}
