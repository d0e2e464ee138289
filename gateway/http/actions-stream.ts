import type { ServerResponse } from 'node:http';
import type { WriteSide } from '../../commands/context.js';
import { streamOf } from '../../domain/kernel/ids.js';
import { formatPosition } from '../../domain/kernel/position.js';
import type { PlayerCaller } from '../auth/authenticate.js';
import { callAt } from '../ws/call-at.js';
import { Feed } from '../ws/feed.js';
import type { Listener, Push } from '../ws/push.js';
import type { Place } from '../ws/resume.js';
import { inSlices, type Write } from '../ws/slices.js';
import { welcomeTo } from '../ws/welcome.js';

export type ActionsStreamParts = {
  push: Push;
  side: Pick<WriteSide, 'log'>;
  /** A client that is being told what it missed is dropped when it takes nothing for so long. */
  takenWithinMs?: number;
};

/** Proxies end what is silent for longer. */
const BEAT_MS = 15_000;
/** After an end a client comes back so soon (ms). */
const COMES_BACK_MS = 1_000;
const UNREAD_MAX = 4 * 1024 * 1024;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx would keep what is sent until it has enough of it.
  'x-accel-buffering': 'no',
};

/**
 * What a companion does, as server-sent events (WHATWG HTML): each with its frame's type, each action with its position as id,
 * so that who comes back with `Last-Event-ID` misses nothing.
 */
export class ActionsStream implements Listener {
  readonly kind = 'sse';
  private readonly feed: Feed;
  private readonly beat: NodeJS.Timeout;
  private callOff = () => {};

  constructor(
    readonly caller: PlayerCaller,
    private readonly response: ServerResponse,
    private readonly parts: ActionsStreamParts,
  ) {
    const { push, side, takenWithinMs } = parts;
    const write: Write = (text, taken) => this.write(eventOf(text), taken);
    this.feed = new Feed({
      log: side.log,
      show: push.show,
      stream: streamOf.player(caller.playerId),
      write,
      hand: inSlices(() => response.destroy(), write, takenWithinMs),
      fail: (error) => {
        process.emitWarning(error as Error);
        response.destroy();
      },
    });
    this.beat = setInterval(() => this.write(':\n\n'), BEAT_MS);
    response.on('close', () => this.leave());
    // Whoever is told of an error of the connection is told of its end as well.
    response.on('error', () => undefined);
    push.add(this);
  }

  /** From a place on, or with what happens from now. `player`: whom a welcome tells of. */
  begin(since: Place | null, player: Parameters<typeof welcomeTo>[0]): void {
    if (this.response.writableEnded) return;
    this.response.writeHead(200, HEADERS);
    // Fastify lets a HEAD in wherever there is a GET; nothing would ever be written to it, not even its head.
    if (this.response.req.method === 'HEAD') return void this.response.end();
    this.write(`retry: ${COMES_BACK_MS}\n\n`);
    const position = formatPosition(this.parts.push.position, -1);
    const welcome = welcomeTo(player, { playerId: this.caller.playerId, position });
    // Who is cut off before the first action comes back with this place, but not who has still to be told what it missed.
    const id = since === null ? `id: ${position}\n` : '';
    this.write(`event: welcome\n${id}data: ${JSON.stringify(welcome)}\n\n`);
    if (this.caller.endsAt) this.dismiss('', this.caller.endsAt);
    this.feed.begin(since);
  }

  act(text: string, revision: number): void {
    this.feed.act(text, revision);
  }

  unopened(revision: number): void {
    this.feed.unopened(revision);
  }

  hear(text: string): void {
    if (this.feed.live) this.write(eventOf(text));
  }

  /** Who comes back then is told why at the door. */
  dismiss(_reason: string, endsAt?: string): void {
    this.callOff();
    if (endsAt === undefined) this.end();
    else this.callOff = callAt(endsAt, () => this.end());
  }

  restart(): void {
    this.end();
  }

  /** Before it has begun, whoever opened it looks once more whether it may. */
  private end(): void {
    if (this.response.headersSent) this.response.end();
  }

  leave(): void {
    clearInterval(this.beat);
    this.callOff();
    this.feed.stop();
    this.parts.push.remove(this);
  }

  private write(text: string, taken?: () => void): void {
    if (this.response.writableEnded || this.response.destroyed) return taken?.();
    this.response.write(text, taken);
    if (this.response.writableLength > UNREAD_MAX) this.response.destroy();
  }
}

/** A frame, which is one line of JSON, as an event. */
function eventOf(frame: string): string {
  const { type, position } = JSON.parse(frame) as { type: string; position?: string };
  return `event: ${type}\n${position === undefined ? '' : `id: ${position}\n`}data: ${frame}\n\n`;
}
