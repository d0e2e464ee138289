import type { EventEmitter } from 'node:events';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';
import { answerProblem, problemOf, type Reply } from './problems.js';

/** For Fastify's `clientErrorHandler`: what is no HTTP, or takes too long, is told so as all else is. */
export function answerClientError({ code }: Error & { code?: string }, socket: Duplex): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { status, rejection } = noOf(code);
  answerOnSocket(socket, status, rejection);
}

/** Where there is no reply to answer with. */
export function answerOnSocket(socket: Duplex, status: number, rejection: Rejection): void {
  const { retryAfterMs } = rejection.detail;
  const body = JSON.stringify({ ...problemOf(rejection), status });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...(retryAfterMs === undefined ? [] : [`Retry-After: ${Math.ceil(retryAfterMs / 1000)}`]),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function noOf(code: string | undefined) {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { status: 408, rejection: reject('bad_frame', 'the request took too long') };
  if (code === 'HPE_HEADER_OVERFLOW')
    return { status: 431, rejection: reject('too_large', 'the headers are too large') };
  return { status: 400, rejection: reject('bad_frame', 'this is no HTTP/1.1 request') };
}

type Request = { headers: Record<string, unknown>; raw: { httpVersion: string } };
type Hooked = {
  addHook(name: 'onRequest', hook: (request: Request, reply: Reply) => Promise<unknown>): unknown;
};

/** As RFC 9112, 3.2 has it; Node's own refusal, which `requireHostHeader: false` switches off, would say nothing. */
export function requireHost(server: Hooked): void {
  server.addHook('onRequest', async ({ headers, raw }, reply) => {
    if (headers.host !== undefined || raw.httpVersion !== '1.1') return;
    answerProblem(reply, reject('bad_frame', 'the header Host is missing'));
    return reply;
  });
}

/** An expectation that nobody knows may be passed over (RFC 9110, 10.1.1); Node's own answer would be an empty 417. */
export function passOverExpectations(server: EventEmitter): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}
