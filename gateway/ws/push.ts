import { readLogEvent } from '../../domain/events/read.js';
import { formatPosition } from '../../domain/kernel/position.js';
import type { PlacedEvent, Position, StoredEvent } from '../../eventstore/log.js';
import { START } from '../../eventstore/log.js';

/** Somebody a companion's actions are pushed to. */
export type Listener = {
  playerId: string;
  keyId: string | null;
  /** `text` is the frame as it goes over the wire. */
  act(text: string, revision: number): void;
  /** The key behind its token has ended. */
  dismiss(): void;
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
    else if (event.type === 'ApiKeyRevoked') this.dismiss((event.data as { keyId: string }).keyId);
  }

  private deliver(event: PlacedEvent): void {
    const listeners = this.listeners.get(event.stream.slice('player-'.length));
    if (!listeners) return;
    const text = actionFrame(event);
    if (text) for (const listener of listeners) listener.act(text, event.revision);
  }

  private dismiss(keyId: string): void {
    for (const listeners of this.listeners.values()) {
      for (const listener of [...listeners]) if (listener.keyId === keyId) listener.dismiss();
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
