import type { LogEvent } from '../domain/events/log-events.js';
import type { Decider } from '../domain/kernel/decider.js';
import { nothingFound } from '../domain/kernel/found.js';
import { Rejection, reject } from '../domain/kernel/rejection.js';
import {
  type EventLog,
  type Expected,
  LogUnavailable,
  type Position,
  START,
  type StoredEvent,
} from '../eventstore/log.js';
import {
  breath,
  cold,
  type Done,
  type Draft,
  decideTogether,
  type Hot,
  type HotOptions,
  type Job,
  learn,
  readOr,
  takeTogether,
  type Work,
} from './hot-stream.js';
import { load } from './load.js';

export type { Done, Draft, HotOptions, Work } from './hot-stream.js';

export const unavailable = () =>
  reject('unavailable', 'the event log cannot be reached', { retryAfterMs: 1_000 });

/**
 * The streams of one kind that are in use, folded and kept in memory. One writer a stream: what arrives while
 * an append is under way goes into the next one together, so a busy player costs few appends.
 */
export class HotStreams<Command, State> {
  private readonly hot = new Map<string, Hot<State>>();
  private ids = 0;
  /** The place of the newest event that was stored through here. */
  newest: Position = START;
  /** Streams that were in memory when they were wanted. */
  readonly found = nothingFound();

  constructor(
    private readonly log: EventLog,
    private readonly decider: Decider<Command, LogEvent, State>,
    private readonly options: HotOptions<State>,
  ) {}

  /** The state of a stream now. @throws LogUnavailable */
  async state(stream: string): Promise<State> {
    return this.loaded(stream, ({ state }) => state);
  }

  /** As `state`, at once; `undefined` when the stream is not in memory. */
  peek(stream: string): State | undefined {
    const hot = this.hot.get(stream);
    return hot && !hot.loading ? hot.state : undefined;
  }

  /**
   * Learns what others may have written to a stream in memory, where following the log does not tell of it.
   * One small read when nothing is new. @throws LogUnavailable
   */
  async refresh(stream: string): Promise<void> {
    const hot = this.hot.get(stream);
    if (!hot || hot.loading) return;
    for await (const newest of this.log.readStream(stream, { backwards: true, max: 1 })) {
      if (hot.solid <= newest.revision) await this.reload(stream, hot);
    }
  }

  /** Resolves when what the work decided is durable. `bytes`: about how much it may write, at most 800 KiB. */
  async submit(stream: string, work: Work<State>, bytes = 4_096): Promise<Done<State> | Rejection> {
    try {
      return await this.loaded(
        stream,
        (hot) =>
          new Promise<Done<State> | Rejection>((resolve) => {
            hot.jobs.push({ work, bytes, resolve });
            if (!hot.writing) void this.write(stream, hot);
          }),
      );
    } catch (error) {
      if (error instanceof LogUnavailable) return unavailable();
      throw error;
    }
  }

  /** An event of the log, from whomever: keeps what is in memory true. */
  observe(event: StoredEvent): void {
    const hot = this.hot.get(event.stream);
    if (!hot) return;
    if (hot.loading) hot.early.push(event);
    else this.apply(hot, event);
  }

  private apply(hot: Hot<State>, stored: StoredEvent): void {
    hot.revision = Math.max(hot.revision, stored.revision);
    hot.position = Math.max(hot.position, stored.position ?? START);
    learn(hot, stored.revision, stored.revision + 1);
    if (!this.know(hot, stored.id)) return;
    const event = readOr(this.onBug, stored);
    if (event) hot.state = this.decider.evolve(hot.state, event);
  }

  /** False when it was known. */
  private know({ ids }: Hot<State>, id: string): boolean {
    if (ids.has(id)) return false;
    ids.add(id);
    this.ids++;
    return true;
  }

  /**
   * Uses a stream once it is in memory, in the order of the calls. Until then it is not evicted: a stream that
   * is not in the map would get a second writer.
   */
  private async loaded<T>(stream: string, use: (hot: Hot<State>) => T): Promise<Awaited<T>> {
    const hot = this.find(stream);
    hot.wanted++;
    try {
      await hot.loading;
      // Awaiting what `use` returns would keep the stream in memory meanwhile: it is handed on.
      return use(hot) as Awaited<T>;
    } finally {
      hot.wanted--;
    }
  }

