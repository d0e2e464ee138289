import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Language, Persona } from '../../domain/kernel/language.js';
import { gathered, mimeOf, type Saying, type Speaker, SpeakerFault, WAV_HEAD } from './speaker.js';

export type EspeakSettings = { program: string; deadlineMs?: number; bytesMax?: number };

const voiceOf: Record<Language, string> = { zh: 'cmn', en: 'en-us' };
/** Variants of a voice that eSpeak NG brings along. */
const variantOf: Record<Persona, string> = { cheerful: '+f2', cool: '+m3', cute: '+f4' };
const DEADLINE_MS = 10_000;
const STDERR_MAX = 4_096;

/** Where `espeak-ng` is on a PATH; `null` when it is not installed. A folder relative to wherever one is does not count. */
export function findEspeak(path: string | undefined): string | null {
  for (const folder of (path ?? '').split(delimiter).filter(isAbsolute)) {
    const program = join(folder, 'espeak-ng');
    try {
      accessSync(program, constants.X_OK);
      if (statSync(program).isFile()) return program;
    } catch {
      // Not in this one.
    }
  }
  return null;
}

/** eSpeak NG (https://github.com/espeak-ng/espeak-ng) as a process a line: no shell, the text on its stdin alone. */
export function speakByEspeak({ program, deadlineMs = DEADLINE_MS, bytesMax }: EspeakSettings): Speaker {
  return async (saying, signal) => {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
    if (deadline.aborted) throw new SpeakerFault('too_late', 'no sound in time');
    const voice = voiceOf[saying.lang] + variantOf[saying.persona];
    const child = spawn(program, ['-m', '-b', '1', '--stdin', '--stdout', '-v', voice], {
      env: environment(),
    });
    const kill = () => void child.kill('SIGKILL');
    deadline.addEventListener('abort', kill);
    try {
      return await spoken(child, saying, bytesMax);
    } catch (error) {
      throw deadline.aborted ? new SpeakerFault('too_late', 'no sound in time') : error;
    } finally {
      deadline.removeEventListener('abort', kill);
      kill();
    }
  };
}

/** What a program needs to run; the engine's keys are none of its business. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['PATH', 'HOME', 'LANG', 'ESPEAK_DATA_PATH'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

async function spoken(child: ChildProcessWithoutNullStreams, { ssml }: Saying, bytesMax?: number) {
  let complaint = '';
  child.stderr.on('data', (piece) => {
    if (complaint.length < STDERR_MAX) complaint += piece;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', ({ message }) => reject(new SpeakerFault('unreachable', message.split('\n')[0]!)));
    child.on('close', resolve);
  });
  // Whoever goes away without reading says why by its exit.
  child.stdin.on('error', () => undefined);
  child.stdin.end(unmarked(ssml));
  const [audio, code] = await Promise.all([gathered(child.stdout, bytesMax), ended]);
  if (code !== 0)
    throw new SpeakerFault('rejected', `exit ${code}: ${complaint.trim().split('\n')[0]!.slice(0, 200)}`);
  if (mimeOf(audio) !== 'audio/wav') throw new SpeakerFault('malformed', 'no sound came');
  return { audio: sized(audio), mime: 'audio/wav' as const };
}

/** `[[` begins phonemes where eSpeak reads a text. */
const unmarked = (ssml: string): string => ssml.replaceAll('[[', '[ [');

/** It writes the head before it knows how much will follow; players want to know. */
function sized(wav: Buffer): Buffer {
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.writeUInt32LE(wav.length - WAV_HEAD, WAV_HEAD - 4);
  return wav;
}
