/**
 * The models that may write lines, and what they cost. Billionths of a US dollar a token, list prices of October 2026
 * (platform.claude.com/docs/en/about-claude/pricing): a dollar a million tokens is 1,000 of them a token.
 */
// biome-ignore format: a table is read by its columns
export const models = {
  'claude-haiku-5-5':  { input: 100,   cacheWrite: 125,   cacheRead: 10,  output: 500 },
  'claude-haiku-4-5':  { input: 1_000, cacheWrite: 1_250, cacheRead: 100, output: 5_000 },
  'claude-sonnet-5-5': { input: 2_000, cacheWrite: 2_500, cacheRead: 100, output: 10_000 },
  'claude-sonnet-4-6': { input: 3_000, cacheWrite: 3_750, cacheRead: 300, output: 15_000 },
  'claude-opus-5-5':   { input: 4_000, cacheWrite: 5_000, cacheRead: 200, output: 20_000 },
} as const satisfies Record<string, { input: number; cacheWrite: number; cacheRead: number; output: number }>;

export type ModelId = keyof typeof models;
export const modelIds = Object.keys(models) as [ModelId, ...ModelId[]];
export const DEFAULT_MODEL: ModelId = 'claude-haiku-5-5';

/** Tokens as the API counts them: `input` are those that no cache knew. */
export type TokenUsage = { input: number; cacheWrite: number; cacheRead: number; output: number };

/** Batches are answered within a day, at half the price. */
const BATCH_SHARE = 0.5;

/** What a call costs, in billionths of a dollar, rounded up. */
export function costOf(model: ModelId, usage: TokenUsage, { batch = false } = {}): number {
  const price = models[model];
  const full =
    usage.input * price.input +
    usage.cacheWrite * price.cacheWrite +
    usage.cacheRead * price.cacheRead +
    usage.output * price.output;
  return Math.ceil(full * (batch ? BATCH_SHARE : 1));
}

/** What the API adds to a prompt to have its answer in a certain form; measured at some hundred tokens. */
const OVERHEAD_TOKENS = 600;

/** No prompt of so many bytes can cost more: a token is a byte at least, and none is dearer than a cache write. */
export function mostOf(
  model: ModelId,
  { promptBytes, outputTokens }: { promptBytes: number; outputTokens: number },
  options: { batch?: boolean } = {},
): number {
  const cacheWrite = promptBytes + OVERHEAD_TOKENS;
  return costOf(model, { input: 0, cacheWrite, cacheRead: 0, output: outputTokens }, options);
}
