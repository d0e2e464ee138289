import { RECALLED_FOR_LINE } from '../../domain/companion/recollection.js';
import { plainStage, type Stage } from '../../domain/companion/stage.js';
import { learnFor, openBook } from '../../domain/emotion/book.js';
import type { LogEvent } from '../../domain/events/log-events.js';
import { derivedId } from '../../domain/kernel/ids.js';
import type { Cue, Recalled } from '../../domain/memory/recall.js';
import { backoff } from '../../eventstore/backoff.js';
import { type Delivery, LogUnavailable, type NewEvent, type PlacedEvent } from '../../eventstore/log.js';
import { metadataOf } from '../context.js';
import { recallInTime } from '../memory/in-time.js';
import type { RecallFor } from '../memory/recall-for.js';
import { endsAll } from '../memory/recent-of.js';
import { type Span, type Tracing, untraced } from '../tracing.js';
import type { ReactorParts } from './companion-reactor.js';
import { choosingIn, feltAs, isOwn, spanOf } from './felt.js';
import type { Loans } from './loans.js';
import { type Memory, Mind } from './mind.js';
import { snapshotsInLog } from './snapshots.js';

const AWAKE_MAX = 20_000;

/** Then it speaks of nothing that was: what a player waits for does not wait for a memory. */
const RECALL_WITHIN_MS = 40;

type Ready = { mind: Mind; stage: Stage; recalled: readonly Recalled[] };

/** What a companion does about an event. */
type Answer = { delivery: Delivery; acts: readonly NewEvent[]; append: Span | null };

/** The companions that this process plays, each awake as long as there is room. */
export class Companions {
  private readonly awake = new Map<string, Mind>();
  /** One turn at a time for each player: what is given meanwhile waits here for the next, all of it at once. */
  private readonly waiting = new Map<string, Delivery[]>();
  private readonly turns = new Set<Promise<void>>();
  private readonly memory: Memory;
  private readonly recallFor: RecallFor;
  private readonly tracing: Tracing;

  constructor(
    private readonly parts: ReactorParts,
    private readonly loans: Loans,
    private readonly signal: AbortSignal,
  ) {
    const { log, warn, book = openBook(), snapshotEvery: every, recallFor, tracing = untraced } = parts;
    this.tracing = tracing;
    const snapshots = snapshotsInLog({ log, warn, book, ...(every && { every }) });
    this.memory = { log, snapshots, book, remembers: recallFor !== undefined };
    this.recallFor = recallInTime(recallFor, { withinMs: RECALL_WITHIN_MS, warn });
  }

