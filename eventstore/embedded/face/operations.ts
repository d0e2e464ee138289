import { type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import type { Engine } from '../engine/engine.js';
import { refusal, refusalOf } from './errors.js';
import type { Node, Service } from './service.js';
import { OperationsService, operationMessages, shared } from './stubs.js';

type Unary<Request> = (call: ServerUnaryCall<Request, unknown>, answer: sendUnaryData<unknown>) => void;
type StartRequest = InstanceType<typeof operationMessages.StartScavengeReq>;
type StopRequest = InstanceType<typeof operationMessages.StopScavengeReq>;

/** What an operator may ask of the node. */
export function operationsService({ engine, shutdown, say, services }: Node): Service {
  const scavenges = scavengesOf(engine, say);
  // A node without peers leads whatever its priority, and lmdb keeps its one index merged.
  const done: Unary<unknown> = (_call, answer) => answer(null, new shared.Empty());
  const handlers = {
    ...scavenges,
    shutdown: ((_call, answer) => {
      answer(null, new shared.Empty());
      // After the answer is on its way.
      setTimeout(shutdown, 50);
    }) satisfies Unary<unknown>,
    mergeIndexes: done,
    resignNode: done,
    setNodePriority: done,
    restartPersistentSubscriptions: ((_call, answer) => {
      const restarts = services().map((service) => service.restartSubscriptions?.());
      Promise.all(restarts).then(
        () => answer(null, new shared.Empty()),
        (error: Error) => answer(refusalOf(error)),
      );
    }) satisfies Unary<unknown>,
  };
  return { definition: OperationsService, handlers };
}

/** One at a time: who asks while one runs is told which. */
function scavengesOf(engine: Engine, say: Node['say']) {
  const startScavenge: Unary<StartRequest> = (_call, answer) => {
    const running = engine.scavenging();
    if (running) return answer(null, scavenging(running.id, 'INPROGRESS'));
    const { id, result } = engine.scavenge();
    result.catch((error: Error) => say(`the scavenge failed: ${error.message}`));
    answer(null, scavenging(id, 'STARTED'));
  };
  const stopScavenge: Unary<StopRequest> = (call, answer) => {
    const id = call.request.getOptions()?.getScavengeId() ?? '';
    const running = engine.scavenging();
    if (running?.id !== id) return answer(scavengeNotFound(id));
    running.stop();
    answer(null, scavenging(id, 'STOPPED'));
  };
  return { startScavenge, stopScavenge };
}

type Result = 'STARTED' | 'INPROGRESS' | 'STOPPED';

function scavenging(id: string, result: Result) {
  const { ScavengeResp } = operationMessages;
  return new ScavengeResp().setScavengeId(id).setScavengeResult(ScavengeResp.ScavengeResult[result]);
}

const scavengeNotFound = (id: string) =>
  refusal(status.NOT_FOUND, 'Scavenge id was invalid.', {
    exception: 'scavenge-not-found',
    'scavenge-id': id,
  });
