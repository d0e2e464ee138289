import { QdrantClient } from '@qdrant/js-client-rest';
import { VectorsUnavailable } from './vectors.js';

export type QdrantSettings = {
  /** `http(s)://HOST[:PORT][/PREFIX]`; the port is 6333 where none is said. */
  url: string;
  apiKey?: string;
};

const QDRANT_PORT = 6_333;

/** The client drops a path, takes `:443` for no port at all, and prints warnings of its own: so it is told all of it. */
export function clientOf({ url, apiKey }: QdrantSettings, timeoutMs: number): QdrantClient {
  const { protocol, hostname, pathname } = new URL(url);
  const said = /^[a-z]+:\/\/[^/?#]*:(\d+)(?:[/?#]|$)/i.exec(url);
  return new QdrantClient({
    host: hostname,
    port: said ? Number(said[1]) : QDRANT_PORT,
    https: protocol === 'https:',
    prefix: pathname.replace(/\/+$/, ''),
    timeout: timeoutMs,
    checkCompatibility: false,
    ...(apiKey && { headers: { 'api-key': apiKey } }),
  });
}

/** What Qdrant refused; `status`: of HTTP. */
type Refusal = Error & { status: number; data?: { status?: { error?: string } } };

const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && typeof (error as Partial<Refusal>).status === 'number';

/** Only where Qdrant itself says so: a proxy before it knows nothing of collections. */
export const isMissing = (error: unknown): boolean =>
  isRefusal(error) && error.status === 404 && error.data?.status?.error !== undefined;

/** It was there already: 409, and 400 of older servers. */
export const isThere = (error: unknown): boolean =>
  isRefusal(error) &&
  (error.status === 409 || (error.status === 400 && /already exists/.test(reasonOf(error))));

const reasonOf = ({ data, status }: Refusal): string => data?.status?.error ?? `HTTP ${status}`;

/** What the client says, and `fetch` below it, when there is no answer or none of Qdrant's. */
const AWAY_NAMES =
  /^(QdrantClient(Timeout|ResourceExhausted|UnexpectedResponse)Error|AbortError|SyntaxError)$/;
const AWAY_MESSAGES = /^(fetch failed|terminated|Result came uninitialized)$|\(reading 'result'\)$/;

/**
 * The port's word for an error of the client: wrong is only what Qdrant itself refuses as wrong, as a service that is
 * away is worth another try, whatever a proxy before it says. So is a key that is not taken: the operator mends that
 * while the engine goes on.
 */
export function wordOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (!isRefusal(error)) {
    const isAway = AWAY_NAMES.test(error.name) || AWAY_MESSAGES.test(error.message);
    return isAway ? new VectorsUnavailable('Qdrant cannot be reached', { cause: error }) : error;
  }
  const { status } = error;
  if (status === 401 || status === 403)
    return new VectorsUnavailable('Qdrant denies access: is QDRANT_API_KEY right?', { cause: error });
  if (status === 408 || status === 429 || status >= 500 || status < 400 || !error.data?.status?.error)
    return new VectorsUnavailable(`Qdrant cannot do it now: ${reasonOf(error)}`, { cause: error });
  return new Error(`Qdrant refuses: ${reasonOf(error)}`, { cause: error });
}
