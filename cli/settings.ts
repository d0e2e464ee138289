import { resolve } from 'node:path';
import { z } from 'zod';
import { DEFAULT_MODEL, modelIds } from '../domain/voice/prices.js';
import { readAddress } from '../eventstore/address.js';
import { addressesBy } from '../gateway/limits/address.js';
import type { Rate } from '../gateway/limits/bucket.js';
import { usualRates } from '../gateway/limits/limits.js';
import { samplers } from './observe/tracing.js';

const url = (...schemes: string[]) =>
  z.string().refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)), {
    message: `must be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  });

/** Of a server that is asked by `fetch`, which takes no user or password in it. */
const server = url('https', 'http').refine((text) => URL.canParse(text) && new URL(text).username === '', {
  message: 'must be an address without a user or a password in it',
});

/** Goes into a header. */
const key = z.string().regex(/^[\x21-\x7e]+$/, 'must be of visible ASCII characters');

/** Whatever is wrong with it is said without showing it: it may hold a password. */
function eventStoreAddress(text: string, context: z.RefinementCtx): void {
  try {
    readAddress(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
}

/** What it says is not repeated: somebody may have put a key into it. */
function qdrantAddress(text: string, context: z.RefinementCtx): void {
  const refuse = (message: string) => context.addIssue({ code: 'custom', message });
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    return refuse('must be an address like http://HOST:6333 or https://HOST:6333');
  const { username, password, search, hash } = new URL(text);
  if (username || password) refuse('holds a password: the key belongs into QDRANT_API_KEY');
  else if (search || hash) refuse('must end with the host, the port or a path');
}

/** `0`: as many as come. */
const rate = (usual: Rate) =>
  z
    .string()
    .regex(/^\d{1,7}(\/\d{1,8})?$/, 'must be a number a second, or with a burst beside it: 100/500')
    .transform((text): Rate => {
      const [perSecond = 0, burst = 0] = text.split('/').map(Number);
      return perSecond === 0 ? null : { perSecond, burst };
    })
    .default(usual);

const masterKey = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, { message: 'must be 32 bytes in base64' });

/** What is wrong with it is told with the part that is. */
function proxies(text: string, context: z.RefinementCtx): string[] {
  const list = text.split(',').map((part) => part.trim());
  try {
    addressesBy(list);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
  return list;
}

export const roles = ['gateway', 'api', 'reactor', 'projector'] as const;
export type Role = (typeof roles)[number];

export const PORT_MESSAGE = 'must be a whole number from 0 to 65535';

const settingsSchema = z.object({
  PORT: z.coerce
    .number(PORT_MESSAGE)
    .int(PORT_MESSAGE)
    .min(0, PORT_MESSAGE)
    .max(65_535, PORT_MESSAGE)
    .default(4750),
  HOST: z.string().min(1).default('127.0.0.1'),
  AGL_DATA_DIR: z.string().min(1).default('.agl'),
  EVENTSTORE_URL: z.string().superRefine(eventStoreAddress).optional(),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  DATABASE_REPLICA_URL: url('postgres', 'postgresql').optional(),
  REDIS_URL: url('redis', 'rediss').optional(),
  QDRANT_URL: z.string().superRefine(qdrantAddress).optional(),
  QDRANT_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be letters, digits and signs without blanks')
    .optional(),
  ANTHROPIC_API_KEY: z.string().min(1).optional(),
  ANTHROPIC_BASE_URL: url('https', 'http').optional(),
  AGL_LLM_MODEL: z
    .enum(modelIds, { message: `must be one of ${modelIds.join(', ')}` })
    .default(DEFAULT_MODEL),
  AGL_TTS_URL: url('https', 'http').optional(),
  AGL_TTS_KEY: z.string().min(1).optional(),
  AGL_TTS_MODEL: z.string().min(1).default('tts-1'),
  AGL_EMBEDDINGS_URL: server.optional(),
  AGL_EMBEDDINGS_KEY: key.optional(),
  AGL_EMBEDDINGS_MODEL: z.string().min(1).optional(),
  AGL_ROLES: z
    .string()
    .default(roles.join(','))
    .transform((text) => text.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(roles)).min(1)),
  AGL_MASTER_KEY: masterKey.optional(),
  AGL_MASTER_KEY_PREVIOUS: masterKey.optional(),
  AGL_TLS_CERT: z.string().min(1).optional(),
  AGL_TLS_KEY: z.string().min(1).optional(),
  AGL_ADMIN_KEY: z.string().min(16, 'must have at least 16 characters').optional(),
  AGL_LIMIT_ADDRESS: rate(usualRates.address),
  AGL_LIMIT_KEY: rate(usualRates.key),
  AGL_LIMIT_PLAYER: rate(usualRates.player),
  AGL_LIMIT_CONNECTIONS: z.coerce.number().int().min(1).default(20_000),
  AGL_LIMIT_CONNECTIONS_KEY: z.coerce.number().int().min(1).default(20_000),
  AGL_TRUSTED_PROXIES: z.string().transform(proxies).default([]),
  AGL_DRAIN_MS: z.coerce.number().int().min(0).max(600_000).default(0),
  AGL_PUBLIC_URL: url('https', 'http').optional(),
  AGL_SMTP_URL: url('smtp', 'smtps')
    .refine(URL.canParse, { message: 'must be an address like smtp://USER:PASSWORD@HOST:587' })
    .optional(),
  AGL_MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]+@[^\r\n]+$/, 'must be an e-mail address')
    .optional(),
  AGL_LOG_ADMIN_PASSWORD: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('https', 'http').optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url('https', 'http').optional(),
  OTEL_SERVICE_NAME: z.string().min(1).default('agl'),
  OTEL_TRACES_SAMPLER: z
    .enum(samplers, { message: `must be one of ${samplers.join(', ')}` })
    .default('parentbased_traceidratio'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(0.01),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Whoever reacts and derives alone answers nobody but those who look after it. */
export const answersGames = ({ AGL_ROLES }: Pick<Settings, 'AGL_ROLES'>): boolean =>
  AGL_ROLES.some((role) => role === 'gateway' || role === 'api');

/** Each, and what it belongs to. */
const ofNoUseAlone = [
  ['AGL_TTS_KEY', 'AGL_TTS_URL'],
  ['AGL_SMTP_URL', 'AGL_MAIL_FROM'],
  ['AGL_MAIL_FROM', 'AGL_SMTP_URL'],
  ['QDRANT_API_KEY', 'QDRANT_URL'],
  ['AGL_EMBEDDINGS_KEY', 'AGL_EMBEDDINGS_URL'],
  ['AGL_EMBEDDINGS_MODEL', 'AGL_EMBEDDINGS_URL'],
  ['AGL_MASTER_KEY_PREVIOUS', 'AGL_MASTER_KEY'],
  ['AGL_TLS_CERT', 'AGL_TLS_KEY'],
  ['AGL_TLS_KEY', 'AGL_TLS_CERT'],
] as const;

/** Something the user can mend; shown as one line, without a stack. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** The settings from the environment. @throws UsageError naming the setting that is wrong. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  // An empty value means: not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new UsageError(`${String(issue.path[0])}: ${issue.message}`, 2);
  }
  for (const [name, needs] of ofNoUseAlone)
    if (parsed.data[name] && !parsed.data[needs])
      throw new UsageError(`${name}: is of no use without ${needs}`, 2);
  return { ...parsed.data, AGL_DATA_DIR: resolve(parsed.data.AGL_DATA_DIR) };
}
