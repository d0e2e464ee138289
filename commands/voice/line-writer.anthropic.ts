import Anthropic, {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from '@anthropic-ai/sdk';
import type { LineFailure } from '../../domain/voice/outcome.js';
import type { TokenUsage } from '../../domain/voice/prices.js';
import { replySchema } from '../../domain/voice/prompt.js';
import { type Answer, type Ask, type LineWriter, WriterFault } from './line-writer.js';

export type AnthropicSettings = { apiKey: string; baseURL?: string };

/** The whole line is to be there within 3 s: the SDK's own retries would come too late. */
export const anthropicClient = ({ apiKey, baseURL }: AnthropicSettings): Anthropic =>
  new Anthropic({ apiKey, baseURL: baseURL ?? null, maxRetries: 0, timeout: 10_000, logLevel: 'off' });

/** Claude over the Messages API, with structured output (https://docs.claude.com/en/api/messages). */
export function writeWithClaude(client: Anthropic): LineWriter {
  return async (ask) => {
    try {
      return await (ask.onText ? streamed(client, ask, ask.onText) : whole(client, ask));
    } catch (error) {
      throw error instanceof WriterFault ? error : faultOf(error, ask.signal);
    }
  };
}

/** What one line is asked with, alone or in a batch. The part that all players share comes first, to be cached. */
export const messageFor = ({ model, prompt, maxTokens }: Pick<Ask, 'model' | 'prompt' | 'maxTokens'>) => ({
  model,
  max_tokens: maxTokens,
  system: [{ type: 'text' as const, text: prompt.system, cache_control: { type: 'ephemeral' as const } }],
  messages: [{ role: 'user' as const, content: prompt.user }],
  output_config: { format: { type: 'json_schema' as const, schema: { ...replySchema } } },
});

async function whole(client: Anthropic, ask: Ask): Promise<Answer> {
  return answerOf(await client.messages.create(messageFor(ask), { signal: ask.signal }));
}

async function streamed(client: Anthropic, ask: Ask, onText: (piece: string) => void): Promise<Answer> {
  const stream = client.messages.stream(messageFor(ask), { signal: ask.signal });
  stream.on('text', onText);
  return answerOf(await stream.finalMessage());
}

/** @throws WriterFault when it is a refusal. */
export function answerOf(message: Anthropic.Message): Answer {
  const usage = usageOf(message.usage);
  if (message.stop_reason === 'refusal') throw new WriterFault('refused', 'the model refuses', { usage });
  const raw = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  return { raw, usage };
}

const usageOf = (usage: Partial<Anthropic.Usage> | undefined): TokenUsage => ({
  input: usage?.input_tokens ?? 0,
  cacheWrite: usage?.cache_creation_input_tokens ?? 0,
  cacheRead: usage?.cache_read_input_tokens ?? 0,
  output: usage?.output_tokens ?? 0,
});

/** What an error of the SDK means for a line. */
export function faultOf(error: unknown, signal?: AbortSignal): WriterFault {
  const message = (error as Error).message.split('\n')[0]!.slice(0, 200);
  if (signal?.aborted || error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError)
    return new WriterFault('too_late', 'no answer in time');
  if (error instanceof APIConnectionError) return new WriterFault('unreachable', message);
  if (!(error instanceof APIError)) return new WriterFault('malformed', message);
  const retryAfterMs = retryAfterOf(error.headers);
  return new WriterFault(reasonOf(error.status), message, retryAfterMs === undefined ? {} : { retryAfterMs });
}

function reasonOf(status: number | undefined): LineFailure {
  if (status === undefined) return 'unreachable';
  if (status === 429) return 'rate_limited';
  return status >= 500 || status === 408 ? 'overloaded' : 'rejected';
}

/** `retry-after` in seconds (RFC 9110); a date is not what this API sends. */
function retryAfterOf(headers: Headers | undefined): number | undefined {
  const seconds = Number(headers?.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
}
