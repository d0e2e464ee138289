import type { Emotion } from '../emotion/emotion.js';
import { derivedId } from '../kernel/ids.js';
import type { Language } from '../kernel/language.js';
import type { Recalled } from '../memory/recall.js';
import { chooseLine, type Facts } from '../voice/choose.js';
import type { Scene } from '../voice/scene.js';
import type { Acted, Companion } from './companion.js';
import { gestureFor } from './gestures.js';
import { isWorthAGesture, mayInterrupt, type Occasion } from './occasions.js';
import { memoryFacts, suiting, useOf } from './recollection.js';
import { personaOnStage, type Stage } from './stage.js';

/** Gestures closer together than this would only twitch. */
const GESTURE_PAUSE_MS = 400;

/** Between two lines that are asked of a model, except for answers and looks back. */
const ASK_PAUSE_MS = 60_000;

/** What is acted upon. */
export type Cause = { id: string; at: string; lang: Language };

/** What it comes to. */
export type Acting = {
  emotion: Emotion;
  occasion: Occasion;
  facts: Facts;
  scene: Scene | null;
  /** What whoever writes the line is told beside the scene. */
  told?: { because?: string; stream?: true };
  stage: Stage;
  /** What came to mind. */
  recalled: readonly Recalled[];
};

/** What the companion does about it: a gesture, a line, or one that is asked for; `null`: nothing. */
export function act(companion: Companion, cause: Cause, acting: Acting): Acted | null {
  const { emotion, occasion, scene, stage, told } = acting;
  const now = Date.parse(cause.at);
  const silence = since(companion.lastSpoke, now);
  const speaks = !companion.muted && mayInterrupt(occasion, silence);
  const asked = stage.llm && scene !== null && mayAsk(companion, scene, now);
  // A look back disturbs nobody: it comes later, whatever was said just now.
  const mayBeSaid = speaks || (scene === 'recap' && !companion.muted);
  const line = mayBeSaid ? lineFor(companion, cause, { ...acting, asked }) : null;
  if (!line && !moves(companion, { emotion, occasion, now })) return null;
  const said = line?.said;
  const asks = said && asked;
  const { name } = companion;
  return {
    actionId: derivedId(cause.id, 'companion-action'),
    causedBy: cause.id,
    at: cause.at,
    emotion,
    action: gestureFor(emotion.label, seedOf(cause.id), occasion.says),
    occasion: occasion.says,
    // What is said before a look back is the farewell.
    ...(said && speaks && (!asks || scene === 'recap') && { dialogue: said }),
    ...(line?.recalled && { recalled: [useOf(line.recalled)] }),
    ...(asks && {
      asks: { scene, ...speaker(companion, stage), ...(name && { name }), fallback: said, ...told },
    }),
  };
}

/** The line of a template, and the memory that it speaks of. What stands by for a model's line speaks of none. */
function lineFor(companion: Companion, cause: Cause, acting: Acting & { asked: boolean }) {
  const { id, lang, at } = cause;
  const { emotion, occasion, stage, asked } = acting;
  const { character, said, tastes } = companion;
  const now = Date.parse(at);
  const memory = asked ? null : suiting(companion, acting.recalled, { occasion, now });
  const facts = { ...acting.facts, ...(memory && memoryFacts(memory, { now, lang })) };
  const persona = personaOnStage(stage, companion);
  const own = stage.linesOf(character ?? persona, lang);
  const chosen = chooseLine({
    ...{ lang, persona, occasion: occasion.says, feels: emotion.label, facts, said, tastes },
    seed: seedOf(id),
    ...(own.length > 0 && { own, ownAlone: character !== null }),
  });
  if (!chosen) return null;
  const { names, ...line } = chosen;
  return {
    said: { ...line, lang, source: 'template' as const },
    recalled: names.includes('memory') ? memory : null,
  };
}

const speaker = (companion: Companion, stage: Stage) => ({
  persona: personaOnStage(stage, companion),
  ...(companion.character !== null && { character: companion.character }),
});

/** Answers, and looks back, which come once a session. */
export const isAlwaysAsked = (scene: Scene): boolean => scene === 'chat' || scene === 'recap';

export const mayAsk = (companion: Companion, scene: Scene, now: number): boolean =>
  isAlwaysAsked(scene) || since(companion.lastAsked, now) >= ASK_PAUSE_MS;

/** A gesture needs a feeling of its own: a mood that merely goes on is no reason to move. */
function moves(companion: Companion, scene: { emotion: Emotion; occasion: Occasion; now: number }): boolean {
  if (since(companion.lastActed, scene.now) < GESTURE_PAUSE_MS) return false;
  return scene.emotion.source !== 'carried' && isWorthAGesture(scene.occasion);
}

/** Silence so far; a game whose clock was set back is not silent for ever. */
const since = (past: number | null, now: number) =>
  past === null ? Number.POSITIVE_INFINITY : Math.abs(now - past);

const seedOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(-8), 16) >>> 0;
