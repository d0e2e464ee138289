import { acted, stored } from './stories.js';

/** Acts that ask for a line, and what comes of them, one by one. */

type Spoken = { data: unknown };
const TEMPLATE = {
  text: '{player}, that was yours.',
  lang: 'en',
  source: 'template',
  templateId: 'en.cool.chat.01',
};

/** An act that asks for a line. */
export function asked(causedBy: string, at: string, scene = 'chat') {
  const { data, ...event } = acted(causedBy, at);
  const { dialogue: _, ...silent } = data as Record<string, unknown>;
  return { ...event, data: { ...silent, asks: { scene, persona: 'cool', fallback: TEMPLATE } } };
}

const PROMPT_HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const BY_MODEL = {
  promptHash: PROMPT_HASH,
  model: 'claude-haiku-5-5',
  usage: { input: 612, cacheWrite: 0, cacheRead: 0, output: 41 },
  cost: 81_700,
  latencyMs: 912,
};

const actIn = ({ data }: Spoken) => {
  const { asks, ...act } = data as { asks: { scene: string } };
  return { ...act, scene: asks.scene };
};

export const lineRequested = (act: Spoken, memories?: { memoryId: string; score: number }[]) =>
  stored('LineRequested', {
    actionId: (act.data as { actionId: string }).actionId,
    scene: actIn(act).scene,
    model: BY_MODEL.model,
    promptHash: PROMPT_HASH,
    fallback: TEMPLATE,
    day: '2026-11-20',
    reserved: 512_000,
    ...(memories && { memories }),
  });

export const lineWritten = (act: Spoken, text = 'sealed:line') =>
  stored('LineWritten', {
    ...actIn(act),
    dialogue: { text, lang: 'en', source: 'llm' },
    tone: 'warm',
    ...BY_MODEL,
  });

export const lineFailed = (act: Spoken, reason: string) =>
  stored('LineFailed', { ...actIn(act), dialogue: TEMPLATE, reason, cost: 0, latencyMs: 3 });
