import { emotionLabels } from '../../domain/emotion/emotion.js';
import type { Language, Persona } from '../../domain/kernel/language.js';
import { linesFor } from '../../domain/voice/lines/index.js';
import { type Delays, delaysOf } from '../statistics.js';
import type { Heard, Spoken } from './play.js';

/** What is promised. */
export const TARGETS = { templateShare: 0.9, costUsd: 0.0003 };

export type Figures = {
  dialogues: number;
  minutes: number;
  acts: number;
  spoken: number;
  bySource: Record<'template' | 'stand-in' | 'llm' | 'cache', number>;
  templateShare: number;
  /** Lines of templates: how many different ones; of those that were said, what that player had heard before. */
  distinct: number;
  again: number;
  againWithin30: number;
  /** Lines of the library that were never said, and of those the ones whose occasion came about. */
  dead: { never: number; of: number; hadAChance: number };
  costUsd: {
    total: number;
    perSpoken: number;
    perWritten: number;
    perDialogue: number;
    dearestDialogue: number;
  };
  tokensPerWritten: number;
  thoughtMs: Delays;
  /** The quickest of several times of each. */
  leastThoughtMs: Delays;
};

const inUsd = (billionths: number) => billionths / 1e9;
const share = (part: number, of: number) => (of === 0 ? 0 : part / of);
type Line = NonNullable<Spoken['line']>;
const linesOf = (heard: readonly Heard[]): Line[] =>
  heard.flatMap(({ acts }) => acts.flatMap(({ line }) => line ?? []));

export function figuresOf(
  heard: readonly Heard[],
  speakers: readonly { lang: Language; persona: Persona }[],
): Figures {
  const lines = linesOf(heard);
  const of = (source: Line['source']) => lines.filter((line) => line.source === source).length;
  const bySource = {
    template: of('template'),
    'stand-in': of('stand-in'),
    llm: of('llm'),
    cache: of('cache'),
  };
  const templates = lines.flatMap(({ templateId }) => templateId ?? []);
  const dialogues = heard.flatMap(({ life }) => life.matches);
  const total = lines.reduce((sum, { cost }) => sum + cost, 0);
  const repeats = heard.map(repeatsOf);
  const sum = (of: (repeat: (typeof repeats)[number]) => number) =>
    repeats.reduce((all, one) => all + of(one), 0);
  const dearest = heard.map(({ acts, life }) => share(costIn(acts), life.matches.length));
  return {
    dialogues: dialogues.length,
    minutes: dialogues.reduce((all, { match }) => all + match.durationMs, 0) / 60_000,
    acts: heard.reduce((all, { acts }) => all + acts.length, 0),
    spoken: lines.length,
    bySource,
    templateShare: share(bySource.template + bySource['stand-in'], lines.length),
    distinct: new Set(templates).size,
    again: share(
      sum(({ again }) => again),
      templates.length,
    ),
    againWithin30: share(
      sum(({ soon }) => soon),
      templates.length,
    ),
    dead: deadOf(heard, speakers),
    costUsd: {
      total: inUsd(total),
      perSpoken: inUsd(share(total, lines.length)),
      perWritten: inUsd(share(total, bySource.llm)),
      perDialogue: inUsd(share(total, dialogues.length)),
      dearestDialogue: inUsd(dearest.reduce((most, one) => Math.max(most, one), 0)),
    },
    tokensPerWritten: share(
      lines.reduce((all, { tokens }) => all + tokens, 0),
      bySource.llm,
    ),
    thoughtMs: delaysOf(heard.flatMap(({ thought }) => thought)),
    leastThoughtMs: delaysOf(heard.flatMap(({ leastThought }) => leastThought)),
  };
}

const costIn = (acts: readonly Spoken[]) => acts.reduce((sum, { line }) => sum + (line?.cost ?? 0), 0);

function repeatsOf({ acts }: Heard): { again: number; soon: number } {
  const said: string[] = [];
  const repeats = { again: 0, soon: 0 };
  for (const { line } of acts) {
    const id = line?.templateId;
    if (id === undefined) continue;
    if (said.includes(id)) repeats.again++;
    if (said.slice(-30).includes(id)) repeats.soon++;
    said.push(id);
  }
  return repeats;
}

function deadOf(
  heard: readonly Heard[],
  speakers: readonly { lang: Language; persona: Persona }[],
): Figures['dead'] {
  const said = new Set(linesOf(heard).flatMap(({ templateId }) => templateId ?? []));
  const occasions = new Set(
    heard.flatMap(({ acts }) => acts.flatMap((act) => (act.line ? [act.occasion] : []))),
  );
  const all = speakers.flatMap(({ lang, persona }) => linesFor(lang, persona));
  const never = all.filter(({ id }) => !said.has(id));
  return {
    never: never.length,
    of: all.length,
    hadAChance: never.filter(({ on }) => occasions.has(on)).length,
  };
}

export type OfScene = {
  scene: string;
  asked: number;
  written: number;
  cached: number;
  failed: Record<string, number>;
  usd: number;
};

/** What was asked of a model, by scene. */
export function scenesOf(heard: readonly Heard[]): OfScene[] {
  const scenes = new Map<string, OfScene>();
  for (const { scene, source, failure, cost } of linesOf(heard)) {
    if (!scene) continue;
    const of = scenes.get(scene) ?? { scene, asked: 0, written: 0, cached: 0, failed: {}, usd: 0 };
    scenes.set(scene, of);
    of.asked++;
    of.usd += inUsd(cost);
    if (source === 'llm') of.written++;
    if (source === 'cache') of.cached++;
    if (failure) of.failed[failure] = (of.failed[failure] ?? 0) + 1;
  }
  return [...scenes.values()].sort((a, b) => b.asked - a.asked);
}

/** How often each feeling was acted on. */
export const feltIn = (heard: readonly Heard[]): [string, number][] =>
  emotionLabels.map((label) => [
    label,
    heard.reduce((sum, { acts }) => sum + acts.filter(({ emotion }) => emotion === label).length, 0),
  ]);

/** Which occasions have too few lines: how often one was heard again within 30 others, of how many spoken. */
export function soonAgainOn(heard: readonly Heard[]): { occasion: string; soon: number; spoken: number }[] {
  const occasions = new Map<string, { occasion: string; soon: number; spoken: number }>();
  for (const { acts } of heard) {
    const said: string[] = [];
    for (const { occasion, line } of acts) {
      const id = line?.templateId;
      if (id === undefined) continue;
      const of = occasions.get(occasion) ?? { occasion, soon: 0, spoken: 0 };
      occasions.set(occasion, of);
      of.spoken++;
      if (said.slice(-30).includes(id)) of.soon++;
      said.push(id);
    }
  }
  return [...occasions.values()].sort((a, b) => b.soon - a.soon || b.spoken - a.spoken);
}
