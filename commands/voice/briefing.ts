import { type Occurrence, occurrenceOf } from '../../domain/companion/facts.js';
import { isLogEventType, type LogEvent } from '../../domain/events/log-events.js';
import { readLogEvent, UnreadableEvent } from '../../domain/events/read.js';
import type { EventLog, StoredEvent } from '../../eventstore/log.js';
import type { Sealer } from '../person-keys/sealer.js';

/** What happened before a line is asked for, oldest first; what a person wrote is opened. */
export type Briefing = {
  /** What the player is called. */
  player: string | null;
  /** What the line answers, when that is a message. */
  message: string | null;
  happened: readonly Occurrence[];
  /** What the companion said last. */
  said: readonly string[];
  talk: readonly { player?: string; companion?: string }[];
};

/** So far back it is read. */
const LOOK_BACK = 80;
const HAPPENED_MAX = 6;
const SAID_MAX = 6;
const TALK_MAX = 6;

type Where = { stream: string; revision: number; causedBy: string };
type Parts = { log: EventLog; sealer: Pick<Sealer, 'open'> };

/** @throws LogUnavailable, KeysUnavailable */
export async function briefingFor(
  { log, sealer }: Parts,
  { stream, revision, causedBy }: Where,
): Promise<Briefing> {
  const events: (LogEvent & { id: string })[] = [];
  for await (const stored of log.readStream(stream, { from: revision, backwards: true, max: LOOK_BACK })) {
    const event = readable(stored);
    if (event) events.unshift(event);
  }
  const open = (sealed: string) => sealer.open(stream, sealed);
  const happened: Occurrence[] = [];
  const said: string[] = [];
  const talk: { player?: string; companion?: string }[] = [];
  let message: string | null = null;
  let inTalk = false;
  for (const event of events) {
    if (event.type === 'GameEventRecorded') happened.push(occurrenceOf(event.data));
    else if (event.type === 'ChatMessageReceived') {
      const text = await open(event.data.text);
      inTalk = text !== null;
      if (event.id === causedBy) message = text;
      else if (text !== null) talk.push({ player: text });
    } else {
      const line = await lineIn(event, open);
      if (line === null) continue;
      said.push(line);
      if (inTalk) talk.push({ companion: line });
      inTalk = false;
    }
  }
  return {
    player: await nameIn(log, { stream, events, open }),
    message,
    happened: happened.slice(-HAPPENED_MAX),
    said: said.slice(-SAID_MAX),
    talk: message === null ? [] : talk.slice(-TALK_MAX),
  };
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
    const event = readable(stored);
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

type Naming = { stream: string; events: readonly LogEvent[]; open: Open };

/** The name that was given last; most players are given one when they are registered, or none. */
async function nameIn(log: EventLog, { stream, events, open }: Naming): Promise<string | null> {
  const named = (event: LogEvent) =>
    event.type === 'PersonaChosen' || event.type === 'PlayerRegistered' ? event.data.displayName : undefined;
  const lately = events.findLast((event) => named(event) !== undefined);
  const sealed = lately ? named(lately) : await firstName(log, stream, named);
  return sealed === undefined ? null : open(sealed);
}

async function firstName(log: EventLog, stream: string, named: (event: LogEvent) => string | undefined) {
  for await (const stored of log.readStream(stream, { max: 1 })) {
    const event = readable(stored);
    return event ? named(event) : undefined;
  }
  return undefined;
}

function readable(stored: StoredEvent): (LogEvent & { id: string }) | null {
  if (!isLogEventType(stored.type)) return null;
  try {
    return readLogEvent(stored);
  } catch (error) {
    if (error instanceof UnreadableEvent) return null;
    throw error;
  }
}
