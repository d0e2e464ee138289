import type { CommandBus } from '@nestjs/cqrs';
import type { RawData, WebSocket } from 'ws';
import type { WriteSide } from '../../commands/context.js';
import { streamOf } from '../../domain/kernel/ids.js';
import { formatPosition, parsePosition } from '../../domain/kernel/position.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { type ClientFrame, closeCodes, type ServerFrame } from '../../sdk/protocol.js';
import type { Authentication, PlayerCaller } from '../auth/authenticate.js';
import { awayOf } from '../away.js';
import type { Limits } from '../limits/limits.js';
import { callAt } from './call-at.js';
import { Feed } from './feed.js';
import { readFrame } from './frames.js';
import type { PlayFrame } from './play.js';
import { KEY_ENDED, type Listener, type Push } from './push.js';
import { inSlices, type Write } from './slices.js';
import { Turns } from './turns.js';
import { welcomeTo } from './welcome.js';

export type ConnectionParts = {
  commands: CommandBus;
  side: WriteSide;
  authentication: Authentication;
  push: Push;
  limits: Limits;
  onBug: (error: unknown) => void;
  /** A client that is being told what it missed is dropped when it takes nothing for so long. */
  takenWithinMs?: number;
};

const HELLO_WITHIN_MS = 5_000;
const BAD_FRAMES_MAX = 10;
/** A client that does not read what happens is dropped; its actions stay resumable. */
const UNREAD_MAX = 4 * 1024 * 1024;
/** The close code of those who cannot be let in just now. */
const TRY_AGAIN_LATER = 1013;

/** What came with the upgrade of the connection. */
export type Upgrade = { token: string | undefined; origin: string | undefined; cork: () => void };

/** One socket of one player: first a hello, then frames in their order, and what the companion does. */
export class Connection implements Listener {
  readonly kind = 'websocket';
  /** Known from the hello on. */
  caller!: PlayerCaller;
  /** Something was heard since the last heartbeat. */
  alive = true;
  private open = false;
  private leaving = false;
  /** It has asked for an answer as it grows. */
  private listensIn = false;
  /** Resolves when the hello that is being looked at has been answered. */
  private greeting: Promise<void> | null = null;
  private badFrames = 0;
  /** What its companion does, from when it listens. */
  private feed: Feed | null = null;
  /** Whoever waits for the end of its key waits no longer. */
  private callOff = () => {};
  private readonly turns: Turns;
  private readonly helloTimer: NodeJS.Timeout;

  constructor(
    private readonly socket: WebSocket,
    private readonly parts: ConnectionParts,
    private readonly upgrade: Upgrade,
  ) {
    this.turns = new Turns(socket, parts);
    this.helloTimer = setTimeout(() => this.refuse('no hello within 5 s'), HELLO_WITHIN_MS);
    socket.on('message', (data, isBinary) => this.receive(data, isBinary));
    socket.on('pong', () => (this.alive = true));
    socket.on('close', () => this.leave());
    // `ws` closes the socket itself, with 1009 for a frame that is too large.
    socket.on('error', () => undefined);
  }

  act(text: string, revision: number): void {
    this.feed?.act(text, revision);
  }

  unopened(revision: number): void {
    this.feed?.unopened(revision);
  }

  hear(text: string): void {
    if (this.listensIn && this.feed?.live) this.write(text);
  }

  dismiss(reason: string, endsAt?: string): void {
    if (endsAt === undefined) return this.refuse(reason);
    this.callOff();
    this.callOff = callAt(endsAt, () => this.refuse(reason));
  }

  restart(): void {
    // What comes from now on is not begun: the client sends again what is not acknowledged.
    this.leaving = true;
    void this.turns.quiet().then(() => this.socket.close(closeCodes.restarting, 'the engine restarts'));
  }

  /** Called every heartbeat: a socket that was silent for two is dead. */
  beat(): void {
    if (!this.alive) return this.socket.terminate();
    this.alive = false;
    this.socket.ping();
  }

  private receive(data: RawData, isBinary: boolean): void {
    this.alive = true;
    // After the closing frame nothing counts, however long the other side takes to answer it.
    if (this.leaving || this.socket.readyState !== this.socket.OPEN) return;
    const bytes = (data as Buffer).length;
    const read = isBinary
      ? { refused: reject('bad_frame', 'frames are text, this one is binary') }
      : readFrame(data.toString());
    if ('refused' in read) return this.bad(read.refused, 'id' in read ? read.id : undefined);
    const { frame } = read;
    if (frame.type === 'hello') return this.hello(frame);
    // What follows the hello without waiting for the welcome is read after it.
    if (this.greeting) return void this.greeting.then(() => this.receive(data, isBinary));
    if (!this.open) return this.beforeHello(frame);
    this.badFrames = 0;
    if (frame.type === 'ping') this.send({ type: 'pong' });
    else this.play(frame, bytes);
  }

