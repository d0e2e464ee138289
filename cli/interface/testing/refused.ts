import { randomBytes, randomUUID } from 'node:crypto';
import { newApiKey } from '../../../commands/clients/api-key.js';
import type { Call, Operation } from './checked.js';

type Headers = Record<string, string>;

/** By whom operations are called that are not for them. */
export type People = {
  /** By the name of the scheme in the document, somebody whom it lets in. */
  known: Record<string, Headers>;
  /** A player's token on a page of another origin than the game says. */
  elsewhere: Headers;
  /** The token of a player who was erased. */
  erased: Headers;
};

/** An operation, and a call of it that would go well. */
export type Aim = { operation: Operation; call: Call };

/** A client whom nobody has heard of: the log has to be asked. */
export const unheardOf = (): Headers => ({
  'x-api-key': newApiKey(randomBytes(10).toString('hex')).apiKey,
});

/** The same call by everybody whom it is not for. */
export function byOthers({ operation, call }: Aim, { known, elsewhere, erased }: People): Call[] {
  if (operation.security.length === 0) return [];
  const opens = new Set(operation.security.flatMap((one) => Object.keys(one)));
  const others = Object.entries(known).filter(([scheme]) => !opens.has(scheme));
  return [
    {},
    { 'x-api-key': 'no key' },
    unheardOf(),
    { authorization: 'Bearer no.token' },
    ...[elsewhere, erased, ...others.map(([, headers]) => headers)],
  ].map((headers) => ({ ...call, headers }));
}

/** More than any operation takes. */
const TOO_MUCH = 'x'.repeat(1024 * 1024);

/** The same call with something in it that no operation can read. */
export function malformed({ operation, call }: Aim): Call[] {
  const { headers = {}, path = {} } = call;
  const nobodys = Object.fromEntries(Object.keys(path).map((key) => [key, 'nobody']));
  // Where a body means nothing it might be passed over: then nothing is to come of the call.
  const aimed = operation.requestBody ? call : { ...call, path: nobodys };
  const inPath = Object.keys(path).map((key) => ({ ...call, path: { ...path, [key]: '!' } }));
  const inQuery = operation.parameters
    .filter(({ in: where }) => where === 'query')
    .map(({ name }) => ({ headers, path, query: { [name]: name === 'limit' ? '0' : '!' } }));
  const noJson = { ...aimed, body: undefined, headers: { ...headers, 'content-type': 'application/json' } };
  const inBody =
    operation.method === 'GET' ? [] : [noJson, ...[[], TOO_MUCH].map((body) => ({ ...aimed, body }))];
  return [...inPath, ...inQuery, ...inBody];
}

/** The same call, with another id in each place where it names one. */
export function naming(id: string, { call }: Aim): Call[] {
  const isId = (key: string) => /^(gameId|playerId|replaces)$/.test(key);
  return (['path', 'query', 'body'] as const).flatMap((part) =>
    Object.keys(call[part] ?? {})
      .filter((key) => part === 'path' || isId(key))
      .map((key) => ({ ...call, [part]: { ...(call[part] as object), [key]: id } })),
  );
}

/** One event, by each of the ways that events come. */
export const eventsTo = (gameId: string, playerId: string, event: object): Record<string, Call> => ({
  'POST /events': { body: { gameId, playerId, events: [{ id: randomUUID(), ...event }] } },
  'POST /players/{id}/frames': {
    path: { id: playerId },
    body: { type: 'game_event', id: randomUUID(), event },
  },
});
