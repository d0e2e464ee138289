import { type ServerWritableStream, status } from '@grpc/grpc-js';
import { refusal } from './errors.js';
import type { Node, Service } from './service.js';
import { everyNow } from './stats.js';
import { MonitoringService, monitoringMessages } from './stubs.js';

type Call = ServerWritableStream<InstanceType<typeof monitoringMessages.StatsReq>, unknown>;

/** A shorter period would be a loop. */
const SHORTEST_PERIOD = 10;
const LONGEST_PERIOD = 2 ** 31 - 1;

export function monitoringService(node: Node): Service {
  const stats = async (call: Call): Promise<void> => {
    const asked = Number(call.request.getRefreshTimePeriodInMs());
    if (asked > LONGEST_PERIOD) {
      return void call.emit('error', refusal(status.INVALID_ARGUMENT, 'the refresh time period is too long'));
    }
    const gone = new AbortController();
    call.on('cancelled', () => gone.abort());
    for await (const figures of everyNow(node.stats, Math.max(asked, SHORTEST_PERIOD), gone.signal)) {
      // Who does not read is not sent more.
      if (call.writableNeedDrain) continue;
      const message = new monitoringMessages.StatsResp();
      for (const [name, value] of Object.entries(figures)) message.getStatsMap().set(name, String(value));
      call.write(message);
    }
    call.end();
  };
  return { definition: MonitoringService, handlers: { stats } };
}
