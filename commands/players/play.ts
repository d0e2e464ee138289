import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ReachedPlayer } from '../../domain/access/reached.js';
import { toneOf } from '../../domain/emotion/tone/tone.js';
import type { GameEvent } from '../../domain/events/game-event.js';
import type { LogEventData, Sealed } from '../../domain/events/log-events.js';
import { streamOf } from '../../domain/kernel/ids.js';
import type { Language } from '../../domain/kernel/language.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { tellsOfOneself } from '../../domain/memory/telling.js';
import { wishesToForget } from '../../domain/memory/wishing.js';
import { type Player, player } from '../../domain/player/player.js';
import { metadataOf, type WriteSide } from '../context.js';
import type { Done, Draft, Work } from '../hot-streams.js';
import { WRITE_SIDE } from '../tokens.js';
import { leaseFor, quotaExceeded } from './lease.js';
import { firstOfEach, inParts, PART_BYTES } from './parts.js';
import { settingsNow, settingsOf } from './settings.js';

/** Where a player's stream stands with what was sent, durably. */
export type Recorded = { position: number; revision: number; accepted: number; duplicates: number };

/** What a player's frame or request is: ids and times are set, personal text still open. */
export type Origin = {
  player: ReachedPlayer;
  correlationId: string;
  imported?: true;
  /** Of what it is done for, where that is traced. */
  traceparent?: string | undefined;
};

export class RecordGameEvents extends Command<Recorded | Rejection> {
  constructor(
    readonly origin: Origin,
    readonly events: readonly GameEvent[],
    /** About how long the events are as JSON text. */
    readonly bytes: number,
  ) {
    super();
  }
}

/** Room for ids, names and metadata of one event. */
const OVERHEAD_BYTES = 512;

@CommandHandler(RecordGameEvents)
export class RecordGameEventsHandler implements ICommandHandler<RecordGameEvents> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ origin, events, bytes }: RecordGameEvents): Promise<Recorded | Rejection> {
    const taken = leaseFor(this.side, origin, events.length);
    // What is sent after this must not overtake it: one waits only for what is not in memory.
    const lease = taken instanceof Promise ? await taken : taken;
    let total: Recorded = { position: 0, revision: -1, accepted: 0, duplicates: 0 };
    try {
      const parts = bytes > PART_BYTES ? [...inParts(events)] : [events];
      const tooMany = parts.length > 1 && (await this.exceeds(origin, events, lease.granted));
      if (tooMany) return tooMany;
      for (const part of parts) {
        const room = { bytes: Math.min(bytes, PART_BYTES), events: lease.granted - total.accepted };
        const recorded = await this.record(origin, part, room);
        if (recorded instanceof Rejection) return recorded;
        total = {
          position: recorded.position,
          revision: recorded.revision,
          accepted: total.accepted + recorded.written,
          duplicates: total.duplicates + part.length - recorded.written,
        };
      }
      return total;
    } finally {
      lease.settle(total.accepted);
    }
  }

  /** A no to what is stored in parts: all of it is new enough, or none is stored. */
  private async exceeds(
    { player: id }: Origin,
    events: readonly GameEvent[],
    granted: number,
  ): Promise<Rejection | null> {
    if (granted >= events.length) return null;
    const now = this.side.now();
    const looked = await this.side.players.submit(streamOf.player(id), (_, knows) =>
      firstOfEach(events).filter((event) => !knows(event.id)).length > granted ? quotaExceeded(now) : [],
    );
    return looked instanceof Rejection ? looked : null;
  }

  /** `room`: about how long they are, and how many of them may be new. */
  private async record(
    origin: Origin,
    events: readonly GameEvent[],
    room: { bytes: number; events: number },
  ): Promise<Done<Player> | Rejection> {
    const { player: id, imported } = origin;
    const now = this.side.now();
    const known = settingsNow(this.side, id);
    const settings = known === null ? await settingsOf(this.side, id) : known.mark;
    if (settings instanceof Rejection) return settings;
    let fresh: readonly GameEvent[] = [];
    const work =
      (about: About): Work<Player> =>
      (state, knows) => {
        fresh = firstOfEach(events).filter((event) => !knows(event.id));
        // What is stored already is told so, however little is left.
        if (fresh.length > room.events) return quotaExceeded(now);
        const decided = player.decide({ type: 'RecordGameEvents', events: fresh, settings }, state);
        if (decided instanceof Rejection) return decided;
        const tenant = { ...(imported && { imported }), ...tenantOf(state) };
        return decided.map((event, at): Draft => {
          const cause = { ...about, causationId: fresh[at]!.id, ...tenant };
          return { ...event, id: fresh[at]!.id, metadata: metadataOf(event.type, cause, now) };
        });
      };
    const done = await submitted(this.side, origin, work, room.bytes + events.length * OVERHEAD_BYTES);
    if (!(done instanceof Rejection) && done.written > 0) this.side.watch.stored(fresh);
    return done;
  }
}