  private find(stream: string): Hot<State> {
    let hot = this.hot.get(stream);
    if (hot) {
      this.found.hits++;
      // The map's order is the order of use.
      this.hot.delete(stream);
      this.hot.set(stream, hot);
    } else {
      this.found.misses++;
      hot = cold(this.decider.initial);
      this.hot.set(stream, hot);
      hot.loading = this.load(stream, hot);
      this.evict();
    }
    return hot;
  }

  private async load(stream: string, hot: Hot<State>): Promise<void> {
    try {
      await load(stream, hot, {
        log: this.log,
        pages: this.options.pages,
        apply: (stored) => this.apply(hot, stored),
        know: (id) => this.know(hot, id),
      });
      hot.loading = null;
      for (const stored of hot.early.splice(0)) this.apply(hot, stored);
    } catch (error) {
      this.forget(stream, hot);
      throw error;
    }
  }

  private forget(stream: string, hot: Hot<State>): void {
    if (this.hot.get(stream) === hot) this.hot.delete(stream);
    this.ids -= hot.ids.size;
  }

  private evict(): void {
    const most = this.options.maxIds ?? 1_000_000;
    for (const [stream, hot] of this.hot) {
      if (this.ids <= most) return;
      if (!hot.writing && !hot.loading && hot.wanted === 0) this.forget(stream, hot);
    }
  }

  private async write(stream: string, hot: Hot<State>): Promise<void> {
    hot.writing = true;
    while (hot.jobs.length > 0) {
      const jobs = takeTogether(hot.jobs);
      try {
        await this.writeTogether(stream, hot, jobs);
      } catch (error) {
        const no =
          error instanceof LogUnavailable
            ? unavailable()
            : reject('internal', 'the event could not be stored');
        for (const { resolve } of jobs) resolve(no);
        if (error instanceof LogUnavailable) hot.uncertain = true;
        else this.onBug(error);
      }
      await breath();
    }
    hot.writing = false;
  }

  /** Told of what must never happen. */
  onBug: (error: unknown) => void = (error) => process.emitWarning(error as Error);

  private async writeTogether(stream: string, hot: Hot<State>, jobs: Job<State>[]): Promise<void> {
    for (;;) {
      if (hot.uncertain) await this.reload(stream, hot);
      const { drafts, outcomes } = decideTogether(this.decider, hot, jobs);
      if (!(await this.append(stream, hot, drafts))) {
        await this.reload(stream, hot);
        continue;
      }
      jobs.forEach(({ resolve }, at) => {
        const outcome = outcomes[at]!;
        const { state, revision, position } = hot;
        resolve(outcome instanceof Rejection ? outcome : { state, revision, position, written: outcome });
      });
      return;
    }
  }

  /** False when the stream has changed under us. */
  private async append(stream: string, hot: Hot<State>, drafts: Draft[]): Promise<boolean> {
    if (drafts.length === 0) return true;
    const appended = await this.log.append(stream, drafts, this.expected(hot));
    if (!appended.ok) return false;
    hot.uncertain = false;
    learn(hot, appended.revision + 1 - drafts.length, appended.revision + 1);
    for (const draft of drafts) {
      if (this.know(hot, draft.id)) hot.state = this.decider.evolve(hot.state, draft);
    }
    hot.revision = Math.max(hot.revision, appended.revision);
    hot.position = Math.max(hot.position, appended.position);
    this.newest = Math.max(this.newest, appended.position);
    return true;
  }

  private expected(hot: Hot<State>): Expected {
    if (hot.revision < 0) return 'no_stream';
    // After an append that was lost from sight only the exact revision keeps it from landing behind our back.
    return this.options.expect === 'any' && !hot.uncertain ? 'any' : hot.revision;
  }

  private async reload(stream: string, hot: Hot<State>): Promise<void> {
    // Where appends never conflict, others' events may be missing below our own newest one.
    for await (const stored of this.log.readStream(stream, { from: hot.solid })) this.apply(hot, stored);
  }
}
