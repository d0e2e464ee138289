import type { WriteSide } from '../../commands/context.js';
import { isAct, textOf } from '../../commands/voice/line-of.js';
import type { LogEventOf } from '../../domain/events/log-events.js';
import { readLogEvent } from '../../domain/events/read.js';
import { type GameId, streamOf } from '../../domain/kernel/ids.js';
import { formatPosition } from '../../domain/kernel/position.js';
import { namesPlayer } from '../../domain/voice/named.js';
import { voiceIn } from '../../domain/voice/settings.js';
import { speechOf } from '../../domain/voice/speech.js';
import { START, type StoredEvent } from '../../eventstore/log.js';

type Act = LogEventOf<'CompanionActed' | 'LineWritten' | 'LineFailed'>;
type Dialogue = NonNullable<Act['data']['dialogue']>;

/** A stored act, or a line for one, as the frame that tells of it; at once where nothing has to be opened or read. */
export type Show = (stored: StoredEvent) => string | null | Promise<string | null>;

export type ShowParts = Pick<WriteSide, 'sealer' | 'players' | 'games'>;

export const isShown = isAct;

export function showing(parts: ShowParts): Show {
  return (stored) => {
    if (!isShown(stored)) return null;
    const event = readLogEvent(stored) as (Act & StoredEvent) | null;
    if (!event) return null;
    const game = parts.games.peek(streamOf.game((stored.metadata.gameId ?? '') as GameId));
    const { dialogue } = event.data;
    if (event.type === 'LineFailed' && !dialogue) return null;
    const plain = !dialogue || (event.type !== 'LineWritten' && !namesPlayer(dialogue.text));
    if (plain && game) return frameOf(event, dialogue, voiceIn(game.config).tts);
    return opened(parts, event);
  };
}

async function opened(parts: ShowParts, event: Act & StoredEvent): Promise<string | null> {
  const { stream, metadata } = event;
  const { config } = await parts.games.state(streamOf.game((metadata.gameId ?? '') as GameId));
  const { dialogue } = event.data;
  const text = dialogue && (await textOf(parts, stream, { type: event.type, dialogue }));
  // A line that nobody can open any more is none.
  if (event.type === 'LineWritten' && text === null) return null;
  return frameOf(event, dialogue && { ...dialogue, text: text! }, voiceIn(config).tts);
}

function frameOf(stored: Act & StoredEvent, dialogue: Dialogue | undefined, tts: boolean): string {
  const { actionId, causedBy, emotion, action } = stored.data;
  return JSON.stringify({
    type: 'companion_action',
    actionId,
    position: formatPosition(stored.position ?? START, stored.revision),
    playerId: stored.stream.slice('player-'.length),
    causedBy,
    emotion,
    action,
    ...(dialogue && { dialogue }),
    ...(dialogue && tts && { speech: speechOf(dialogue.text, dialogue.lang, emotion) }),
    ...(stored.type === 'CompanionActed' &&
      (stored as LogEventOf<'CompanionActed'>).data.asks && { lineFollows: true }),
  });
}
