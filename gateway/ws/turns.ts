import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { themself } from '../../domain/access/reached.js';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';
import type { ServerFrame } from '../../sdk/protocol.js';
import type { PlayerCaller } from '../auth/authenticate.js';
import { awayOf } from '../away.js';
import { watchFrame } from '../watched.js';
import type { ConnectionParts } from './connection.js';
import { carryOut, type PlayContext, type PlayFrame, refusalOf } from './play.js';

/** Bytes of frames being carried out above which nothing more is read from this socket. */
const PENDING_MAX = 1024 * 1024;
const LOOK_EVERY_MS = 5;

type Parts = Pick<ConnectionParts, 'commands' | 'side' | 'limits' | 'onBug'>;

/** Carries out the frames of one socket, so that none overtakes another. */
export class Turns {
  private pending = 0;
  /** Frames wait for this before they are carried out. */
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: WebSocket,
    private readonly parts: Parts,
  ) {}

  /** The answer to a frame, when its turn has come. Never rejects. */
  take(frame: PlayFrame, caller: PlayerCaller, bytes: number): Promise<ServerFrame> {
    const { commands, side } = this.parts;
    const { traceparent, ended } = watchFrame(side, frame, caller);
    const context = { commands, now: side.now(), player: themself(caller), traceparent };
    this.pending += bytes;
    if (this.pending > PENDING_MAX) this.socket.pause();
    return this.answered(frame, context, bytes)
      .catch((error) => refusalOf(frame, this.noOf(error)))
      .then((answer) => {
        this.pending -= bytes;
        if (this.pending <= PENDING_MAX / 2) this.socket.resume();
        ended(answer.type === 'error' ? answer.code : 'ok');
        return answer;
      });
  }

  private answered(frame: PlayFrame, context: PlayContext, bytes: number): Promise<ServerFrame> {
    const taken = this.turn.then(() => this.parts.limits.player(context.player));
    const done = taken.then((one) =>
      one?.refused ? refusalOf(frame, one.refused) : carryOut(frame, context, bytes),
    );
    // Sealing a chat line takes its time; what comes after it waits, so that the order stays.
    this.turn = (frame.type === 'chat_message' ? done : taken).then(ignore, ignore);
    return done;
  }

  private noOf(error: unknown): Rejection {
    const away = awayOf(error);
    if (!away) this.parts.onBug(error);
    return away ?? reject('internal', 'something went wrong in the engine');
  }

  /** Resolves when all that was taken has been answered. */
  async quiet(): Promise<void> {
    while (this.pending > 0) await sleep(LOOK_EVERY_MS);
  }
}

const ignore = () => undefined;