type About = { correlationId: string; traceparent: string | undefined };

/** Traced as far as the log takes part, where the frame is. */
async function submitted(
  { players, tracing }: WriteSide,
  { player: id, correlationId, traceparent }: Origin,
  work: (about: About) => Work<Player>,
  bytes?: number,
): Promise<Done<Player> | Rejection> {
  const span = tracing.within('append', traceparent);
  const about = { correlationId, traceparent: span?.traceparent };
  return players.submit(streamOf.player(id), work(about), bytes).finally(() => span?.end());
}

export class ReceiveChatMessage extends Command<Recorded | Rejection> {
  constructor(
    readonly origin: Origin,
    readonly message: { id: string; text: string; at: string; lang?: Language; stream?: boolean },
  ) {
    super();
  }
}

@CommandHandler(ReceiveChatMessage)
export class ReceiveChatMessageHandler implements ICommandHandler<ReceiveChatMessage> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ origin, message }: ReceiveChatMessage): Promise<Recorded | Rejection> {
    const text: Sealed = await this.side.sealer.seal(streamOf.player(origin.player), message.text);
    const { at, lang, stream } = message;
    return once(this.side, origin, {
      id: message.id,
      command: {
        type: 'ReceiveChatMessage',
        message: {
          text,
          at,
          ...(lang && { lang }),
          ...(stream && { stream }),
          ...toneIn(message.text),
          ...memoryIn(message.text),
        },
      },
    });
  }
}

/**
 * Before it is sealed: nobody who follows the log can read it. What tells of distress is not written down where many can
 * read it.
 */
export function toneIn(text: string): Pick<LogEventData<'ChatMessageReceived'>, 'tone'> {
  const { valence, arousal, certainty, abusive } = toneOf(text);
  if (certainty === 0) return {};
  return { tone: { valence, arousal, ...(abusive && { abuse: abusive.kind }) } };
}

/** What the text is to the companion's memory, found out before it is sealed for the same reason. */
export const memoryIn = (text: string): Pick<LogEventData<'ChatMessageReceived'>, 'tells' | 'wishes'> => ({
  ...(tellsOfOneself(text) && { tells: true }),
  ...(wishesToForget(text) && { wishes: 'forget' }),
});

export class GiveFeedback extends Command<Recorded | Rejection> {
  constructor(
    readonly origin: Origin,
    readonly id: string,
    readonly feedback: LogEventData<'FeedbackGiven'>,
  ) {
    super();
  }
}

@CommandHandler(GiveFeedback)
export class GiveFeedbackHandler implements ICommandHandler<GiveFeedback> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  execute({ origin, id, feedback }: GiveFeedback): Promise<Recorded | Rejection> {
    return once(this.side, origin, { id, command: { type: 'GiveFeedback', feedback } });
  }
}

type Identified = { id: string; command: Parameters<typeof player.decide>[0] };

/** A command of one event that carries the frame's id: sent again, it is known. */
async function once(
  side: WriteSide,
  origin: Origin,
  { id, command }: Identified,
): Promise<Recorded | Rejection> {
  const done = await submitted(side, origin, (about) => (state, knows) => {
    if (knows(id)) return [];
    const decided = player.decide(command, state);
    if (decided instanceof Rejection) return decided;
    const { imported } = origin;
    const cause = { ...about, causationId: id, ...(imported && { imported }), ...tenantOf(state) };
    return decided.map(
      (event): Draft => ({ ...event, id, metadata: metadataOf(event.type, cause, side.now()) }),
    );
  });
  if (done instanceof Rejection) return done;
  const { position, revision, written } = done;
  return { position, revision, accepted: written, duplicates: 1 - written };
}

const tenantOf = ({ clientId, gameId }: Player) => ({ clientId, gameId });
