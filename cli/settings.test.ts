import assert from 'node:assert/strict';
import { isAbsolute } from 'node:path';
import { it } from 'node:test';
import { DEFAULT_MODEL } from '../domain/voice/prices.js';
import { readSettings, UsageError } from './settings.js';

it('has a default for everything', () => {
  const { AGL_DATA_DIR, ...rest } = readSettings({});
  assert.ok(isAbsolute(AGL_DATA_DIR) && AGL_DATA_DIR.endsWith('.agl'));
  assert.deepEqual(rest, {
    PORT: 4750,
    HOST: '127.0.0.1',
    AGL_LLM_MODEL: DEFAULT_MODEL,
    AGL_TTS_MODEL: 'tts-1',
    AGL_ROLES: ['gateway', 'api', 'reactor', 'projector'],
    AGL_LIMIT_ADDRESS: { perSecond: 2_000, burst: 10_000 },
    AGL_LIMIT_KEY: { perSecond: 1_000, burst: 5_000 },
    AGL_LIMIT_PLAYER: { perSecond: 500, burst: 5_000 },
    AGL_LIMIT_CONNECTIONS: 20_000,
    AGL_LIMIT_CONNECTIONS_KEY: 20_000,
    AGL_DRAIN_MS: 0,
    AGL_TRUSTED_PROXIES: [],
    OTEL_SERVICE_NAME: 'agl',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: 0.01,
    LOG_LEVEL: 'info',
  });
});

it('takes an empty value for one that is not set', () => {
  const names = ['PORT', 'HOST', 'AGL_DATA_DIR', 'EVENTSTORE_URL', 'DATABASE_URL', 'AGL_ROLES'];
  const voice = ['AGL_TTS_URL', 'AGL_TTS_KEY', 'AGL_TTS_MODEL'];
  const vectors = [
    'QDRANT_URL',
    'QDRANT_API_KEY',
    'AGL_EMBEDDINGS_URL',
    'AGL_EMBEDDINGS_KEY',
    'AGL_EMBEDDINGS_MODEL',
  ];
  const more = [
    ...voice,
    ...vectors,
    'AGL_MASTER_KEY',
    'AGL_ADMIN_KEY',
    'AGL_LOG_ADMIN_PASSWORD',
    'LOG_LEVEL',
  ];
  assert.deepEqual(
    readSettings(Object.fromEntries([...names, ...more].map((name) => [name, '']))),
    readSettings({}),
  );
});

it('takes what is right', () => {
  const settings = readSettings({
    PORT: '0',
    EVENTSTORE_URL: 'esdb://localhost:2113?tls=false',
    DATABASE_URL: 'postgresql://u:p@h/db',
    QDRANT_URL: 'https://x.cloud:6333/prefix',
    QDRANT_API_KEY: 'a-key',
    AGL_LIMIT_KEY: '10/50',
    AGL_LIMIT_PLAYER: '7',
    AGL_LIMIT_ADDRESS: '0',
    AGL_TRUSTED_PROXIES: 'loopback, 10.0.0.0/8',
    AGL_SMTP_URL: 'smtps://u:p@mail.example:465',
    AGL_MAIL_FROM: 'AGL <agl@example.com>',
    AGL_ROLES: 'gateway, reactor',
    AGL_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
    AGL_ADMIN_KEY: 'x'.repeat(16),
    LOG_LEVEL: 'silent',
    PATH: '/bin',
  });
  assert.equal(settings.PORT, 0);
  assert.deepEqual(settings.AGL_ROLES, ['gateway', 'reactor']);
  assert.deepEqual(
    [settings.AGL_LIMIT_KEY, settings.AGL_LIMIT_PLAYER, settings.AGL_LIMIT_ADDRESS],
    [{ perSecond: 10, burst: 50 }, { perSecond: 7, burst: 0 }, null],
  );
  assert.deepEqual(settings.AGL_TRUSTED_PROXIES, ['loopback', '10.0.0.0/8']);
  assert.ok(!('PATH' in settings));
});

const wrong: Record<string, string[]> = {
  PORT: ['x', '-1', '65536', '80.5', 'NaN'],
  EVENTSTORE_URL: ['localhost:2113', 'http://x', 'postgres://x'],
  DATABASE_URL: ['mysql://x', 'x'],
  AGL_TTS_URL: ['localhost:8880', 'ws://x'],
  QDRANT_URL: ['localhost:6333', 'grpc://x', 'http://', 'http://u:p@x', 'http://x?key=1', 'http://x:port'],
  // Of no use without the address of whom it is for.
  AGL_TTS_KEY: ['a-key'],
  QDRANT_API_KEY: ['a-key', 'a key', 'é'],
  AGL_EMBEDDINGS_URL: ['localhost:8880', 'ws://x', 'http://', 'http://user:secret@x'],
  AGL_EMBEDDINGS_KEY: ['a-key', 'two\nlines', 'schlüssel'],
  AGL_EMBEDDINGS_MODEL: ['m'],
  // Either is of no use without the other.
  AGL_TLS_CERT: ['cert.pem'],
  AGL_TLS_KEY: ['key.pem'],
  AGL_LIMIT_KEY: ['x', '-1', '1.5', '5/', '1/2/3'],
  AGL_LIMIT_CONNECTIONS: ['x', '0', '1.5'],
  AGL_LIMIT_CONNECTIONS_KEY: ['x', '0', '1.5'],
  AGL_TRUSTED_PROXIES: ['everybody', '10.0.0.0/99', 'loopback,,'],
  AGL_SMTP_URL: ['mail.example:25', 'http://x', 'smtp://h:port', 'smtp://mail.example'],
  AGL_MAIL_FROM: ['agl@example.com', 'nobody'],
  AGL_PUBLIC_URL: ['agl.example', 'ws://x'],
  AGL_ROLES: ['boss', 'gateway,', ',', 'gateway;api'],
  AGL_MASTER_KEY: ['short', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')],
  AGL_MASTER_KEY_PREVIOUS: ['short', Buffer.alloc(32).toString('base64')],
  AGL_ADMIN_KEY: ['x'.repeat(15)],
  OTEL_EXPORTER_OTLP_ENDPOINT: ['collector:4318', 'grpc://collector:4317'],
  OTEL_TRACES_SAMPLER: ['sometimes'],
  OTEL_TRACES_SAMPLER_ARG: ['-1', '2', 'x'],
  LOG_LEVEL: ['loud', 'INFO'],
};

for (const [name, values] of Object.entries(wrong)) {
  it(`names ${name} when its value is wrong`, () => {
    for (const value of values) {
      assert.throws(
        () => readSettings({ [name]: value }),
        (error: unknown) =>
          error instanceof UsageError &&
          error.exitCode === 2 &&
          error.message.startsWith(`${name}: `) &&
          !error.message.includes('\n'),
        `${name}=${value}`,
      );
    }
  });
}
