import { onAck, onErrorFrame, pump } from './delivery.js';
import { CompanionError, messageOf } from './errors.js';
import { hear, receive } from './inbox.js';
import { type LinkEnd, openLink, startHeartbeat } from './link.js';
import { addInFront, landAll } from './outbox.js';
import { parseServerFrame } from './parse.js';
import { closeCodes, PROTOCOL, type ServerFrame, type ServerFrameOf } from './protocol.js';
import { shrink } from './refusal.js';
import { ABNORMAL, type Transport } from './socket.js';
import { type Client, halt, report, setStatus, somethingSettled } from './state.js';
import { load, touch } from './store.js';
import { backoffMs, sleep } from './timing.js';

/** How often a restart may be followed at once before it is treated like any other loss. */
const MAX_AT_ONCE = 3;
/** Everybody who was at that instance follows: not all in the same moment. */
const AT_ONCE_MS = 200;

/**
 * What the row of unsuccessful connections so far was like. A stable connection ends the row. `at`: which of the addresses
 * is next; games name them in one order, so each client begins anywhere.
 */
type Row = { attempts: number; atOnce: number; refusals: number; unheard: number; by: Transport; at: number };

/** Brings back what an earlier run left. Resolves in any case. */
export async function recover(client: Client): Promise<void> {
  const { pending, resume } = await load(client.keeper);
  client.inbox.resume ??= resume;
  addInFront(client.outbox, pending);
  touch(client.keeper);
}

/** Connects and connects again until the companion is closed or refused. */
export async function run(client: Client): Promise<void> {
  const { urls } = client.settings;
  const at = Math.floor(Math.random() * urls.length);
  const row: Row = { attempts: 0, atOnce: 0, refusals: 0, unheard: 0, by: 'websocket', at };
  while (!client.stop.signal.aborted) {
    const url = urls[row.at++ % urls.length]!;
    const end = await oneConnection(client, url, transportFor(client, row));
    if (client.stop.signal.aborted) return;
    const openedAt = client.openedAt;
    client.openedAt = undefined;
    const lasted = openedAt === undefined ? 0 : performance.now() - openedAt;
    if (lasted >= client.settings.stableMs) Object.assign(row, { attempts: 0, atOnce: 0 });
    if (openedAt !== undefined) row.refusals = 0;
    row.unheard = openedAt === undefined && end.code === ABNORMAL ? row.unheard + 1 : 0;
    if (end.code === closeCodes.unauthorized && ++row.refusals >= 2) return refused(client, end);
    const pause = pauseAfter(client, row, { end, welcomed: openedAt !== undefined });
    setStatus(client, 'waiting', `${end.why}; next try in ${Math.round(pause)} ms`);
    await sleep(pause, client.stop.signal);
    if (!client.stop.signal.aborted) setStatus(client, 'connecting', 'trying again');
  }
}

/** So many WebSockets in a row that nobody answered are the network's doing rather than a bad moment. */
const UNHEARD_MAX = { websocket: 2, http: 1 };

function transportFor({ settings }: Client, row: Row): Transport {
  if (settings.transport !== 'auto') return settings.transport;
  if (row.unheard >= UNHEARD_MAX[row.by] * settings.urls.length) {
    row.unheard = 0;
    row.by = row.by === 'http' ? 'websocket' : 'http';
  }
  return row.by;
}

function refused(client: Client, end: LinkEnd): void {
  const error = new CompanionError('unauthorized', `the engine does not take the token: ${end.why}`);
  report(client, error);
  void halt(client, 'refused', { later: error, pending: error.message });
}

/** Milliseconds. A restarting engine and an outgrown token are no reason to wait long. */
function pauseAfter(client: Client, row: Row, last: { end: LinkEnd; welcomed: boolean }): number {
  const { code, retryAfterMs = 0 } = last.end;
  const restarting = code === closeCodes.restarting && last.welcomed && row.atOnce++ < MAX_AT_ONCE;
  const outgrown = code === closeCodes.unauthorized && row.attempts === 0;
  const pause = backoffMs(row.attempts, client.settings, Math.random());
  if (!restarting) row.attempts++;
  if (restarting) return Math.random() * AT_ONCE_MS;
  return outgrown ? 0 : Math.max(pause, retryAfterMs);
}

async function oneConnection(client: Client, url: string, transport: Transport): Promise<LinkEnd> {
  const { token: given, connectTimeoutMs } = client.settings;
  let token: string;
  try {
    token = typeof given === 'function' ? await given() : given;
  } catch (cause) {
    const why = `no token could be had: ${messageOf(cause)}`;
    report(client, new CompanionError('connection', why, { cause }));
    return { code: 0, why };
  }
  if (client.stop.signal.aborted) return { code: 1000, why: 'closed' };
  const hello = JSON.stringify({ type: 'hello', protocol: PROTOCOL, token, resume: client.inbox.resume });
  return new Promise((resolve) => {
    const ended = (end: LinkEnd) => {
      landed(client, end);
      resolve(end);
    };
    const frame = (data: unknown) => onData(client, data);
    client.link = openLink({ url, transport, hello, connectTimeoutMs, frame, ended });
  });
}

/** The connection is over: what was under way waits for the next one. */
function landed(client: Client, end: LinkEnd): void {
  client.link = undefined;
  clearTimeout(client.ackTimer);
  clearTimeout(client.pauseTimer);
  if (end.code === closeCodes.tooLarge)
    for (const error of shrink(client.outbox)) {
      report(client, error);
      somethingSettled(client);
    }
  landAll(client.outbox);
}

function onData(client: Client, data: unknown): void {
  const parsed = parseServerFrame(data);
  if ('frame' in parsed) onFrame(client, parsed.frame);
  if ('problem' in parsed) report(client, new CompanionError('bad_frame', parsed.problem));
}

function onFrame(client: Client, frame: ServerFrame): void {
  if (frame.type === 'welcome') onWelcome(client, frame);
  else if (frame.type === 'ack') onAck(client, frame);
  else if (frame.type === 'error') onErrorFrame(client, frame);
  else if (frame.type === 'dialogue') hear(client.inbox, frame);
  else if (frame.type === 'companion_action' && receive(client.inbox, frame, performance.now()))
    touch(client.keeper);
}

function onWelcome(client: Client, welcome: ServerFrameOf<'welcome'>): void {
  client.welcome = welcome;
  client.openedAt = performance.now();
  // Should the connection be lost before the first action, that action must still be asked for.
  client.inbox.resume ??= welcome.position;
  startHeartbeat(client.link!, welcome.heartbeatMs);
  setStatus(client, 'open', `welcomed as ${welcome.playerId}`);
  touch(client.keeper);
  pump(client);
}
