import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';

/**
 * Whose request it is: the connection's address or, where that is a proxy that is trusted, what it says in `X-Forwarded-For`.
 * `proxies`: addresses, ranges (CIDR), or `loopback`, `linklocal`, `uniquelocal`. @throws TypeError naming what is none of these
 */
export function addressesBy(proxies: readonly string[]): (request: IncomingMessage) => string {
  const trusts = proxyAddr.compile([...proxies]);
  return (request) => proxyAddr(request, trusts);
}
