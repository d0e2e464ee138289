/** A process that makes load: does one job after the other, as its parent says, and ends with it. */
import { bareClosed, bareOpen } from './bare.js';
import { crowd } from './crowd.js';
import { diskCommits } from './disk.js';
import { echoOpen } from './echo.js';
import { fill, gatewayClosed, gatewayOpen } from './gateway.js';
import type { Job, ReadModelsJob, Reply, Result } from './jobs.js';
import { logAppend, logGroup, logInTurn, logLive, logRead } from './log-client.js';
import { engineCurve, engineFigures, engineStreams } from './log-engine.js';
import { liveMemories } from './memories.js';
import { buildAll, copyBare, fillWithHistory } from './read-models.js';
import { follow, rowsLive } from './rows-live.js';
import { turns } from './turns.js';

function carryOut(job: Job): Promise<Result> {
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
    case 'crowd-enters':
    case 'crowd-plays':
    case 'crowd-leaves':
      return crowd(job);
    case 'turns':
      return turns(job);
    case 'fill':
      return fill(job);
    case 'log-append':
      return logAppend(job);
    case 'log-group':
      return logGroup(job);
    case 'log-read':
      return logRead(job);
    case 'log-live':
      return logLive(job);
    case 'log-in-turn':
      return logInTurn(job);
    case 'disk':
      return diskCommits(job);
    case 'engine-figures':
      return engineFigures(job);
    case 'engine-curve':
      return engineCurve(job);
    case 'engine-streams':
      return engineStreams(job);
    default:
      return carryOutOnReadModels(job);
  }
}

function carryOutOnReadModels(job: ReadModelsJob): Promise<Result> {
  switch (job.kind) {
    case 'history':
      return fillWithHistory(job);
    case 'memories':
      return liveMemories(job);
    case 'rebuild':
      return buildAll(job);
    case 'copy-rows':
      return copyBare(job);
    case 'follow':
      return follow(job);
    case 'rows-live':
      return rowsLive(job);
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
