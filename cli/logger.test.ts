import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createLogger } from './logger.js';
import { tellingBy } from './observe/told.js';
import { playerInLogs } from './observe/without-secrets.js';

const id = '0123456789abcdef0123456789abcdef';
const told = { event_type: 'player.victory', stream: `player-${id}`, latency_ms: 45.123 };

/** A logger, and what it wrote. */
function written(level = 'info') {
  const lines: string[] = [];
  const logger = createLogger(level, 'emotion', { write: (line: string) => void lines.push(line) });
  return { logger, lines, last: () => JSON.parse(lines.at(-1)!) };
}

it('tells of a piece of work in the form that dashboards know', () => {
  const { logger, last } = written();
  tellingBy(logger)({ ...told, emotion: 'excited', confidence: 0.95, trace_id: undefined });
  const { timestamp, ...line } = last();
  assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(line, {
    level: 'info',
    service: 'emotion',
    event_type: 'player.victory',
    player_id: playerInLogs(id),
    emotion: 'excited',
    confidence: 0.95,
    latency_ms: 45.12,
  });
});

it('tells the first ten of a second, and how many it left out; all of them where one looks closely', () => {
  let now = 1_000;
  const tellAll = (level: string) => {
    const { logger, lines } = written(level);
    const tell = tellingBy(logger, () => now);
    for (const second of [1_000, 2_000]) {
      now = second;
      for (let nth = 0; nth < 25; nth++) tell(told);
    }
    return lines.map((line) => JSON.parse(line));
  };
  const some = tellAll('info');
  assert.equal(some.length, 20);
  assert.deepEqual(some.map(({ left_out }) => left_out).filter(Boolean), [15]);
  assert.equal(tellAll('debug').length, 50);
  assert.equal(tellAll('warn').length, 0);
});

it('has nothing of a person, no key and no password in it, whatever went wrong', () => {
  const { logger, lines, last } = written();
  const error = Object.assign(new Error(`no room for player-${id} at postgres://agl:secret@db/agl`), {
    code: '53100',
    detail: 'Key (email)=(ann@example.com) already exists.',
    headers: { authorization: 'Bearer eyJhbGciOi.abc-def_1' },
  });
  logger.error({ error }, 'sealed:q83v_Ze-1 cannot be opened with Bearer eyJhbGciOi.abc-def_1');
  logger.warn({ error: `key agl_0123456789abcdef0123_${'0f'.repeat(24)} of player-${id}` });
  logger.warn({ why: `sealed:player-${id}:c2VjcmV0Ym94 of two` });
  logger.warn({ err: error });
  const text = lines.join('');
  for (const secret of [id, 'c2VjcmV0Ym94', 'secret', 'ann@example.com', 'q83v', 'eyJ', '0f0f'])
    assert.ok(!text.includes(secret), `${secret} in ${text}`);
  assert.match(text, new RegExp(`no room for player-${playerInLogs(id)} at postgres://…@db/agl`));
  assert.match(text, /sealed:… cannot be opened with Bearer …/);
  assert.deepEqual(Object.keys(last().err).sort(), ['code', 'message', 'name', 'stack']);
});

it('calls a player as anybody can who has the id, and never by the id', () => {
  // printf %s ID | sha256sum | cut -c1-16
  assert.equal(playerInLogs(id), '3eb1bd439947eb76');
});

it('what the thread of the built-in embedder is warned of is a line too', async () => {
  const path = fileURLToPath(new URL('./testing/warned-embedder.js', import.meta.url));
  const { stderr } = await promisify(execFile)(process.execPath, [path], { timeout: 120_000 });
  const [line, ...more] = stderr.trimEnd().split('\n');
  assert.deepEqual(more, []);
  const { level, msg, error } = JSON.parse(line!);
  assert.deepEqual([level, msg], ['warn', 'a warning']);
  assert.deepEqual([error.name, error.message], ['DeprecationWarning', 'it holds Bearer …']);
});
