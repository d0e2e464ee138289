import type { SendMail } from './send-mail.js';

/** For development: tells what the mail says, and not to whom. */
export const mailToConsole =
  (tell: (about: { subject: string; text: string }) => void): SendMail =>
  async ({ subject, text }) =>
    tell({ subject, text });
