import {
  type Acted,
  type Companion,
  evolve,
  initialCompanion,
  type Reaction,
  react,
  type Told,
} from '../../domain/companion/companion.js';
import { mayRemember, wantsMemory } from '../../domain/companion/recollection.js';
import type { Stage } from '../../domain/companion/stage.js';
import { type Book, learnFor } from '../../domain/emotion/book.js';
import type { Feeling } from '../../domain/emotion/feel.js';
import type { LogEvent } from '../../domain/events/log-events.js';
import { readLogEvent, readOrPassOver } from '../../domain/events/read.js';
import type { Cue } from '../../domain/memory/recall.js';
import type { EventLog, StoredEvent } from '../../eventstore/log.js';
import { type Snapshot, type Snapshots, SnapshotTaker } from './snapshots.js';

/** What a companion wakes from. */
export type Memory = {
  log: EventLog;
  snapshots: Snapshots;
  book: Book;
  /** Whether something may come to mind: then the same event, given again, is not always answered alike. */
  remembers?: boolean;
};

/** What a game gives its companions, what came to mind, and who is told when what is done about it is chosen. */
type About = Omit<NonNullable<Parameters<typeof react>[2]>, 'book'>;

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
  private answered = new Map<string, Acted>();

  constructor(
    private readonly book: Book,
    private readonly taker: SnapshotTaker | null = null,
  ) {}

  /** Wakes the companion as it was before the event of this revision. */
  static async wake(memory: Memory, stream: string, before: number): Promise<Mind> {
    const { log, snapshots, book, remembers } = memory;
    const taker = (last: number) => new SnapshotTaker(snapshots, stream, last);
    if (before === 0 && !remembers) return new Mind(book, taker(0));
    const { snapshot, told, answered, ahead, lastEvent } = await remembered(
      { log, snapshots },
      stream,
      before,
    );
    const last = snapshot?.revision ?? 0;
    const takes = taker(before - last >= snapshots.every ? before : last);
    for (const act of ahead) takes.acted(act);
    const mind = new Mind(book, takes);
    await learnFor(book, told, log);
    mind.answered = answered;
    if (snapshot) mind.companion = snapshot.companion;
    for (const one of told) mind.relive(one);
    mind.next = before;
    // Whoever wakes a companion has stored all that it did before.
    if (before - last >= snapshots.every && lastEvent)
      snapshots.keep(stream, { revision: before, lastEvent, companion: mind.companion });
    return mind;
  }

  get feeling(): Feeling {
    return this.companion.feeling;
  }

  /** What it would remember with at this event; `null`: nothing is to come to mind, as at nearly all. */
  wantsMemory(stored: StoredEvent, stage: Stage): Cue | null {
    if (stored.revision < this.next || this.answered.has(stored.id)) return null;
    if (!mayRemember(stored.type, (stored.data as { type?: unknown } | null)?.type)) return null;
    const told = readOrPassOver(stored);
    return told && wantsMemory(this.companion, told, stage);
  }

  /** What the companion does about this event now; `null` when nothing, or when it has done it already. */
  take(stored: StoredEvent, about: About = {}): Omit<Reaction, 'companion'> {
    if (stored.revision < this.next) return nothing;
    if (stored.revision > this.next) this.taker?.giveUp();
    this.next = stored.revision + 1;
    const reaction = this.live(stored, about);
    if (reaction.acted) this.taker?.acted(reaction.acted);
    this.taker?.lived({ revision: this.next, lastEvent: stored.id, companion: this.companion });
    return reaction;
  }

  private live(stored: StoredEvent, about: About): Omit<Reaction, 'companion'> {
    const told = readLogEvent(stored);
    if (!told) return nothing;
    if (told.type === 'CompanionActed') {
      this.taker?.seen(told.data);
      return nothing;
    }
    if (this.answered.has(told.id)) {
      this.relive(told);
      return nothing;
    }
    const { companion, acted, ...also } = react(this.companion, told, { ...about, book: this.book });
    this.companion = acted
      ? evolve(companion, { type: 'CompanionActed', id: acted.actionId, data: acted }, this.book)
      : companion;
    return { acted, ...also };
  }

  private relive(told: Told): void {
    this.companion = evolve(this.companion, told, this.book);
    const acted = this.answered.get(told.id);
    if (!acted) return;
    this.companion = evolve(this.companion, { type: 'CompanionActed', id: acted.actionId, data: acted });
    this.answered.delete(told.id);
  }
}

const nothing = { acted: null };

type Readable = StoredEvent & LogEvent;

/** What a companion has to relive to be as it was: all, or what came after a snapshot. */
type Remembered = {
  snapshot: Snapshot | null;
  told: Readable[];
  answered: Map<string, Acted>;
  /** The acts that stand behind the place of waking. */
  ahead: Acted[];
  /** The id of the event right before the place of waking. */
  lastEvent: string | null;
};

async function remembered(
  { log, snapshots }: Omit<Memory, 'book'>,
  stream: string,
  before: number,
): Promise<Remembered> {
  const snapshot = before < snapshots.every ? null : await snapshots.newest(stream, before);
  const place = { stream, before };
  return (snapshot && (await history(log, place, snapshot))) ?? (await history(log, place, null))!;
}

/** `null`: the snapshot is not one of this stream as it is now. */
async function history(
  log: EventLog,
  { stream, before }: { stream: string; before: number },
  snapshot: Snapshot | null,
): Promise<Remembered | null> {
  const told: Readable[] = [];
  const answered = new Map<string, Acted>();
  const ahead: Acted[] = [];
  let lastEvent: string | null = null;
  let anchored = snapshot === null;
  for await (const stored of log.readStream(stream, { from: snapshot ? snapshot.revision - 1 : 0 })) {
    if (stored.revision === before - 1) lastEvent = stored.id;
    if (!anchored) {
      if (stored.id !== snapshot!.lastEvent) return null;
      anchored = true;
      continue;
    }
    const event = readOrPassOver(stored);
    if (event?.type === 'CompanionActed') {
      answered.set(event.data.causedBy, event.data);
      if (stored.revision >= before) ahead.push(event.data);
    } else if (event && stored.revision < before) told.push(event);
  }
  return anchored ? { snapshot, told, answered, ahead, lastEvent } : null;
}
