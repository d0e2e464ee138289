import { readLogEvent } from '../../domain/events/read.js';
import type { PlacedEvent, Position } from '../../eventstore/log.js';
import { START } from '../../eventstore/log.js';
import { awayOf } from '../away.js';
import { isShown, type Show } from './show.js';

/** Somebody a companion's actions are pushed to. */
export type Listener = {
  playerId: string;
  gameId: string;
  keyId: string | null;
  /** `text` is the frame as it goes over the wire. */
  act(text: string, revision: number): void;
  /** An act that is in the log cannot be shown now: a part that it needs is away. All before it has been told. */
  unopened(revision: number): void;
  /** A line that is being written; it has no place in the log. */
  hear(text: string): void;
  /** What its token stood on has ended. */
  dismiss(reason: string): void;
};

/** Brings what companions do to every connection of their player. Fed by the log alone. */
export class Push {
  private readonly listeners = new Map<string, Set<Listener>>();
  /** Of players some of whose frames take their time: the last of them. Others wait behind it. */
  private readonly turns = new Map<string, Promise<void>>();
  /** All events up to here have been pushed. */
  position: Position = START;

  constructor(readonly show: Show) {}

  get connections(): number {
    let count = 0;
    for (const of of this.listeners.values()) count += of.size;
    return count;
  }

  add(listener: Listener): void {
    const others = this.listeners.get(listener.playerId);
    if (others) others.add(listener);
    else this.listeners.set(listener.playerId, new Set([listener]));
  }

  remove(listener: Listener): void {
    const others = this.listeners.get(listener.playerId);
    others?.delete(listener);
    if (others?.size === 0) this.listeners.delete(listener.playerId);
  }

  observe(event: PlacedEvent): void {
    if (isShown(event)) this.deliver(event);
    else if (event.type === 'ApiKeyRevoked') {
      const revoked = readLogEvent(event);
      if (revoked?.type !== 'ApiKeyRevoked') return;
      const { keyId } = revoked.data;
      this.dismiss('the API key behind this player token has ended', (listener) => listener.keyId === keyId);
    } else if (event.type === 'GameDeleted') {
      const gameId = event.stream.slice('game-'.length);
      this.dismiss('the game of this player token has ended', (listener) => listener.gameId === gameId);
    }
  }

  /** To the player's connections that asked for it, what is not in the log. */
  whisper(playerId: string, frame: object): void {
    const listeners = this.listeners.get(playerId);
    if (!listeners) return;
    const text = JSON.stringify(frame);
    for (const listener of listeners) listener.hear(text);
  }

  private deliver(event: PlacedEvent): void {
    const playerId = event.stream.slice('player-'.length);
    if (!this.listeners.has(playerId)) return;
    const before = this.turns.get(playerId);
    const frame = this.show(event);
    if (!before && !(frame instanceof Promise)) return this.tell(playerId, frame, event.revision);
    // What comes later must not overtake it.
    const turn = Promise.allSettled([frame, before]).then(([shown]) => {
      if (shown.status === 'fulfilled') this.tell(playerId, shown.value, event.revision);
      else this.notNow(playerId, shown.reason, event.revision);
      if (this.turns.get(playerId) === turn) this.turns.delete(playerId);
    });
    this.turns.set(playerId, turn);
  }

  private tell(playerId: string, text: string | null, revision: number): void {
    if (text === null) return;
    for (const listener of this.listeners.get(playerId) ?? []) listener.act(text, revision);
  }

  /** Each connection stays before it and reads on from the log by itself; the others of this process go on. */
  private notNow(playerId: string, why: unknown, revision: number): void {
    if (!awayOf(why)) process.emitWarning(why as Error);
    else for (const listener of this.listeners.get(playerId) ?? []) listener.unopened(revision);
  }

  private dismiss(reason: string, concerned: (listener: Listener) => boolean): void {
    for (const listeners of this.listeners.values()) {
      for (const listener of [...listeners]) if (concerned(listener)) listener.dismiss(reason);
    }
  }
}
