import type { WriteSide } from '../../commands/context.js';
import { readLogEvent } from '../../domain/events/read.js';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';
import type { PlacedEvent, Position } from '../../eventstore/log.js';
import { START } from '../../eventstore/log.js';
import type { PlayerCaller } from '../auth/authenticate.js';
import { awayOf } from '../away.js';
import { countedBy } from '../limits/counted.js';
import { isShown, type Show } from './show.js';
import type { Whispers } from './whispers.js';

/** Somebody a companion's actions are pushed to. */
export type Listener = {
  /** By the token that it came with. */
  readonly caller: PlayerCaller;
  readonly kind: 'websocket' | 'sse';
  /** `text` is the frame as it goes over the wire. */
  act(text: string, revision: number): void;
  /** An act that is in the log cannot be shown now: a part that it needs is away. All before it has been told. */
  unopened(revision: number): void;
  /** A line that is being written; it has no place in the log. */
  hear(text: string): void;
  /** What its token stands on has ended, or ends then (ISO 8601). */
  dismiss(reason: string, endsAt?: string): void;
  /** This instance ends: what is under way is answered, and the client goes on at another. May be called again. */
  restart(): void;
};

export const KEY_ENDED = 'the API key behind this player token has ended';

const takesRightsAway: ReadonlySet<string> = new Set([
  'ApiKeyRevoked',
  'ApiKeyRetired',
  'PlayerTokensRevoked',
  'PlayerErased',
  'GameDeleted',
]);

export type PushOptions = {
  /** Told who is here. */
  whispers?: Pick<Whispers, 'came' | 'left'>;
  /** Connections that stand on one API key, at most. */
  ofKeyMax?: number;
};

/** Tokens that a login made stand on no key, but on their client. */
const keyBehind = ({ keyId, clientId }: PlayerCaller): string => keyId ?? clientId;

/** Brings what companions do to every connection of their player. Fed by the log alone. */
export class Push {
  private readonly listeners = new Map<string, Set<Listener>>();
  /** Of players some of whose frames take their time: the last of them. Others wait behind it. */
  private readonly turns = new Map<string, Promise<void>>();
  /** All events up to here have been pushed. */
  position: Position = START;
  /** This instance ends, and lets nobody in. */
  leaving = false;

  readonly connections = { websocket: 0, sse: 0 };

  private readonly ofKeys = countedBy();

  constructor(
    readonly show: Show,
    private readonly side: Pick<WriteSide, 'watch' | 'tracing'>,
    private readonly more: PushOptions = {},
  ) {}

  /** What a caller is told who would be one too many of an API key. */
  full(caller: PlayerCaller): Rejection | null {
    const { ofKeyMax = Number.MAX_SAFE_INTEGER } = this.more;
    if (this.ofKeys.of(keyBehind(caller)) < ofKeyMax) return null;
    return reject('rate_limited', 'too many connections of this API key', { retryAfterMs: 1_000 });
  }

  add(listener: Listener): void {
    const { playerId } = listener.caller;
    this.connections[listener.kind]++;
    this.ofKeys.add(keyBehind(listener.caller));
    const others = this.listeners.get(playerId);
    if (others) others.add(listener);
    else {
      this.listeners.set(playerId, new Set([listener]));
      this.more.whispers?.came(playerId);
    }
    if (this.leaving) listener.restart();
  }

  /** From now on everybody is sent elsewhere, also who comes later. */
  restart(): void {
    this.leaving = true;
    for (const listeners of this.listeners.values())
      for (const listener of [...listeners]) listener.restart();
  }

  remove(listener: Listener): void {
    const { playerId } = listener.caller;
    const others = this.listeners.get(playerId);
    if (others?.delete(listener)) {
      this.connections[listener.kind]--;
      this.ofKeys.remove(keyBehind(listener.caller));
    }
    if (others?.size !== 0) return;
    this.listeners.delete(playerId);
    this.more.whispers?.left(playerId);
  }

  observe(event: PlacedEvent): void {
    if (isShown(event)) this.deliver(event);
    else if (takesRightsAway.has(event.type)) this.takeRightsAway(event);
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
    const span = this.side.tracing.within('push', event.metadata.traceparent);
    const frame = this.show(event);
    const told = (text: string | null) => {
      this.tell(playerId, text, event.revision);
      this.side.watch.pushed(event);
      span?.end();
    };
    if (!before && !(frame instanceof Promise)) return told(frame);
    // What comes later must not overtake it.
    const turn = Promise.allSettled([frame, before]).then(([shown]) => {
      if (shown.status === 'fulfilled') told(shown.value);
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

  private takeRightsAway(event: PlacedEvent): void {
    const read = readLogEvent(event);
    switch (read?.type) {
      case 'ApiKeyRevoked':
        return this.dismiss(KEY_ENDED, ({ keyId }) => keyId === read.data.keyId);
      case 'ApiKeyRetired':
        return this.dismiss(KEY_ENDED, ({ keyId }) => keyId === read.data.keyId, read.data.endsAt);
      case 'PlayerTokensRevoked': {
        const player = event.stream.slice('player-'.length);
        const { upTo } = read.data;
        const isMeant = (caller: PlayerCaller) => caller.playerId === player && caller.issuedAt <= upTo;
        return this.dismiss('this player token has been revoked', isMeant);
      }
      case 'PlayerErased': {
        const player = event.stream.slice('player-'.length);
        return this.dismiss('this player was erased', ({ playerId }) => playerId === player);
      }
      case 'GameDeleted': {
        const game = event.stream.slice('game-'.length);
        return this.dismiss('the game of this player token has ended', ({ gameId }) => gameId === game);
      }
    }
  }

  private dismiss(reason: string, isMeant: (caller: PlayerCaller) => boolean, endsAt?: string): void {
    for (const listeners of this.listeners.values()) {
      for (const listener of [...listeners]) if (isMeant(listener.caller)) listener.dismiss(reason, endsAt);
    }
  }
}
