import type { LogEvent, LogEventOf } from '../../domain/events/log-events.js';
import { readOrPassOver } from '../../domain/events/read.js';
import { playerId, streamOf } from '../../domain/kernel/ids.js';
import { namesPlayer, withName } from '../../domain/voice/named.js';
import type { SaidLine } from '../../domain/voice/speech.js';
import type { StoredEvent } from '../../eventstore/log.js';
import type { WriteSide } from '../context.js';

type Parts = Pick<WriteSide, 'log' | 'sealer' | 'players'>;
type Act = LogEventOf<'CompanionActed' | 'LineWritten' | 'LineFailed'>;
type Dialogue = NonNullable<Act['data']['dialogue']>;

/** So many events of a player are looked through, the newest first: what is asked for was mostly said just now. */
const LOOK_BACK = 5_000;

/**
 * What a companion said with an action; `null` when it said nothing, when the line is still being written, when nobody
 * can open it any more, or it is too long ago.
 * @throws LogUnavailable, KeysUnavailable
 */
export async function lineOf(
  parts: Parts,
  { playerId: player, actionId }: { playerId: string; actionId: string },
): Promise<SaidLine | null> {
  const stream = streamOf.player(playerId(player));
  for await (const stored of parts.log.readStream(stream, { backwards: true, max: LOOK_BACK })) {
    const told = actOf(stored, actionId);
    if (!told) continue;
    const { dialogue, emotion } = told.data;
    // Where a look back failed, the farewell is what was said.
    if (!dialogue && told.type === 'LineFailed') continue;
    if (!dialogue) return null;
    const text = await textOf(parts, stream, { type: told.type, dialogue });
    return text === null ? null : { text, lang: dialogue.lang, emotion };
  }
  return null;
}

/** The act, or what became of its line, which comes later and so is met first. */
function actOf(stored: StoredEvent, actionId: string): Act | null {
  if (!isAct(stored) || (stored.data as { actionId?: unknown } | null)?.actionId !== actionId) return null;
  return readOrPassOver(stored) as Act | null;
}

const acts = new Set<string>(['CompanionActed', 'LineWritten', 'LineFailed'] satisfies LogEvent['type'][]);
export const isAct = ({ type }: Pick<StoredEvent, 'type'>): boolean => acts.has(type);

/** The text of a line as it is shown; `null` when nobody can open it any more. */
export async function textOf(
  { sealer, players }: Pick<Parts, 'sealer' | 'players'>,
  stream: string,
  { type, dialogue }: { type: Act['type']; dialogue: Dialogue },
): Promise<string | null> {
  if (type === 'LineWritten') return sealer.open(stream, dialogue.text);
  if (!namesPlayer(dialogue.text)) return dialogue.text;
  const { displayName } = await players.state(stream);
  // Whoever keeps the keys may be away: the line is said all the same.
  const name = displayName ? await sealer.open(stream, displayName).catch(() => null) : null;
  return withName(dialogue.text, dialogue.lang, name);
}
