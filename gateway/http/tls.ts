import type { ServerResponse } from 'node:http';
import type { SecureContextOptions } from 'node:tls';

/** A certificate chain and its key, as PEM. */
export type Tls = { cert: Buffer; key: Buffer };

/** TLS 1.3 alone (RFC 8446): every game engine's and browser's client of this decade has it. */
export const secureBy = ({ cert, key }: Tls): SecureContextOptions => ({ cert, key, minVersion: 'TLSv1.3' });

type Hooked = {
  addHook(
    name: 'onRequest',
    hook: (request: unknown, reply: { raw: ServerResponse }) => Promise<void>,
  ): unknown;
};

/** HTTP Strict Transport Security (RFC 6797): a browser that was here once does not ask in the clear for a year. */
export function askSecurelyFromNowOn(server: Hooked): void {
  server.addHook('onRequest', async (_request, { raw }) => {
    raw.setHeader('strict-transport-security', 'max-age=31536000');
  });
}
