import { type Abuse, graver, hurts, meantIn } from './abuse.js';
import type { Effect } from './lexicon.js';
import type { Mark } from './marks.js';
import type { Entry } from './vocabulary.js';

/** How far a negation and an emphasis reach, in tokens. */
const NEGATION_REACH = 6;
const SCALE_REACH = 3;
/** "Not good" is bad; "not bad" is only half good. */
const NOT_GOOD = -0.75;
const NOT_BAD = -0.6;
/** By how many a "but" came after. */
const BEFORE_BUTS = [1, 0.4, 0.16, 0.06];
const AFTER_BUT = 1.2;
const AFTER_ALTHOUGH = 0.4;
const QUESTION = 0.5;
const LOUD = 1.15;
const BANG = 0.08;
const MOST_BANGS = 3;

export type About = 'self' | 'other' | 'game';
/** One feeling of a line. */
export type Heard = {
  value: number;
  weight: number;
  arousal: number | undefined;
  end: number;
  about: About | null;
  /** How many a "but" came before it. */
  buts: number;
};

export type Weighed = {
  heard: Heard[];
  abusive: Abuse | null;
  distress: { term: string } | null;
  asks: boolean;
  bangs: number;
  loud: boolean;
  about: About | null;
};

type State = Weighed & {
  /** Where the sentence and the clause begin, in what was heard; the clause also in tokens. */
  sentence: number;
  clause: number;
  clauseAt: number;
  sentenceAsks: boolean;
  /** How often a "but" has turned the line. */
  buts: number;
  yields: boolean;
  negation: { at: number; end: number; alone: number } | null;
  scale: { factor: number; end: number } | null;
  /** Who was spoken of last in this clause. */
  spoken: About | null;
  said: Map<Entry, number>;
};

const nothing = (): State => ({
  heard: [],
  abusive: null,
  distress: null,
  asks: false,
  bangs: 0,
  loud: false,
  about: null,
  sentence: 0,
  clause: 0,
  clauseAt: 0,
  sentenceAsks: false,
  buts: 0,
  yields: false,
  negation: null,
  scale: null,
  spoken: null,
  said: new Map(),
});

/** Takes the marks of a line one by one, from left to right. `size` is its number of tokens. */
export function weigh(marks: readonly Mark[], size: number): Weighed {
  const state = nothing();
  const isOfMatch = marks.some(({ entry }) => entry?.effect?.match);
  marks.forEach((mark, at) => {
    state.loud ||= mark.loud;
    if (mark.pause !== undefined) pause(state, mark.pause, mark.at);
    else if (mark.entry?.abuse && hurts(marks, at, isOfMatch)) hurt(state, mark, mark.entry);
    else learn(state, marks, at);
  });
  endSentence(state, size);
  for (const heard of state.heard) heard.weight *= BEFORE_BUTS[Math.min(3, state.buts - heard.buts)]!;
  return state;
}

function learn(state: State, marks: readonly Mark[], at: number): void {
  const mark = marks[at]!;
  const next = marks[at + 1];
  const { effect = {}, valence, abuse } = mark.entry!;
  const last = state.heard.at(-1);
  if (effect.scalesBack !== undefined && last?.end === mark.at) {
    last.value *= effect.scalesBack;
    last.end = mark.end;
    return;
  }
  const isEmphasis = effect.scales !== undefined && next?.at === mark.end && worksOn(next);
  if (valence === undefined && abuse?.kind === 'insult' && meantIn(marks, at) === 'self')
    feel(state, mark, { value: abuse.valence });
  else if (valence === undefined || isEmphasis) work(state, mark, effect);
  else feel(state, mark, { value: valence, arousal: mark.entry!.arousal });
  if (effect.about) speakOf(state, effect.about, mark.at);
}

/** Whether an emphasis before it is one: "pretty good". */
const worksOn = ({ entry }: Mark) =>
  entry?.valence !== undefined ||
  entry?.abuse !== undefined ||
  entry?.effect?.scales !== undefined ||
  entry?.effect?.negates;

