import { once } from 'node:events';
import { connect } from 'node:net';
import type { DiskJob, Rate } from './jobs.js';
import { rateOf } from './log-client.js';
import { Meter } from './pace.js';

/** One byte under way, always, to a process that answers each with one commit on the disk. */
export async function diskCommits(job: DiskJob): Promise<Rate> {
  const socket = connect({ host: '127.0.0.1', port: job.port, noDelay: true });
  await once(socket, 'connect');
  const meter = new Meter();
  const send = () => {
    if (!meter.running) return;
    meter.underWay++;
    socket.write('.');
  };
  socket.on('data', () => {
    meter.done(1);
    send();
  });
  socket.on('error', (error) => meter.fail(error));
  send();
  const { seconds, cpuUs } = await meter.measured(job);
  await meter.drained();
  socket.destroy();
  return rateOf(meter.events, seconds, cpuUs);
}
