/** A process that makes load: does one job after the other, as its parent says, and ends with it. */
import { bareClosed, bareOpen } from './bare.js';
import { echoOpen } from './echo.js';
import { fill, gatewayClosed, gatewayOpen } from './gateway.js';
import type { Job, OpenResult, Reply, Throughput } from './jobs.js';

function carryOut(job: Job): Promise<Throughput | OpenResult> {
  switch (job.kind) {
    case 'gateway-closed':
      return gatewayClosed(job);
    case 'bare-closed':
      return bareClosed(job);
    case 'gateway-open':
      return gatewayOpen(job);
    case 'bare-open':
      return bareOpen(job);
    case 'echo-open':
      return echoOpen(job);
    case 'fill':
      return fill(job);
  }
}

const reply = (message: Reply) => process.send?.(message);

process.on('message', (job: Job) => {
  carryOut(job).then(
    (result) => reply({ result }),
    (error: Error) => reply({ failed: `${job.kind}: ${error.message}` }),
  );
});
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
