import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { Engine } from './engine.js';
import type { Parts } from './health.controller.js';

/** What the engine stands on, each by a question that it can only answer when it is well; `null`: it does without. */
export function partsOf({ stores, settings, followers, redis, vectors }: Engine): Parts {
  const { pool, reads, log } = stores;
  const { AGL_EMBEDDINGS_URL: embeddings, AGL_SMTP_URL: smtp } = settings;
  return {
    log: async () => {
      const { breaker, trouble } = log.health();
      if (breaker === 'open') throw new Error(trouble!.reason);
      await log.head();
    },
    database: () => pool.query('select 1'),
    replica: reads === pool ? null : () => reads.query('select 1'),
    redis: redis && (() => redis.ping()),
    // Of an alias that nothing was ever published under.
    vectors: () => vectors.published('nothing'),
    // What is built in is of this process: it is well when its thread is.
    embedder: embeddings ? () => answering(embeddings) : followers.voice,
    voice: settings.ANTHROPIC_API_KEY ? () => listening(followers) : null,
    mail: smtp ? () => greeting(smtp) : null,
    followers: followers.voice,
    projections: async () => {
      const troubled = (await followers.status()).find(({ state }) => state === 'retrying');
      if (troubled) throw new Error(`${troubled.name}: ${troubled.trouble}`);
    },
  };
}

async function listening({ voice }: Engine['followers']): Promise<void> {
  const { breaker } = await voice();
  if (breaker === 'open') throw new Error('the writer of lines is left alone');
}

const WITHIN_MS = 1_500;

/** Whatever it says, somebody is there: nothing is asked that costs anything. */
const answering = (url: string): Promise<unknown> =>
  fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(WITHIN_MS) });

/** A mail server speaks first (RFC 5321, 3.1); then it is left, as one does (4.1.1.10): else it would note a fault. */
async function greeting(url: string): Promise<void> {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'smtps:';
  const to = { host: hostname, port: Number(port || (secure ? 465 : 587)) };
  const socket = secure ? connectSecurely({ ...to, servername: hostname }) : connect(to);
  socket.setTimeout(WITHIN_MS, () => socket.destroy(new Error('it does not answer')));
  try {
    for await (const said of socket) {
      if (!String(said).startsWith('220')) throw new Error('it is not ready');
      return await new Promise<void>((resolve) => socket.end('QUIT\r\n', () => resolve()));
    }
    throw new Error('it hung up');
  } finally {
    socket.destroy();
  }
}
