import type { Persona } from '../../domain/kernel/language.js';
import { legible, prosodyOf } from '../../domain/voice/ssml.js';
import { gathered, mimeOf, type Saying, type Speaker, type SpeakerFailure, SpeakerFault } from './speaker.js';

export type OpenAiSettings = {
  /** Before `/v1/audio/speech`. */
  url: string;
  /** A server on one's own machine needs none. */
  key?: string;
  model: string;
  format?: 'mp3' | 'wav';
  deadlineMs?: number;
};

/** Voices that OpenAI has for all its models; servers that are compatible take these names as well, or map them. */
const voiceOf: Record<Persona, string> = { cheerful: 'nova', cool: 'onyx', cute: 'shimmer' };
/** What the API takes at most, in characters. */
const INPUT_MAX = 4_096;
const DEADLINE_MS = 10_000;

/** Any server of OpenAI's speech API (https://platform.openai.com/docs/api-reference/audio/createSpeech). */
export function speakByOpenAi(settings: OpenAiSettings): Speaker {
  const { key, deadlineMs = DEADLINE_MS } = settings;
  const url = `${settings.url.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1/audio/speech`;
  return async (saying, signal) => {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify(requestFor(saying, settings)),
        signal: deadline,
        redirect: 'error',
      });
      if (!response.ok) throw await refusal(response);
      const audio = await gathered(response.body ?? nothing());
      const mime = mimeOf(audio);
      if (!mime) throw new SpeakerFault('malformed', `${audio.length} bytes that are neither MP3 nor WAV`);
      return { audio, mime };
    } catch (error) {
      throw error instanceof SpeakerFault ? error : faultOf(error as Error, deadline);
    }
  };
}

async function* nothing(): AsyncIterable<Uint8Array> {}

const requestFor = ({ text, persona, emotion }: Saying, { model, format = 'mp3' }: OpenAiSettings) => ({
  model,
  voice: voiceOf[persona],
  input: legible(text.slice(0, INPUT_MAX)),
  response_format: format,
  speed: prosodyOf(emotion).rate,
});

/** What it says beside its status is not repeated: it may quote the text, or the key. */
async function refusal(response: Response): Promise<SpeakerFault> {
  await response.body?.cancel();
  const { status } = response;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
  return new SpeakerFault(reasonOf(status), `answered ${status}`, retryAfterMs);
}

function reasonOf(status: number): SpeakerFailure {
  if (status === 429) return 'rate_limited';
  return status >= 500 || status === 408 ? 'overloaded' : 'rejected';
}

function faultOf({ message, cause }: Error, deadline: AbortSignal): SpeakerFault {
  if (deadline.aborted) return new SpeakerFault('too_late', 'no sound in time');
  const code = (cause as { code?: string } | undefined)?.code;
  return new SpeakerFault('unreachable', code ?? message.split('\n')[0]!.slice(0, 200));
}
