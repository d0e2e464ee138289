import { openSounds, type Sounds } from '../commands/voice/sounds.js';
import { findEspeak, speakByEspeak } from '../commands/voice/speaker.espeak.js';
import type { Speaker } from '../commands/voice/speaker.js';
import { speakByOpenAi } from '../commands/voice/speaker.openai.js';
import type { Logger } from './logger.js';
import type { Settings } from './settings.js';

/** The speaker of the settings, else the one of this machine; `null` where there is neither. */
export function openSpeaker(settings: Settings, logger: Logger): Sounds | null {
  const speaker = speakerOf(settings);
  if (!speaker) return null;
  const warn = (message: string, error: unknown) =>
    logger.warn({ error: (error as Error).message, reason: (error as { reason?: string }).reason }, message);
  return openSounds({ speaker, warn });
}

function speakerOf({ AGL_TTS_URL: url, AGL_TTS_KEY: key, AGL_TTS_MODEL: model }: Settings): Speaker | null {
  if (url) return speakByOpenAi({ url, model, ...(key && { key }) });
  const program = findEspeak(process.env.PATH);
  return program ? speakByEspeak({ program }) : null;
}