  private beforeHello(frame: Exclude<ClientFrame, { type: 'hello' }>): void {
    if (frame.type === 'ping') return;
    this.bad(reject('unauthorized', 'the first frame is a hello with a token'), frame.id);
  }

  private bad(refused: Rejection, id?: string): void {
    this.parts.side.watch.ended('gateway', refused.code);
    this.error(refused, id);
    if (++this.badFrames >= BAD_FRAMES_MAX) this.socket.close(closeCodes.badFrames, 'too many bad frames');
  }

  private play(frame: PlayFrame, bytes: number): void {
    if (frame.type === 'chat_message' && frame.stream) this.listensIn = true;
    void this.turns.take(frame, this.caller, bytes).then((answer) => this.send(answer));
  }

  private hello(frame: Extract<ClientFrame, { type: 'hello' }>): void {
    if (this.open || this.greeting) return this.error(reject('conflict', 'hello has been said'));
    clearTimeout(this.helloTimer);
    this.badFrames = 0;
    this.socket.pause();
    this.greeting = this.greet(frame)
      .catch((error) => {
        const away = awayOf(error);
        if (away) return this.turnAway(away);
        this.failed(error);
      })
      .finally(() => {
        this.greeting = null;
        this.socket.resume();
      });
  }

  private async greet(frame: Extract<ClientFrame, { type: 'hello' }>): Promise<void> {
    const token = frame.token ?? this.upgrade.token;
    if (!token) return this.refuse('the hello carries no token');
    const letIn = () => this.parts.authentication.player(token, this.upgrade.origin);
    const caller = await letIn();
    if (caller instanceof Rejection) return this.turnAway(caller);
    const { players } = this.parts.side;
    const stream = streamOf.player(caller.playerId);
    // The player may have been elsewhere since, and send again from here what was stored there.
    await players.refresh(stream);
    const player = await players.state(stream);
    if (!player.registered) return this.refuse('the player of this token does not exist');
    if (this.socket.readyState !== this.socket.OPEN) return;
    const full = this.parts.push.full(caller);
    if (full) return this.turnAway(full);
    const position = this.listen(caller);
    // Its key may have ended while we were looking; from here on it would be told.
    const still = await letIn();
    if (still instanceof Rejection) return this.turnAway(still);
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.open = true;
    if (still.endsAt) this.dismiss(KEY_ENDED, still.endsAt);
    this.send(welcomeTo(player, { playerId: caller.playerId, position }));
    const since = frame.resume === undefined ? null : parsePosition(frame.resume);
    if (frame.resume !== undefined && !since)
      this.error(reject('bad_frame', 'resume is no position', { field: 'resume' }));
    // Nobody waits for it: what the client sends is taken meanwhile.
    this.feed?.begin(since);
  }

  /** From now on what the companion does is kept for this socket. Returns the position it starts from. */
  private listen(caller: PlayerCaller): string {
    this.caller = caller;
    const { push, side, takenWithinMs } = this.parts;
    const write: Write = (text, taken) => this.write(text, taken);
    this.feed = new Feed({
      log: side.log,
      show: push.show,
      stream: streamOf.player(caller.playerId),
      write,
      hand: inSlices(() => this.socket.terminate(), write, takenWithinMs),
      fail: (error) => this.failed(error),
    });
    push.add(this);
    return formatPosition(push.position, -1);
  }

  private leave(): void {
    clearTimeout(this.helloTimer);
    this.callOff();
    this.open = false;
    this.feed?.stop();
    if (this.feed) this.parts.push.remove(this);
  }

  /** Not let in: for good, or for now. */
  private turnAway(no: Rejection): void {
    if (!['unavailable', 'rate_limited', 'erased'].includes(no.code)) return this.refuse(no.message);
    this.error(no);
    const code = no.code === 'erased' ? closeCodes.unauthorized : TRY_AGAIN_LATER;
    this.socket.close(code, no.message);
  }

  private failed(error: unknown): void {
    this.parts.onBug(error);
    this.socket.close(1011, 'internal');
  }

  private refuse(reason: string): void {
    this.error(reject('unauthorized', reason));
    this.socket.close(closeCodes.unauthorized, reason);
  }

  private error({ code, message, detail }: Rejection, id?: string): void {
    this.send({ type: 'error', ...(id !== undefined && { id }), code, message, ...detail });
  }

  private send(frame: ServerFrame): void {
    this.write(JSON.stringify(frame));
  }

  private write(text: string, taken?: () => void): void {
    if (this.socket.readyState !== this.socket.OPEN) return taken?.();
    this.upgrade.cork();
    this.socket.send(text, taken);
    if (this.socket.bufferedAmount > UNREAD_MAX) this.socket.terminate();
  }
}