  give(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      this.loans.taken(delivery);
      const { stream } = delivery.event;
      const waiting = this.waiting.get(stream);
      if (waiting) waiting.push(delivery);
      else this.begin(stream, delivery);
    }
  }

  /** Resolves when nothing that was given is being worked on. */
  async quiet(): Promise<void> {
    await Promise.all(this.turns);
  }

  private begin(stream: string, first: Delivery): void {
    this.waiting.set(stream, [first]);
    const turns = this.inTurns(stream).finally(() => this.turns.delete(turns));
    this.turns.add(turns);
  }

  /** What is given again while its act is still being written waits until that is durable. */
  private async inTurns(stream: string): Promise<void> {
    // Whoever gives several does so in one go: they are one turn.
    await null;
    for (let mine = this.waiting.get(stream)!; mine.length > 0; mine = this.waiting.get(stream)!) {
      this.waiting.set(stream, []);
      try {
        await this.react(stream, mine);
      } catch (error) {
        // Nothing is given back: the log gives it again.
        this.awake.delete(stream);
        this.parts.warn(`the companion of ${stream} stumbled`, error);
      }
    }
    this.waiting.delete(stream);
    this.doze();
  }

  private async react(stream: string, deliveries: Delivery[]): Promise<void> {
    const answers: Answer[] = [];
    for (const delivery of deliveries) {
      if (this.loans.wasDone(delivery)) {
        this.loans.done(delivery);
        continue;
      }
      const { event } = delivery;
      // Waking it would keep a snapshot of who is gone.
      if (endsAll(event)) {
        this.awake.delete(stream);
        answers.push({ delivery, acts: [], append: null });
        continue;
      }
      const began = performance.now();
      const span = isOwn(event) ? null : this.tracing.within('feel', event.metadata?.traceparent);
      const ready = await this.patiently(() => this.readyFor(event, span?.traceparent));
      if (!ready) return;
      let reaction: ReturnType<Mind['take']>;
      try {
        const { mind, ...about } = ready;
        reaction = mind.take(event, span ? { ...about, choosing: choosingIn(this.tracing, span) } : about);
      } catch (error) {
        // A bug, or an event that cannot be read, is for people: it must not hold up what follows.
        this.park(delivery, error);
        continue;
      }
      const { acted } = reaction;
      answers.push(this.answerTo(delivery, reaction, span?.traceparent));
      if (!isOwn(event)) this.parts.felt?.(feltAs(event, acted, this.parts.now(), began));
      span?.end(spanOf(event, acted));
    }
    await this.store(stream, answers);
  }

  private answerTo(
    delivery: Delivery,
    { acted, moderated }: ReturnType<Mind['take']>,
    traceparent: string | undefined,
  ): Answer {
    const told: LogEvent[] = [];
    if (moderated) told.push({ type: 'MessageModerated', data: moderated });
    if (acted) told.push({ type: 'CompanionActed', data: acted });
    const append = told.length > 0 ? this.tracing.within('append', traceparent) : null;
    const acts = told.map((act) => this.asEvent(delivery.event, act, append?.traceparent));
    return { delivery, acts, append };
  }

  /** All that a reaction to this event needs. @throws LogUnavailable */
  private async readyFor(event: PlacedEvent, traceparent: string | undefined): Promise<Ready> {
    const mind = await this.mindFor(event);
    await learnFor(this.memory.book, [event], this.memory.log);
    const { gameId } = event.metadata;
    const { stageOf } = this.parts;
    const stage = stageOf && gameId ? await stageOf(gameId) : plainStage;
    // Nobody is there to hear a line of its own about what is read from a recording: none is paid for, nothing recalled.
    if (event.metadata.imported) return { mind, stage: { ...stage, llm: false }, recalled: [] };
    const cue = this.parts.recallFor ? mind.wantsMemory(event, stage) : null;
    return { mind, stage, recalled: cue ? await this.comesToMind(event, cue, traceparent) : [] };
  }

  private comesToMind(
    { stream, revision }: PlacedEvent,
    cue: Cue,
    traceparent: string | undefined,
  ): Promise<readonly Recalled[]> {
    const playerId = stream.slice('player-'.length);
    return this.recallFor({ playerId, revision, cue, limit: RECALLED_FOR_LINE, traceparent });
  }

  /** The companion as it was just before this event. @throws LogUnavailable */
  private async mindFor({ stream, revision }: PlacedEvent): Promise<Mind> {
    const awake = this.awake.get(stream);
    // Others may have played this companion meanwhile, or something old is given again.
    if (awake?.next === revision) return awake;
    const mind = await Mind.wake(this.memory, stream, revision);
    this.awake.delete(stream);
    this.awake.set(stream, mind);
    return mind;
  }

  /** Again and again while the log is away; null when told to stop before it could tell. */
  private async patiently<T>(work: () => Promise<T>): Promise<T | null> {
    for (let tries = 0; !this.signal.aborted; tries++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof LogUnavailable)) throw error;
        await backoff(tries, 2_000, this.signal);
      }
    }
    return null;
  }

  private asEvent(cause: PlacedEvent, { type, data }: LogEvent, traceparent: string | undefined): NewEvent {
    const { $correlationId, clientId, gameId } = cause.metadata;
    const tenant = { ...(clientId && { clientId }), ...(gameId && { gameId }) };
    const about = { correlationId: $correlationId, causationId: cause.id, traceparent, ...tenant };
    const id = derivedId(cause.id, type === 'CompanionActed' ? 'companion-acted' : 'message-moderated');
    return { id, type, data, metadata: metadataOf(type, about, this.parts.now()) };
  }

  /** The acts of a companion are stored in the order of their causes, also when one has to be tried again. */
  private async store(stream: string, answers: Answer[]): Promise<void> {
    const acts = answers.flatMap((answer) => answer.acts);
    for (let tries = 0; acts.length > 0; tries++) {
      if (this.signal.aborted) return;
      try {
        const { ok } = await this.parts.log.append(stream, acts, 'any');
        if (!ok) return await this.oneByOne(stream, answers);
        break;
      } catch (error) {
        if (!(error instanceof LogUnavailable)) return this.refused(stream, answers, error);
        await backoff(tries, 2_000, this.signal);
      }
    }
    for (const { delivery, append } of answers) {
      append?.end();
      this.loans.done(delivery);
    }
  }

  /** Given again they are cut into other batches: of one that is in the log in part, each is stored alone. */
  private async oneByOne(stream: string, answers: Answer[]): Promise<void> {
    if (answers.length === 1) return this.refused(stream, answers, new Error('the log refuses the act'));
    for (const answer of answers) await this.store(stream, [answer]);
  }

  /** A stream that takes no more events must not stop the others. */
  private refused(stream: string, answers: Answer[], error: unknown): void {
    this.awake.delete(stream);
    for (const { delivery, acts } of answers) {
      if (acts.length > 0) this.park(delivery, error);
      else this.loans.done(delivery);
    }
  }

  private park(delivery: Delivery, error: unknown): void {
    const { stream, id } = delivery.event;
    this.parts.warn(`event ${id} of ${stream} is parked`, error);
    this.parts.parked?.();
    this.loans.park(delivery, (error as Error).message.split('\n')[0]!);
  }

  private doze(): void {
    for (const stream of this.awake.keys()) {
      if (this.awake.size <= (this.parts.awakeMax ?? AWAKE_MAX)) return;
      if (!this.waiting.has(stream)) this.awake.delete(stream);
    }
  }
}
