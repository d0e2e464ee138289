import { readLogEvent } from '../../domain/events/read.js';
import { formatPosition } from '../../domain/kernel/position.js';
import type { PlacedEvent, Position, StoredEvent } from '../../eventstore/log.js';
import { START } from '../../eventstore/log.js';

/** Somebody a companion's actions are pushed to. */
export type Listener = {
  playerId: string;
  gameId: string;
  keyId: string | null;
  /** `text` is the frame as it goes over the wire. */
  act(text: string, revision: number): void;
  /** What its token stood on has ended. */
  dismiss(reason: string): void;
};

/** Brings what companions do to every connection of their player. Fed by the log alone. */
export class Push {
  private readonly listeners = new Map<string, Set<Listener>>();
  /** All events up to here have been pushed. */
  position: Position = START;

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
    if (event.type === 'CompanionActed') this.deliver(event);
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

  private deliver(event: PlacedEvent): void {
    const listeners = this.listeners.get(event.stream.slice('player-'.length));
    if (!listeners) return;
    const text = actionFrame(event);
    if (text) for (const listener of listeners) listener.act(text, event.revision);
  }

  private dismiss(reason: string, concerned: (listener: Listener) => boolean): void {
    for (const listeners of this.listeners.values()) {
      for (const listener of [...listeners]) if (concerned(listener)) listener.dismiss(reason);
    }
  }
}

/** A stored act as the frame that tells of it. */
export function actionFrame(stored: StoredEvent): string | null {
  const event = readLogEvent(stored);
  if (event?.type !== 'CompanionActed') return null;
  const { actionId, causedBy, emotion, action, dialogue } = event.data;
  return JSON.stringify({
    type: 'companion_action',
    actionId,
    position: formatPosition(stored.position ?? START, stored.revision),
    playerId: stored.stream.slice('player-'.length),
    causedBy,
    emotion,
    action,
    ...(dialogue && { dialogue }),
  });
}
