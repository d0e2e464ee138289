import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { cleanUp, type Engine, openEngine, stopEngine, temporaryFolder, until } from './testing/processes.js';
import { slow } from './testing/slow.js';
import { ask } from './testing/studio.js';

const onLinux = existsSync('/proc/self/task');

describe('an engine that sends mail', {
  skip: onLinux ? slow : 'it finds its processes in /proc',
}, () => {
  const dir = temporaryFolder();
  const mails: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (piece) => (text += piece));
      stream.on('end', () => done(null, void mails.push(text)));
    },
  });
  let engine: Engine;
  before(async () => {
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as { port: number };
    const env = { AGL_SMTP_URL: `smtp://127.0.0.1:${port}`, AGL_MAIL_FROM: 'agl@example.com' };
    engine = await openEngine(dir, { env: { ...env, AGL_PUBLIC_URL: 'https://agl.example/' } });
  });
  after(async () => {
    if (engine) await stopEngine(engine).catch(() => undefined);
    await new Promise<void>((resolve) => server.close(resolve));
    await cleanUp(dir);
  });

  it('lets a studio show that its address is its own; no log has the address', async () => {
    const account = { name: 'Studio', email: 'canary-4711@example.com', password: 'long enough' };
    const nobody = { base: engine.url, apiKey: '' };
    const { apiKey } = await ask<{ apiKey: string }>(nobody, '/auth/register', account);
    await until(() => mails.length > 0, 'a mail came');
    assert.match(mails[0]!, /^To: canary-4711@example\.com/m);
    const whole = mails[0]!.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    const [, token] = /https:\/\/agl\.example\/auth\/verify-email\?token=([\w.-]+)/.exec(whole)!;
    await ask(nobody, '/auth/verify-email', { token });
    const studio = { base: engine.url, apiKey };
    const told = await ask<{ emailVerified: boolean }>(studio, '/auth/verify', {});
    assert.equal(told.emailVerified, true);
    assert.ok(!engine.err().includes('canary-4711'));
  });
});
