import type Anthropic from '@anthropic-ai/sdk';
import type { BatchAsk, BatchWriter } from './batches.js';
import { answerOf, faultOf, messageFor } from './line-writer.anthropic.js';
import { type Answer, WriterFault } from './line-writer.js';

/** A batch is large, and asked for twice it is paid twice: whether it was taken is waited for. */
const SUBMIT_WITHIN_MS = 60_000;

/** Claude over the Message Batches API (https://docs.claude.com/en/api/creating-message-batches). */
export function batchesWithClaude(client: Anthropic): BatchWriter {
  return {
    async submit(asks, signal) {
      const options = { signal, timeout: SUBMIT_WITHIN_MS };
      const { id } = await client.messages.batches
        .create({ requests: asks.map(requestOf) }, options)
        .catch((error) => failed(error, signal));
      return id;
    },
    answers: (batch, signal) => answers(client, batch, signal).catch((error) => failed(error, signal)),
  };
}

async function answers(client: Anthropic, batch: string, signal: AbortSignal) {
  const { batches } = client.messages;
  const { processing_status } = await batches.retrieve(batch, {}, { signal });
  if (processing_status !== 'ended') return null;
  const answers = new Map<string, Answer | WriterFault>();
  for await (const { custom_id, result } of await batches.results(batch, {}, { signal }))
    answers.set(custom_id, outcomeOf(result));
  return answers;
}

const requestOf = ({ id, ask }: BatchAsk) => ({ custom_id: id, params: messageFor(ask) });

function outcomeOf(result: Anthropic.Messages.Batches.MessageBatchResult): Answer | WriterFault {
  if (result.type !== 'succeeded') return new WriterFault('rejected', `the batch says ${result.type}`);
  try {
    return answerOf(result.message);
  } catch (error) {
    return error instanceof WriterFault ? error : faultOf(error);
  }
}

function failed(error: unknown, signal: AbortSignal): never {
  throw faultOf(error, signal);
}
