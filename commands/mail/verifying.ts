import { setTimeout as sleep } from 'node:timers/promises';
import { client } from '../../domain/client/client.js';
import { readLogEvent } from '../../domain/events/read.js';
import { fold } from '../../domain/kernel/decider.js';
import type { Delivery, EventLog, Group } from '../../eventstore/log.js';
import { type Consuming, startConsuming } from '../consuming.js';
import type { Sealer } from '../person-keys/sealer.js';
import { MailRefused, type SendMail } from './send-mail.js';

/** Instances share the mails. */
export const MAILS: Group = { name: 'mails', types: 'EmailVerificationAsked' };

export type VerifyingParts = Pick<Consuming, 'warn'> & {
  log: EventLog;
  sealer: Pick<Sealer, 'open'>;
  send: SendMail;
  /** Where a client shows that it reads what is sent to its address. */
  linkFor(clientId: string): Promise<string>;
  now: () => Date;
};

const IN_FLIGHT = 8;
/** Whoever waited longer has asked again, or never will. */
const STALE_MS = 24 * 3_600_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Sends each client that asks for it a link by which to verify its address. A server that cannot be reached is tried
 * for some minutes; then the event is parked, and is given again by whoever looks after the engine.
 */
export function startVerifying(parts: VerifyingParts): { stop(): Promise<void> } {
  const { log, warn } = parts;
  return startConsuming({ log, group: MAILS, inFlight: IN_FLIGHT, warn }, async (delivery, signal) => {
    try {
      await sendFor(parts, delivery, signal);
    } catch (error) {
      await sleep(Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** delivery.retries), undefined, { signal }).catch(
        () => {},
      );
      throw error;
    }
  });
}

async function sendFor(parts: VerifyingParts, { event }: Delivery, signal: AbortSignal): Promise<void> {
  const { sealer, send, linkFor, warn } = parts;
  if (parts.now().getTime() - Date.parse(event.metadata.recordedAt) > STALE_MS) return;
  const state = await clientIn(parts, event.stream);
  if (!state.registered || state.verified) return;
  const to = await sealer.open(event.stream, state.email);
  // Whose key is gone is nobody any more.
  if (to === null) return;
  const link = await linkFor(event.stream.slice('client-'.length));
  try {
    await send({ to, ...verificationMail(link) }, signal);
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    warn(`the address of ${event.stream} takes no mail`, error);
  }
}

async function clientIn({ log }: VerifyingParts, stream: string) {
  let state = client.initial;
  for await (const stored of log.readStream(stream)) {
    const event = readLogEvent(stored);
    if (event) state = fold(client, [event], state);
  }
  return state;
}

const verificationMail = (link: string) => ({
  subject: 'Verify your e-mail address for AGL',
  text: `Somebody, we hope you, has registered this address with AGL, the AI game companion engine.

To show that it is yours, open this page within two days and press the button:

${link}

If it was not you, there is nothing to do: without that, the address counts for nothing.
`,
});
