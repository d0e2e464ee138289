import { createHash } from 'node:crypto';
import type { Persona } from '../../domain/kernel/language.js';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';
import type { SaidLine } from '../../domain/voice/speech.js';
import { prosodyOf, ssmlOf } from '../../domain/voice/ssml.js';
import { type Audio, type Saying, type Speaker, SpeakerFault } from './speaker.js';
import { turns } from './turns.js';

export type Sounds = {
  /** `unavailable` when the speaker fails, or has too much to say. */
  of(line: SaidLine & { persona: Persona }): Promise<Audio | Rejection>;
  /** Nothing that was spoken is kept: a person may be in it. */
  forget(): void;
  /** Nobody waits any more for what is being spoken. */
  close(): void;
};

export type SoundsParts = {
  speaker: Speaker;
  warn: (message: string, error: unknown) => void;
  clock?: () => number;
  keptBytes?: number;
};

/** Lines that are spoken at once, and those that wait for their turn. */
const AT_ONCE = 4;
const WAITING = 64;
const KEPT_BYTES = 32 * 1024 * 1024;
const WITHIN_MS = 15_000;
/** So many failures in a row, or when it asks for it, and the speaker is left alone for a while. */
const FAILURES_MAX = 5;
const REST_MS = { usual: 5_000, most: 60_000 };

/** Lines as sound, each spoken once while it is kept: by what is said and how, whoever it is said to. */
export function openSounds({
  speaker,
  warn,
  clock = () => performance.now(),
  keptBytes = KEPT_BYTES,
}: SoundsParts): Sounds {
  const kept = keepNewest(keptBytes);
  const underWay = new Map<string, Promise<Audio | Rejection>>();
  const closing = new AbortController();
  const inTurn = turns(AT_ONCE);
  const rest = resting(clock);
  const spoken = async (key: string, saying: Saying): Promise<Audio | Rejection> => {
    const until = AbortSignal.any([closing.signal, AbortSignal.timeout(WITHIN_MS)]);
    try {
      const audio = await inTurn.take(() => {
        until.throwIfAborted();
        return speaker(saying, until);
      });
      rest.wentWell();
      kept.set(key, audio);
      return audio;
    } catch (error) {
      if (!(error instanceof SpeakerFault) && !until.aborted) throw error;
      warn('a line could not be spoken', error);
      if (error instanceof SpeakerFault) rest.failed(error);
      return unavailable('the line could not be spoken', rest.left());
    }
  };
  return {
    async of({ text, lang, persona, emotion }) {
      const saying = { text, lang, persona, emotion, ssml: ssmlOf(text, lang, prosodyOf(emotion)) };
      const key = keyOf(saying);
      const found = kept.get(key) ?? underWay.get(key);
      if (found) return found;
      if (rest.left() > 0) return unavailable('the speaker is left alone for a while', rest.left());
      if (underWay.size >= AT_ONCE + WAITING) return unavailable('too many lines at once', 0);
      const speaking = spoken(key, saying).finally(() => underWay.delete(key));
      underWay.set(key, speaking);
      return speaking;
    },
    forget: () => kept.clear(),
    close: () => closing.abort(),
  };
}

const unavailable = (why: string, restMs: number): Rejection =>
  reject('unavailable', why, { retryAfterMs: Math.max(1_000, Math.ceil(restMs)) });

const keyOf = ({ text, lang, persona, ssml }: Saying): string =>
  createHash('sha256')
    .update(JSON.stringify([lang, persona, ssml, text]))
    .digest('hex');

function resting(clock: () => number) {
  let inRow = 0;
  let until = 0;
  return {
    left: () => Math.max(0, until - clock()),
    wentWell: () => {
      inRow = 0;
    },
    failed({ retryAfterMs }: SpeakerFault) {
      inRow++;
      if (retryAfterMs === undefined && inRow < FAILURES_MAX) return;
      until = clock() + Math.min(retryAfterMs ?? REST_MS.usual, REST_MS.most);
    },
  };
}

/** What was used last, as much as fits. */
function keepNewest(most: number) {
  const kept = new Map<string, Audio>();
  let bytes = 0;
  return {
    clear() {
      kept.clear();
      bytes = 0;
    },
    get(key: string): Audio | undefined {
      const found = kept.get(key);
      if (!found) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found;
    },
    set(key: string, sound: Audio): void {
      if (sound.audio.length > most) return;
      bytes += sound.audio.length - (kept.get(key)?.audio.length ?? 0);
      kept.delete(key);
      kept.set(key, sound);
      for (const [oldest, { audio }] of kept) {
        if (bytes <= most) return;
        kept.delete(oldest);
        bytes -= audio.length;
      }
    },
  };
}
