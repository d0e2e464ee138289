import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { ServerFrame } from '../../sdk/protocol.js';
import type { Bucket } from '../limits/bucket.js';
import { carryOut, type PlayContext, type PlayFrame, refusalOf } from './play.js';

/** Bytes of frames being carried out above which nothing more is read from this socket. */
const PENDING_MAX = 1024 * 1024;
const LOOK_EVERY_MS = 5;

/** Carries out the frames of one socket, so that none overtakes another. */
export class Turns {
  private pending = 0;
  /** Frames wait for this before they are carried out. */
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: WebSocket,
    private readonly bucket: Bucket,
  ) {}

  /** The answer to a frame, when its turn has come. */
  take(frame: PlayFrame, context: PlayContext, bytes: number): Promise<ServerFrame> {
    this.pending += bytes;
    if (this.pending > PENDING_MAX) this.socket.pause();
    const taken = this.turn.then(() => this.bucket(context.playerId));
    const done = taken.then((one) =>
      one?.refused ? refusalOf(frame, one.refused) : carryOut(frame, context, bytes),
    );
    // Sealing a chat line takes its time; what comes after it waits, so that the order stays.
    this.turn = (frame.type === 'chat_message' ? done : taken).then(ignore, ignore);
    return done.finally(() => {
      this.pending -= bytes;
      if (this.pending <= PENDING_MAX / 2) this.socket.resume();
    });
  }

  /** Resolves when all that was taken has been answered. */
  async quiet(): Promise<void> {
    while (this.pending > 0) await sleep(LOOK_EVERY_MS);
  }
}

const ignore = () => undefined;
