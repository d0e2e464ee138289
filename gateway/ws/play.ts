import type { CommandBus } from '@nestjs/cqrs';
import {
  GiveFeedback,
  ReceiveChatMessage,
  type Recorded,
  RecordGameEvents,
} from '../../commands/players/play.js';
import type { ReachedPlayer } from '../../domain/access/reached.js';
import { formatPosition } from '../../domain/kernel/position.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import type { ClientFrame, ServerFrame, ServerFrameOf } from '../../sdk/protocol.js';
import { acceptEvent, acceptEvents } from '../events.js';

export type PlayFrame = Exclude<ClientFrame, { type: 'hello' | 'ping' }>;
export type PlayContext = {
  commands: CommandBus;
  player: ReachedPlayer;
  now: Date;
  traceparent: string | undefined;
};

/** A player's frame as its command, and the command's outcome as the answer. */
export async function carryOut(frame: PlayFrame, context: PlayContext, bytes: number): Promise<ServerFrame> {
  const outcome = await command(frame, context, bytes);
  return outcome instanceof Rejection ? refusalOf(frame, outcome) : ackOf(frame, outcome);
}

export function refusalOf({ id }: PlayFrame, { code, message, detail }: Rejection): ServerFrameOf<'error'> {
  return { type: 'error', id, code, message, ...detail };
}

export function ackOf({ id }: PlayFrame, recorded: Recorded): ServerFrameOf<'ack'> {
  const position = formatPosition(recorded.position, recorded.revision);
  const known = recorded.accepted === 0 && recorded.duplicates > 0;
  return { type: 'ack', id, position, ...(known && { duplicate: true as const }) };
}

export async function command(
  frame: PlayFrame,
  { commands, player, now, traceparent }: PlayContext,
  bytes: number,
): Promise<Recorded | Rejection> {
  const id = frame.id.toLowerCase();
  const origin = { player, correlationId: id, traceparent };
  switch (frame.type) {
    case 'game_event': {
      const event = acceptEvent({ id, ...frame.event }, now, 'event', bytes);
      if (event instanceof Rejection) return event;
      return commands.execute(new RecordGameEvents(origin, [event], bytes));
    }
    case 'game_events': {
      const events = acceptEvents(frame.events, now);
      if (events instanceof Rejection) return events;
      return commands.execute(new RecordGameEvents(origin, events, bytes));
    }
    case 'chat_message': {
      const { text, lang, stream } = frame;
      const message = { id, text, at: now.toISOString(), ...(lang && { lang }), ...(stream && { stream }) };
      return commands.execute(new ReceiveChatMessage(origin, message));
    }
    case 'feedback': {
      const { actionId, reaction, felt } = frame;
      return commands.execute(new GiveFeedback(origin, id, { actionId, reaction, ...(felt && { felt }) }));
    }
  }
}
