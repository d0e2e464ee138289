import {
  type Acted,
  type Companion,
  evolve,
  initialCompanion,
  react,
  type Told,
} from '../../domain/companion/companion.js';
import { readLogEvent, UnreadableEvent } from '../../domain/events/read.js';
import type { EventLog, StoredEvent } from '../../eventstore/log.js';

/**
 * One player's companion while it is awake. Events are taken in the order they happened; the act that
 * answers an event counts right after it, although it stands later in the stream: so waking up from the log
 * and living through it give the same companion.
 */
export class Mind {
  private companion: Companion = initialCompanion;
  /** The revision of the event that it expects: it has lived through all before. */
  next = 0;
  /** Acts that are in the log already, by their cause. */
  private readonly answered = new Map<string, Acted>();

  /** Wakes the companion as it was before the event of this revision. */
  static async wake(log: EventLog, stream: string, before: number): Promise<Mind> {
    const mind = new Mind();
    if (before === 0) return mind;
    const history: Told[] = [];
    for await (const stored of log.readStream(stream)) {
      const told = readable(stored);
      if (told?.type === 'CompanionActed') mind.answered.set(told.data.causedBy, told.data);
      else if (told && stored.revision < before) history.push(told);
    }
    for (const told of history) mind.relive(told);
    mind.next = before;
    return mind;
  }

  /** What the companion does about this event now; `null` when nothing, or when it has done it already. */
  take(stored: StoredEvent): Acted | null {
    if (stored.revision < this.next) return null;
    this.next = stored.revision + 1;
    const told = readLogEvent(stored);
    if (!told || told.type === 'CompanionActed') return null;
    const recorded = this.answered.get(told.id);
    if (recorded) {
      this.relive(told);
      return null;
    }
    const { companion, acted } = react(this.companion, told);
    this.companion = acted
      ? evolve(companion, { type: 'CompanionActed', id: acted.actionId, data: acted })
      : companion;
    return acted;
  }

  private relive(told: Told): void {
    this.companion = evolve(this.companion, told);
    const acted = this.answered.get(told.id);
    if (!acted) return;
    this.companion = evolve(this.companion, { type: 'CompanionActed', id: acted.actionId, data: acted });
    this.answered.delete(told.id);
  }
}

/** Whoever lived through an event that cannot be read has passed it over. */
function readable(stored: StoredEvent): Told | null {
  try {
    return readLogEvent(stored);
  } catch (error) {
    if (error instanceof UnreadableEvent) return null;
    throw error;
  }
}
