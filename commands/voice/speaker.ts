import type { Language, Persona } from '../../domain/kernel/language.js';
import type { Heard } from '../../domain/voice/ssml.js';

/** A line that is to be heard. A speaker takes its text or its SSML, whichever it understands. */
export type Saying = { text: string; ssml: string; lang: Language; persona: Persona; emotion: Heard };

export type Mime = 'audio/mpeg' | 'audio/wav';
export type Audio = { audio: Buffer; mime: Mime };

/** Whoever lends companions a voice. What the signal aborts fails as `too_late`. @throws SpeakerFault */
export type Speaker = (saying: Saying, signal: AbortSignal) => Promise<Audio>;

export type SpeakerFailure =
  /** No sound in time, or nobody waits for it any more. */
  | 'too_late'
  | 'rate_limited'
  | 'overloaded'
  /** It cannot be reached, or not be run. */
  | 'unreachable'
  /** It does not take what it is asked: a wrong key, an unknown model or voice. */
  | 'rejected'
  /** What it answers is no sound. */
  | 'malformed'
  | 'too_large';

/** Why there is no sound. Neither the text nor a key is in the message. */
export class SpeakerFault extends Error {
  override readonly name = 'SpeakerFault';
  constructor(
    readonly reason: SpeakerFailure,
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** More than a minute of either kind. */
export const AUDIO_MAX = 8 * 1024 * 1024;

/** All that comes, as long as it is not too much. @throws SpeakerFault, and whatever the pieces throw. */
export async function gathered(pieces: AsyncIterable<Uint8Array>, most = AUDIO_MAX): Promise<Buffer> {
  const kept: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > most) throw new SpeakerFault('too_large', `more than ${most} bytes of sound`);
    kept.push(piece);
  }
  return Buffer.concat(kept);
}

/** What sound it is, by its own first bytes: what a server calls it is often wrong. */
export function mimeOf(audio: Buffer): Mime | null {
  const at = (from: number, to: number) => audio.toString('latin1', from, to);
  if (at(0, 4) === 'RIFF' && at(8, 12) === 'WAVE') return audio.length > WAV_HEAD ? 'audio/wav' : null;
  const frame = audio.length > 1 && audio[0] === 0xff && (audio[1]! & 0xe6) === 0xe2;
  return at(0, 3) === 'ID3' || frame ? 'audio/mpeg' : null;
}

/** Of a WAV of one format and its samples alone (http://soundfile.sapp.org/doc/WaveFormat/). */
export const WAV_HEAD = 44;
