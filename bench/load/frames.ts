import { randomBytes } from 'node:crypto';
import { simulate } from '../../cli/simulator/index.js';
import type { GameEvent } from '../../domain/events/game-event.js';
import type { Story } from './jobs.js';

/** An event as a game tells it, without its id. */
export type Tale = Omit<GameEvent, 'id'>;

const STARTED_AT = '2026-01-01T12:00:00.000Z';
const MATCHES = 8;

/** Matches of the built-in simulator, one after the other; or what a companion never leaves unanswered. */
export function tales(story: Story): Tale[] {
  const told = Array.from({ length: MATCHES }, (_, seed) => matchOf(seed + 1)).flat();
  return story === 'match' ? told : told.map(answered);
}

function matchOf(seed: number): Tale[] {
  const [player] = simulate({ seed, startedAt: STARTED_AT, lang: 'en' }).players;
  return player!.events.flatMap((event) => {
    if (event.kind === 'chat') return [];
    const { id: _, ...tale } = event;
    return [tale];
  });
}

/** The same sizes, times and context, told as something that is always an occasion to speak. */
const alwaysAnswered = ['player.achievement', 'player.victory', 'player.multi_kill'] as const;
const answered = (tale: Tale, at: number): Tale => ({ ...tale, type: alwaysAnswered[at % 3]! });

/**
 * A frame that is ready to be sent again and again under ids never used before: they are written into its
 * bytes, so that making load costs next to nothing beside bearing it.
 */
export type Frame = { bytes: Buffer; places: number[] };

const ID = '00000000-0000-4000-8000-000000000000';

/** One event: `game_event`; more: `game_events`. */
export function frameOf(events: readonly Tale[]): Frame {
  const frame =
    events.length === 1
      ? { type: 'game_event', id: ID, event: events[0] }
      : { type: 'game_events', id: ID, events: events.map((event) => ({ id: ID, ...event })) };
  const bytes = Buffer.from(JSON.stringify(frame));
  const places: number[] = [];
  for (let at = bytes.indexOf(ID); at >= 0; at = bytes.indexOf(ID, at + ID.length)) places.push(at);
  return { bytes, places };
}

/** Frames of `size` events each, over all of the tales. */
export function framesOf(story: Story, size: number): Frame[] {
  const told = tales(story);
  const count = Math.ceil(told.length / size);
  return Array.from({ length: count }, (_, at) =>
    frameOf(Array.from({ length: size }, (_, i) => told[(at * size + i) % told.length]!)),
  );
}

/** Gives out ids never used before, by any process. */
export class Ids {
  private readonly prefix = randomBytes(4).toString('hex');
  private used = 0;

  /** Writes fresh ids into a frame. @returns the frame's own. */
  into({ bytes, places }: Frame): string {
    for (const place of places) bytes.write(this.fresh(), place, 'latin1');
    return bytes.toString('latin1', places[0], places[0]! + ID.length);
  }

  fresh(): string {
    return `${this.prefix}-0000-4000-8000-${(++this.used).toString(16).padStart(12, '0')}`;
  }
}
