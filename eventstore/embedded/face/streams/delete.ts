import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import type { Engine } from '../../engine/engine.js';
import type { WriteOutcome } from '../../engine/types.js';
import { refusalOf, streamDeleted, timedOut, wrongExpectedVersion } from '../errors.js';
import { streamMessages } from '../stubs.js';
import { onlyField, parseWriteOptions } from './options.js';

/** Delete and Tombstone: requests and answers are of one form. */
export const remove =
  (engine: Engine, how: 'deleteStream' | 'tombstone') =>
  async (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): Promise<void> => {
    try {
      const { stream, expected } = parseWriteOptions(onlyField(call.request, 1));
      const outcome: WriteOutcome = await engine[how](stream, expected);
      if (outcome.outcome === 'stream_deleted') throw streamDeleted(stream);
      if (outcome.outcome === 'expired') throw timedOut();
      if (outcome.outcome !== 'written') throw wrongExpectedVersion(stream, expected, outcome.current);
      answer(null, response(outcome.position));
    } catch (error) {
      answer(refusalOf(error));
    }
  };

function response(position: number): Buffer {
  const at = new streamMessages.DeleteResp.Position();
  at.setCommitPosition(String(position));
  at.setPreparePosition(String(position));
  return Buffer.from(new streamMessages.DeleteResp().setPosition(at).serializeBinary());
}