function work(state: State, { at, end }: Mark, effect: Effect): void {
  if (effect.asks) state.sentenceAsks = true;
  if (effect.yields) state.yields = true;
  if (effect.but) {
    endClause(state, at);
    state.buts++;
  }
  if (effect.negates) {
    const isTwice = state.negation !== null && at - state.negation.end <= 1;
    state.negation = isTwice ? null : { at, end, alone: effect.alone ?? 0 };
  }
  if (effect.scales !== undefined) {
    const before = state.scale && at - state.scale.end <= 1 ? state.scale.factor : 1;
    state.scale = { factor: Math.min(2, before * effect.scales), end };
  }
}

function speakOf(state: State, about: About, at: number): void {
  state.spoken = about;
  state.about ??= about;
  // "I hate you" is about you.
  const last = state.heard.at(-1);
  if (about === 'other' && last?.end === at) last.about = about;
  for (let one = state.clause; one < state.heard.length; one++) state.heard[one]!.about ??= about;
}

function feel(
  state: State,
  mark: Mark,
  { value, arousal }: { value: number; arousal?: number | undefined },
): void {
  let felt = value * (mark.loud ? LOUD : 1);
  let stirs = arousal;
  if (state.scale && mark.at - state.scale.end <= SCALE_REACH) felt *= state.scale.factor;
  if (state.negation && mark.at - state.negation.end <= NEGATION_REACH) {
    felt *= felt > 0 ? NOT_GOOD : NOT_BAD;
    stirs = arousal === undefined ? undefined : arousal / 2;
    state.negation = null;
  }
  state.scale = null;
  add(state, mark, { value: felt, arousal: stirs });
}

function add(
  state: State,
  mark: Mark,
  { value, arousal }: { value: number; arousal?: number | undefined },
): void {
  const before = state.said.get(mark.entry!) ?? 0;
  state.said.set(mark.entry!, before + 1);
  const weight = (state.buts > 0 ? AFTER_BUT : 1) * (state.yields ? AFTER_ALTHOUGH : 1);
  state.yields = false;
  state.heard.push({
    value,
    weight: weight / (1 + before),
    arousal,
    end: mark.end,
    about: state.spoken,
    buts: state.buts,
  });
}

const ABUSE_NEGATED_WITHIN = 2;
const HURT_STIRS = 0.6;

function hurt(state: State, mark: Mark, { abuse, spelling }: Entry): void {
  const { kind, valence } = abuse!;
  if (kind === 'self_harm') {
    state.distress ??= { term: spelling };
    state.negation = null;
    return add(state, mark, { value: valence });
  }
  const { negation } = state;
  if (negation && mark.at - negation.end <= ABUSE_NEGATED_WITHIN)
    return feel(state, mark, { value: valence });
  state.abusive = graver(state.abusive, { kind, term: spelling });
  state.scale = null;
  add(state, mark, { value: valence, arousal: HURT_STIRS });
}

function pause(state: State, sign: string, at: number): void {
  if (sign === ',') return endClause(state, at);
  if (sign === '?') state.sentenceAsks = true;
  if (sign === '!') {
    state.bangs++;
    if (state.bangs <= MOST_BANGS)
      for (let one = state.sentence; one < state.heard.length; one++) state.heard[one]!.weight *= 1 + BANG;
  }
  endSentence(state, at);
}

function endClause(state: State, at: number): void {
  const { negation } = state;
  // "No!" says something; "no, mid first" hardly does, and "no mid" nothing.
  if (negation?.alone && negation.end === at && negation.at === state.clauseAt)
    state.heard.push({
      value: negation.alone,
      weight: 1,
      arousal: undefined,
      end: at,
      about: null,
      buts: state.buts,
    });
  state.negation = null;
  state.scale = null;
  state.yields = false;
  state.spoken = null;
  state.clause = state.heard.length;
  state.clauseAt = at + 1;
}

function endSentence(state: State, at: number): void {
  endClause(state, at);
  if (state.sentenceAsks) {
    state.asks = true;
    for (const heard of state.heard.slice(state.sentence)) heard.weight *= QUESTION;
  }
  // A second mark of the same sentence ("?!") still belongs to it.
  state.sentence = state.heard.length;
  state.sentenceAsks = false;
}
