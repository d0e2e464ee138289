import { CompanionError, messageOf } from './errors.js';
import type { CompanionAction, DialogueFrame } from './protocol.js';
import type { ActionHandler, LineHandler } from './types.js';

/** How many actions wait for a first handler. Later ones are asked for again from the engine. */
const MAX_HELD = 1000;
/** How many handed-over actions are remembered. The engine repeats at most those after `resume`. */
const MAX_SEEN = 10_000;

/** Companion actions on their way to the game: each exactly once, in order; and lines as they grow. */
export type Inbox = {
  readonly handlers: Set<ActionHandler>;
  readonly lineHandlers: Set<LineHandler>;
  readonly seen: Set<string>;
  held: { action: CompanionAction; seenAt: number }[];
  /** True when actions were let go because nobody listened: the engine must send them again. */
  missed: boolean;
  handing: boolean;
  /** Position of the last action handed over. */
  resume: string | undefined;
  onError(error: CompanionError): void;
};

export const createInbox = (resume: string | undefined, onError: Inbox['onError']): Inbox => ({
  handlers: new Set(),
  lineHandlers: new Set(),
  seen: new Set(),
  held: [],
  missed: false,
  handing: false,
  resume,
  onError,
});

/** True when the action moved `resume`. */
export function receive(inbox: Inbox, action: CompanionAction, seenAt: number): boolean {
  const known = keyOf(action);
  if (inbox.missed || inbox.seen.has(known)) return false;
  if (inbox.held.length >= MAX_HELD) {
    inbox.missed = true;
    return false;
  }
  remember(inbox, known);
  inbox.held.push({ action, seenAt });
  return handOver(inbox);
}

/** An action whose line is still being written comes twice: its body first, then all of it. */
const keyOf = ({ actionId, lineFollows }: CompanionAction) => (lineFollows ? `${actionId} body` : actionId);

function remember(inbox: Inbox, key: string): void {
  inbox.seen.add(key);
  if (inbox.seen.size > MAX_SEEN) inbox.seen.delete(inbox.seen.values().next().value!);
}

/** Hands over what waits, as long as somebody listens. A handler may end up here again: the outer call goes on. */
export function handOver(inbox: Inbox): boolean {
  if (inbox.handing) return false;
  inbox.handing = true;
  let moved = false;
  while (inbox.held.length > 0 && inbox.handlers.size > 0) {
    const { action, seenAt } = inbox.held.shift()!;
    inbox.resume = action.position;
    moved = true;
    for (const handler of [...inbox.handlers]) call(inbox, () => handler(action, { seenAt }));
  }
  inbox.handing = false;
  return moved;
}

/** A piece of a line: for who listens now; whoever comes later gets the whole line with its action. */
export function hear(inbox: Inbox, { actionId, causedBy, delta, retracted }: DialogueFrame): void {
  const piece = { actionId, causedBy, delta: delta ?? '', retracted: retracted ?? false };
  for (const handler of [...inbox.lineHandlers]) call(inbox, () => handler(piece));
}

function call(inbox: Inbox, handler: () => unknown): void {
  const failed = (cause: unknown) =>
    inbox.onError(new CompanionError('handler', `a handler failed: ${messageOf(cause)}`, { cause }));
  try {
    const result = handler();
    if (result instanceof Promise) result.catch(failed);
  } catch (error) {
    failed(error);
  }
}
