import type Anthropic from '@anthropic-ai/sdk';
import type { BatchAsk, BatchWriter } from './batches.js';
import { answerOf, faultOf, messageFor } from './line-writer.anthropic.js';
import { type Answer, WriterFault } from './line-writer.js';

/** Claude over the Message Batches API (https://docs.claude.com/en/api/creating-message-batches). */
export function batchesWithClaude(client: Anthropic): BatchWriter {
  return {
    async submit(asks) {
      const { id } = await client.messages.batches.create({ requests: asks.map(requestOf) }).catch(failed);
      return id;
    },
    async answers(batch) {
      const { processing_status } = await client.messages.batches.retrieve(batch).catch(failed);
      if (processing_status !== 'ended') return null;
      const answers = new Map<string, Answer | WriterFault>();
      for await (const { custom_id, result } of await client.messages.batches.results(batch).catch(failed))
        answers.set(custom_id, outcomeOf(result));
      return answers;
    },
  };
}

const requestOf = ({ id, ask }: BatchAsk) => ({ custom_id: id, params: messageFor(ask) });

function outcomeOf(result: Anthropic.Messages.Batches.MessageBatchResult): Answer | WriterFault {
  if (result.type !== 'succeeded') return new WriterFault('rejected', `the batch says ${result.type}`);
  try {
    return answerOf(result.message);
  } catch (error) {
    return error as WriterFault;
  }
}

function failed(error: unknown): never {
  throw faultOf(error);
}
