import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Acted, Companion } from '../../domain/companion/companion.js';
import { foldMark } from '../../domain/companion/fold.js';
import type { Book } from '../../domain/emotion/book.js';
import { sealedText } from '../../domain/events/log-events.js';
import { languages, personas } from '../../domain/kernel/language.js';
import { type EventLog, LogUnavailable } from '../../eventstore/log.js';
import { metadataOf } from '../context.js';
import { feelingShape } from './feeling-shape.js';

/** A companion as it was right before the event of this revision, with all its acts up to there. */
export type Snapshot = { revision: number; lastEvent: string; companion: Companion };

/** Companions kept so that waking one need not read its whole stream. Derived: losing all costs time alone. */
export type Snapshots = {
  /** About how many events lie between two of a stream. */
  every: number;
  /** The newest of a stream that was not taken behind a place in it, by this very fold. @throws LogUnavailable */
  newest(stream: string, before: number): Promise<Snapshot | null>;
  /** In the background: nobody waits for a snapshot. */
  keep(stream: string, snapshot: Snapshot): void;
};

/** The stream beside a player's: whoever erases the one erases the other. */
export const snapshotStreamOf = (stream: string) => `snapshot-${stream}`;

type SnapshotsParts = {
  log: EventLog;
  book: Book;
  warn: (message: string, error: unknown) => void;
  every?: number;
};

const EVERY = 500;
/** One may have been taken behind the place where its companion is woken after a crash. */
const KEPT = 2;
/** A crash may come between a snapshot and the bound of its stream, so that is set again now and then. */
const BOUND_EVERY = 32;

export function snapshotsInLog({ log, book, warn, every = EVERY }: SnapshotsParts): Snapshots {
  const fold = `${foldMark()} ${book.mark}`;
  const append = async (stream: string, snapshot: Snapshot) => {
    const id = randomUUID();
    const type = 'SnapshotTaken';
    const metadata = metadataOf(type, { correlationId: id, causationId: snapshot.lastEvent }, new Date());
    const data = { fold, ...snapshot };
    const appended = await log.append(stream, [{ id, type, data, metadata }], 'any');
    if (appended.ok && appended.revision % BOUND_EVERY === 0) await log.keepNewest(stream, KEPT);
  };
  return {
    every,
    async newest(stream, before) {
      try {
        for await (const { data } of log.readStream(snapshotStreamOf(stream), {
          backwards: true,
          max: KEPT,
        })) {
          const snapshot = trusted(data, fold);
          if (snapshot && snapshot.revision <= before) return snapshot;
        }
      } catch (error) {
        if (error instanceof LogUnavailable) throw error;
        warn(`the snapshots of ${stream} cannot be read`, error);
      }
      return null;
    },
    keep(stream, snapshot) {
      // What JSON would change on its way is not kept.
      const read = trusted(JSON.parse(JSON.stringify({ fold, ...snapshot })), fold);
      if (!isDeepStrictEqual(read, snapshot)) return;
      append(snapshotStreamOf(stream), snapshot).catch((error) =>
        warn(`no snapshot of ${stream} could be saved`, error),
      );
    },
  };
}

const time = z.number().nullable();
const careerShape = z.strictObject({
  victories: z.number(),
  best: z.partialRecord(z.string(), z.strictObject({ of: z.number(), most: z.number() })),
  greatAt: z.array(z.number()),
  lastAt: time,
});
const shape = z.strictObject({
  fold: z.string(),
  revision: z.int().min(1),
  lastEvent: z.string(),
  companion: z.strictObject({
    persona: z.enum(personas),
    character: z.string().nullable(),
    lang: z.enum(languages),
    name: sealedText.nullable(),
    feeling: feelingShape,
    career: careerShape,
    said: z.array(z.string()),
    spoken: z.array(z.strictObject({ actionId: z.string(), templateId: z.string() })),
    tastes: z.strictObject({ liked: z.array(z.string()), disliked: z.array(z.string()) }),
    atHand: z.strictObject({
      hero: z.string().optional(),
      map: z.string().optional(),
      mode: z.string().optional(),
      rival: z.string().optional(),
    }),
    recalled: z.array(z.strictObject({ memoryId: z.string(), at: z.number() })),
    lastSpoke: time,
    lastActed: time,
    lastAsked: time,
    muted: z.boolean(),
  }),
});

function trusted(data: unknown, mark: string): Snapshot | null {
  const parsed = shape.safeParse(data);
  if (!parsed.success || parsed.data.fold !== mark) return null;
  const { fold: _, ...snapshot } = parsed.data;
  return snapshot;
}

/**
 * Takes the snapshots of one companion while it lives: seldom, and none before the log holds every act that is in
 * it, for an act that was decided but never stored has not happened.
 */
export class SnapshotTaker {
  /** Acts that are in this companion and have not come by in the log, by their cause. */
  private readonly unseen = new Map<string, Acted>();
  private due: { snapshot: Snapshot; unseen: Set<string> } | null = null;
  private off = false;

  constructor(
    private readonly snapshots: Snapshots,
    private readonly stream: string,
    private last: number,
  ) {}

  acted(act: Acted): void {
    if (this.off) return;
    this.unseen.set(act.causedBy, act);
    // The log refuses what this companion does, or does not tell of it.
    if (this.unseen.size > this.snapshots.every) this.giveUp();
  }

  /** An act in the log. Where it is not the one decided here, other rules were at work: what is stored has happened. */
  seen(act: Acted): void {
    if (this.off) return;
    if (!isDeepStrictEqual(this.unseen.get(act.causedBy), act)) return this.giveUp();
    this.unseen.delete(act.causedBy);
    this.due?.unseen.delete(act.causedBy);
    this.keepWhenStored();
  }

  lived(snapshot: Snapshot): void {
    if (this.off || this.due || snapshot.revision - this.last < this.snapshots.every) return;
    this.due = { snapshot, unseen: new Set(this.unseen.keys()) };
    this.keepWhenStored();
  }

  /** What this companion is, is no longer all that its stream makes of it. */
  giveUp(): void {
    this.off = true;
    this.due = null;
    this.unseen.clear();
  }

  private keepWhenStored(): void {
    if (!this.due || this.due.unseen.size > 0) return;
    this.last = this.due.snapshot.revision;
    this.snapshots.keep(this.stream, this.due.snapshot);
    this.due = null;
  }
}
