import type { WriteSide } from '../../commands/context.js';
import { KeysUnavailable, type Sealer } from '../../commands/person-keys/sealer.js';
import { isAct, textOf } from '../../commands/voice/line-of.js';
import type { LogEventOf } from '../../domain/events/log-events.js';
import { readLogEvent } from '../../domain/events/read.js';
import { type GameId, streamOf } from '../../domain/kernel/ids.js';
import { formatPosition } from '../../domain/kernel/position.js';
import { namesPlayer } from '../../domain/voice/named.js';
import { voiceIn } from '../../domain/voice/settings.js';
import { speechOf } from '../../domain/voice/speech.js';
import { LogUnavailable, START, type StoredEvent } from '../../eventstore/log.js';

type Act = LogEventOf<'CompanionActed' | 'LineWritten' | 'LineFailed'>;
type Dialogue = NonNullable<Act['data']['dialogue']>;

/** Whoever keeps the keys may hang, and others of the player wait behind this one: by then it cannot be opened now. */
const OPEN_WITHIN_MS = 2_000;
/** The same for all that a frame needs. */
const SHOW_WITHIN_MS = 4_000;

/**
 * A stored act, or a line for one, as the frame that tells of it; at once where nothing has to be opened or read.
 * It settles within seconds, whatever is away. @throws LogUnavailable, KeysUnavailable
 */
export type Show = (stored: StoredEvent) => string | null | Promise<string | null>;

export type ShowParts = Pick<WriteSide, 'sealer' | 'players' | 'games'>;

export const isShown = isAct;

export function showing(parts: ShowParts): Show {
  const bounded = { ...parts, sealer: opensInTime(parts) };
  return (stored) => {
    if (!isShown(stored)) return null;
    const event = readLogEvent(stored) as (Act & StoredEvent) | null;
    if (!event) return null;
    const game = parts.games.peek(streamOf.game((stored.metadata.gameId ?? '') as GameId));
    const { dialogue } = event.data;
    if (event.type === 'LineFailed' && !dialogue) return null;
    const plain = !dialogue || (event.type !== 'LineWritten' && !namesPlayer(dialogue.text));
    if (plain && game) return frameOf(event, dialogue, voiceIn(game.config).tts);
    const late = () => new LogUnavailable('what a frame needs cannot be read in time');
    return within(SHOW_WITHIN_MS, opened(bounded, event), late);
  };
}

/** A name that does not open in time is left out, a line is told of later. */
const opensInTime = (parts: ShowParts): Sealer => ({
  ...parts.sealer,
  open: (subject, sealed) =>
    within(
      OPEN_WITHIN_MS,
      parts.sealer.open(subject, sealed),
      () => new KeysUnavailable('the keys of persons do not come in time'),
    ),
});

async function within<T>(ms: number, promise: Promise<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  return Promise.race([promise, end]).finally(() => clearTimeout(timer));
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

/** Which model decided, and what it was shown, is no matter of a game's: `agl why` tells it. */
function told({
  label,
  intensity,
  valence,
  arousal,
  dominance,
  confidence,
  source,
  ruleId,
}: Act['data']['emotion']) {
  const felt = { label, intensity, valence, arousal, dominance, confidence, source };
  return ruleId === undefined ? felt : { ...felt, ruleId };
}

function frameOf(stored: Act & StoredEvent, dialogue: Dialogue | undefined, tts: boolean): string {
  const { actionId, causedBy, emotion, action } = stored.data;
  const recalled = 'recalled' in stored.data ? stored.data.recalled : undefined;
  return JSON.stringify({
    type: 'companion_action',
    actionId,
    position: formatPosition(stored.position ?? START, stored.revision),
    playerId: stored.stream.slice('player-'.length),
    causedBy,
    emotion: told(emotion),
    action,
    ...(dialogue && { dialogue }),
    ...(recalled && { recalled }),
    ...(dialogue && tts && { speech: speechOf(dialogue.text, dialogue.lang, emotion) }),
    ...(stored.type === 'CompanionActed' &&
      (stored as LogEventOf<'CompanionActed'>).data.asks && { lineFollows: true }),
  });
}
