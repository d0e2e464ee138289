import type { LogEventOf, LogEventType } from '../../domain/events/log-events.js';
import { readLogEvent } from '../../domain/events/read.js';
import type { LoggedEvent } from '../parts.js';
import type { PlayerRecords } from '../records/player.js';

type OwnHistory = PlayerRecords['history'];

/** An event of the log, read in today's shape, with its place. */
export type Told<T extends LogEventType> = Omit<LoggedEvent, 'type' | 'data'> & LogEventOf<T>;

/** An act, and all in its player's stream that belongs to it. */
export type FoundAct = {
  acted: Told<'CompanionActed'>;
  /** What it answers; `null`: the log does not have it any more. */
  cause: Told<'GameEventRecorded' | 'ChatMessageReceived'> | null;
  moderated: Told<'MessageModerated'> | null;
  requested: Told<'LineRequested'> | null;
  /** `null`: it asked for no line, or that is still being written. */
  outcome: Told<'LineWritten' | 'LineFailed'> | null;
};

type Wanted = {
  actionId: string;
  /** Where the act is, as far as somebody knows. */
  revision?: number | undefined;
};

/** The act in the log itself; `null` when the stream has none of this id. */
export async function findAct(history: OwnHistory, wanted: Wanted): Promise<FoundAct | null> {
  const act = (await actAt(history, wanted)) ?? (await actAnywhere(history, wanted));
  if (!act) return null;
  const acted = readLogEvent(act) as Told<'CompanionActed'>;
  return { acted, ...(await whatItAnswers(history, acted)), ...(await whatCameOfIt(history, acted)) };
}

const isAct = ({ type, data }: LoggedEvent, actionId: string): boolean =>
  type === 'CompanionActed' && (data as { actionId?: unknown }).actionId === actionId;

async function actAt(history: OwnHistory, { actionId, revision }: Wanted): Promise<LoggedEvent | null> {
  if (revision === undefined) return null;
  for await (const event of history({ from: revision, max: 1 })) if (isAct(event, actionId)) return event;
  return null;
}

/** Its row may be gone with its month: the stream has it all the same. */
async function actAnywhere(history: OwnHistory, { actionId }: Wanted): Promise<LoggedEvent | null> {
  for await (const event of history()) if (isAct(event, actionId)) return event;
  return null;
}

const causes = new Set(['GameEventRecorded', 'ChatMessageReceived']);

/** Nearly always the event just before; after an import, or a reactor that was behind, many lie between. */
async function whatItAnswers(
  history: OwnHistory,
  { revision, data: { causedBy } }: Told<'CompanionActed'>,
): Promise<Pick<FoundAct, 'cause' | 'moderated'>> {
  let moderated: FoundAct['moderated'] = null;
  if (revision === 0) return { cause: null, moderated };
  for await (const event of history({ from: revision - 1, backwards: true })) {
    if (event.type === 'MessageModerated' && (event.data as { messageId?: unknown }).messageId === causedBy)
      moderated = readLogEvent(event) as FoundAct['moderated'];
    if (event.id === causedBy && causes.has(event.type))
      return { cause: readLogEvent(event) as FoundAct['cause'], moderated };
  }
  return { cause: null, moderated };
}

async function whatCameOfIt(
  history: OwnHistory,
  { revision, data: { actionId, asks } }: Told<'CompanionActed'>,
): Promise<Pick<FoundAct, 'requested' | 'outcome'>> {
  let requested: FoundAct['requested'] = null;
  if (!asks) return { requested, outcome: null };
  for await (const event of history({ from: revision + 1 })) {
    if ((event.data as { actionId?: unknown } | null)?.actionId !== actionId) continue;
    if (event.type === 'LineRequested') requested = readLogEvent(event) as FoundAct['requested'];
    if (event.type === 'LineWritten' || event.type === 'LineFailed')
      return { requested, outcome: readLogEvent(event) as FoundAct['outcome'] };
  }
  return { requested, outcome: null };
}
