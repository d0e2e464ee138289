import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until } from '../../eventstore/testing/events.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import {
  AskForVerification,
  AskForVerificationHandler,
  VerifyEmail,
  VerifyEmailHandler,
} from '../clients/account.js';
import { RegisterClient, RegisterClientHandler } from '../clients/handlers.js';
import { writeSideOver } from '../testing/side.js';
import { type Mail, MailRefused, type SendMail } from './send-mail.js';
import { MAILS, startVerifying } from './verifying.js';

const account = { name: 'Studio', email: 'ann@example.com', password: 'password' };

async function aClient() {
  const log = memoryLog();
  const side = writeSideOver(log);
  const { clientId } = (await new RegisterClientHandler(side).execute(new RegisterClient(account))) as {
    clientId: string;
  };
  const warnings: string[] = [];
  const starting = (send: SendMail, now = () => new Date()) =>
    startVerifying({
      ...{ log, sealer: side.sealer, send, now },
      linkFor: async (id) => `https://agl.example/${id}`,
      warn: (message) => void warnings.push(message),
    });
  const settled = () =>
    until(async () => {
      const status = await log.groupStatus(MAILS);
      return status !== null && status.inFlight === 0 && status.position > 0;
    });
  return { log, side, clientId, warnings, starting, settled };
}

it('sends who registers a link, again when it is wanted, and none when the address is verified', async () => {
  const { side, clientId, starting, settled } = await aClient();
  const sent: Mail[] = [];
  const verifying = starting(async (mail) => void sent.push(mail));
  await until(() => sent.length === 1);
  assert.equal(sent[0]!.to, account.email);
  assert.ok(sent[0]!.text.includes(`https://agl.example/${clientId}`));
  await new AskForVerificationHandler(side).execute(new AskForVerification(clientId));
  await until(() => sent.length === 2);
  await verifying.stop();
  await new AskForVerificationHandler(side).execute(new AskForVerification(clientId));
  await new VerifyEmailHandler(side).execute(new VerifyEmail(clientId));
  const again = starting(async (mail) => void sent.push(mail));
  await settled();
  await again.stop();
  assert.equal(sent.length, 2, 'nobody needs it any more');
});

it('tries again while the server cannot be had, and not what it refuses for good', async () => {
  const { side, clientId, starting, settled, warnings } = await aClient();
  let tries = 0;
  const sent: Mail[] = [];
  const verifying = starting(async (mail) => {
    if (++tries === 1) throw new Error('connect ECONNREFUSED');
    if (tries === 3) throw new MailRefused('550 no such user');
    sent.push(mail);
  });
  await until(() => sent.length === 1);
  await new AskForVerificationHandler(side).execute(new AskForVerification(clientId));
  await settled();
  await until(() => warnings.some((said) => said.includes('takes no mail')));
  await verifying.stop();
  assert.equal(tries, 3);
  assert.ok(warnings.every((said) => !said.includes('ann@')));
});

it('sends nothing a day late', async () => {
  const { starting, settled } = await aClient();
  const sent: Mail[] = [];
  const later = () => new Date(Date.now() + 25 * 3_600_000);
  const verifying = starting(async (mail) => void sent.push(mail), later);
  await settled();
  await verifying.stop();
  assert.deepEqual(sent, []);
});
