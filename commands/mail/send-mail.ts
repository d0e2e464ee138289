export type Mail = { to: string; subject: string; text: string };

/** Sends it, or throws. @throws MailRefused when it is of no use to try again */
export type SendMail = (mail: Mail, signal: AbortSignal) => Promise<void>;

/** The address, or the mail itself, is refused for good. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}
