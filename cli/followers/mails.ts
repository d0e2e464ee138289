import { mailToConsole } from '../../commands/mail/send-mail.console.js';
import { mailBySmtp } from '../../commands/mail/send-mail.smtp.js';
import { startVerifying } from '../../commands/mail/verifying.js';
import type { MasterKeys } from '../../commands/person-keys/master-keys.js';
import { sealerInPostgres } from '../../commands/person-keys/sealer.pg.js';
import type { EventLog } from '../../eventstore/log.js';
import { createTokens } from '../../gateway/auth/player-tokens.js';
import type { openPool } from '../../projections/database.js';
import type { Logger } from '../logger.js';

/** What mails are sent with; plain data, for it goes to a thread. */
export type MailSetup = {
  keysForPersons: MasterKeys;
  keysForTokens: MasterKeys;
  /** Where the engine is reached from outside. */
  publicUrl: string;
  /** Without it, mails are told on the console. */
  smtp?: { url: string; from: string };
};

type Parts = {
  log: EventLog;
  pool: ReturnType<typeof openPool>;
  logger: Logger;
  warn: (message: string, error: unknown) => void;
};

/** Sends what has to be sent by mail. */
export function startMailSide(
  setup: MailSetup,
  { log, pool, logger, warn }: Parts,
): { stop(): Promise<void> } {
  const now = () => new Date();
  const tokens = createTokens(setup.keysForTokens, now);
  return startVerifying({
    ...{ log, now, warn },
    sealer: sealerInPostgres(pool, setup.keysForPersons),
    send: setup.smtp
      ? mailBySmtp(setup.smtp)
      : mailToConsole((mail) => logger.info(mail, 'a mail, as no AGL_SMTP_URL is set')),
    async linkFor(clientId) {
      const { token } = await tokens.issue({ kind: 'email', clientId });
      return `${setup.publicUrl}/auth/verify-email?token=${token}`;
    },
  });
}
