import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { MailRefused } from './send-mail.js';
import { mailBySmtp } from './send-mail.smtp.js';

const mail = { to: 'ann@example.com', subject: 'Grüße', text: 'Ein Link: https://agl.example/x?token=1\n' };
const { signal } = new AbortController();
const servers: SMTPServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(resolve));
});

async function serving(options: SMTPServerOptions): Promise<string> {
  const server = new SMTPServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true, ...options });
  server.on('error', () => undefined);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  return `smtp://studio:secret@127.0.0.1:${port}`;
}

it('hands mails to a server, with the name and the password that its address says', async () => {
  const heard: string[] = [];
  const url = await serving({
    onAuth({ username, password }, _session, done) {
      done(null, { user: `${username} ${password}` });
    },
    onData(stream, session, done) {
      let text = `${session.user}\n${session.envelope.rcptTo.map(({ address }) => address)}\n`;
      stream.on('data', (piece) => (text += piece));
      stream.on('end', () => done(null, void heard.push(text)));
    },
  });
  await mailBySmtp({ url, from: 'AGL <agl@example.com>' })(mail, signal);
  assert.match(heard[0]!, /^studio secret\nann@example\.com\n/);
  assert.match(heard[0]!, /^From: AGL <agl@example\.com>/m);
  assert.match(heard[0]!, /https:\/\/agl\.example\/x\?token=3?D?1/);
});

it('tells what is refused for good from what may be tried again, and repeats no address', async () => {
  const refusing = (responseCode: number): SMTPServerOptions => ({
    onAuth: (_auth, _session, done) => done(null, { user: 'x' }),
    onRcptTo: ({ address }, _session, done) =>
      done(Object.assign(new Error(`<${address}> no`), { responseCode })),
  });
  const sending = (url: string) => mailBySmtp({ url, from: 'agl@example.com' })(mail, signal);
  await assert.rejects(
    sending(await serving(refusing(550))),
    (error) => error instanceof MailRefused && !error.message.includes('ann@'),
  );
  for (const url of [await serving(refusing(451)), 'smtp://127.0.0.1:9'])
    await assert.rejects(sending(url), (error) => !(error instanceof MailRefused));
  const closed = await serving({
    onAuth: (_auth, _session, done) => done(Object.assign(new Error('who are you'), { responseCode: 535 })),
  });
  await assert.rejects(sending(closed), (error) => !(error instanceof MailRefused), 'the operator mends it');
});
