import { createTransport } from 'nodemailer';
import { MailRefused, type SendMail } from './send-mail.js';

const PATIENCE_MS = 10_000;

/** `url`: `smtp://` or `smtps://`, with user and password where the server asks for them. `from`: who sends it. */
export function mailBySmtp({ url, from }: { url: string; from: string }): SendMail {
  const patience = {
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  };
  // What a mail says is given as text: nothing of it is read from files or other servers.
  const transport = createTransport({ url, ...patience, disableFileAccess: true, disableUrlAccess: true });
  return async (mail, signal) => {
    signal.throwIfAborted();
    try {
      await transport.sendMail({ from, ...mail });
    } catch (error) {
      throw refusedForGood(error) ? new MailRefused(withoutAddress(error, mail.to)) : error;
    }
  };
}

/** Answers of 500 to 599 are for good (RFC 5321); that we are not let in is for the operator to mend, and tried again. */
function refusedForGood(error: unknown): boolean {
  const { responseCode = 0, code } = error as { responseCode?: number; code?: string };
  return responseCode >= 500 && code !== 'EAUTH';
}

/** Servers like to repeat the address; logs must not have it. */
const withoutAddress = (error: unknown, to: string): string => (error as Error).message.replaceAll(to, '…');
