import { type AtHand, atHandAfter } from '../../domain/companion/at-hand.js';
import { type Occurrence, occurrenceOf } from '../../domain/companion/facts.js';
import type { GameEvent } from '../../domain/events/game-event.js';
import type { LogEvent } from '../../domain/events/log-events.js';
import { readOrPassOver } from '../../domain/events/read.js';
import type { EventLog } from '../../eventstore/log.js';
import { othersIn, type Sealer } from '../person-keys/sealer.js';
import type { Recollection } from './remembered.js';

/** What happened before a line is asked for, oldest first; what a person wrote is opened. */
export type Briefing = {
  /** What the player is called. */
  player: string | null;
  /** What the line answers, when that is a message. */
  message: string | null;
  /** What it answers, when that happened in the game. */
  cause: Occurrence | null;
  happened: readonly Occurrence[];
  /** What the companion said last. */
  said: readonly string[];
  talk: readonly { player?: string; companion?: string }[];
  /** What the match is played with. */
  atHand: AtHand;
  /** Streams of others whom earlier lines tell of. */
  origins: readonly string[];
  /** What came to mind. */
  remembers: readonly Recollection[];
};

/** So many events before the cause are looked at, and the cause itself is looked for so far back. */
const LOOK_BACK = 80;
const REACH = 5_000;
const HAPPENED_MAX = 6;
const SAID_MAX = 6;
const TALK_MAX = 6;

/** The act, what it answers, and what the player is called, sealed. */
type Where = { stream: string; revision: number; causedBy: string; name?: string | undefined };
type Parts = { log: Pick<EventLog, 'readStream'>; sealer: Pick<Sealer, 'open'> };
type Told = LogEvent & { id: string };

/** @throws LogUnavailable, KeysUnavailable */
export async function briefingFor({ log, sealer }: Parts, where: Where): Promise<Briefing> {
  const { stream, causedBy, name } = where;
  const origins = new Set<string>();
  const open = (sealed: string) => {
    for (const other of othersIn(sealed)) origins.add(other);
    return sealer.open(stream, sealed);
  };
  const events = await eventsBefore(log, where);
  const cause = events.find(({ id }) => id === causedBy);
  const { said, talk } = await spokenIn(events, causedBy, open);
  return {
    player: name === undefined ? null : await open(name),
    message: cause?.type === 'ChatMessageReceived' ? await open(cause.data.text) : null,
    cause: cause?.type === 'GameEventRecorded' ? occurrenceOf(cause.data) : null,
    happened: events
      .flatMap((event) => (event.type === 'GameEventRecorded' ? [occurrenceOf(event.data)] : []))
      .slice(-HAPPENED_MAX),
    said: said.slice(-SAID_MAX),
    talk: cause?.type === 'ChatMessageReceived' ? talk.slice(-TALK_MAX) : [],
    atHand: events.reduce(
      (atHand: AtHand, { type, data }) =>
        type === 'GameEventRecorded' ? atHandAfter(atHand, data as Pick<GameEvent, 'type' | 'data'>) : atHand,
      {},
    ),
    origins: [...origins],
    remembers: [],
  };
}

/** Events up to an act, its cause and some before it: between the two there may be many that came with the cause. */
async function eventsBefore(log: Parts['log'], { stream, revision, causedBy }: Where): Promise<Told[]> {
  const events: Told[] = [];
  let before = Number.POSITIVE_INFINITY;
  for await (const stored of log.readStream(stream, { from: revision, backwards: true, max: REACH })) {
    const event = readOrPassOver(stored);
    if (event) events.push(event);
    if (stored.id === causedBy) before = LOOK_BACK;
    else if (--before <= 0) break;
  }
  return events.reverse();
}

/** What was said, and what the two said to each other before the message that is answered. */
async function spokenIn(events: readonly Told[], causedBy: string, open: Open) {
  const said: string[] = [];
  const talk: { player?: string; companion?: string }[] = [];
  let inTalk = false;
  for (const event of events) {
    if (event.type === 'ChatMessageReceived') {
      const text = event.id === causedBy ? null : await open(event.data.text);
      inTalk = text !== null;
      if (text !== null) talk.push({ player: text });
      continue;
    }
    const line = await lineIn(event, open);
    if (line === null) continue;
    said.push(line);
    if (inTalk) talk.push({ companion: line });
    inTalk = false;
  }
  return { said, talk };
}

/** So far back a session is looked at. */
const SESSION_LOOK_BACK = 2_000;

/** What a session came to: what happened how often, and the last lines. @throws LogUnavailable, KeysUnavailable */
export async function sessionBriefing(parts: Parts, where: Where): Promise<Briefing> {
  const briefing = await briefingFor(parts, where);
  const counts = new Map<string, number>();
  const { stream, revision } = where;
  for await (const stored of parts.log.readStream(stream, {
    from: revision,
    backwards: true,
    max: SESSION_LOOK_BACK,
  })) {
    const event = readOrPassOver(stored);
    if (event?.type !== 'GameEventRecorded') continue;
    if (event.data.type === 'session.start') break;
    counts.set(event.data.type, (counts.get(event.data.type) ?? 0) + 1);
  }
  return { ...briefing, happened: [...counts].map(([what, times]) => ({ what, times })) };
}

type Open = (sealed: string) => Promise<string | null>;

async function lineIn(event: LogEvent, open: Open): Promise<string | null> {
  if (event.type === 'LineWritten') return open(event.data.dialogue.text);
  if (event.type === 'CompanionActed' || event.type === 'LineFailed')
    return event.data.dialogue?.text ?? null;
  return null;
}
