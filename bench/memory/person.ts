import type { ImportedEvent } from '../../cli/imports/index.js';
import { memoryIn, toneIn } from '../../commands/players/play.js';
import { openBook } from '../../domain/emotion/book.js';
import type { Language } from '../../domain/kernel/language.js';
import type { Memory } from '../../domain/memory/memory.js';
import { rememberedOf } from '../../domain/memory/remembered.js';
import { plainSentenceOf } from '../../domain/memory/sentence.js';
import type { Embedder } from '../../projections/embedding/embedder.js';
import { feelsBy } from '../../projections/felt-by.js';
import { type Meaning, NEAREST } from '../../projections/memory/meaning.js';
import { recallWith } from '../../projections/memory/recall.js';
import { remembersBy } from '../../projections/memory/remembers-by.js';
import type { Row } from '../../projections/projection.js';
import type { Recorded } from '../../projections/recorded.js';
import { dot } from '../embedding/ranks.js';

/** Everything that is kept of what somebody lived and wrote, as the read models have it, but in this process. */
export type Person = {
  /** Each occurrence, and the ids of events that it comes from. */
  occurrences: readonly Memory[];
  /** What an event's id is in the player's stream. */
  revisions: ReadonlyMap<string, number>;
  lang: Language;
};

const PLAYER = 'somebody';

/** What a message is to the companion's memory. */
export type Keeps = typeof memoryIn;

/** Events in the order of time. What is written is not sealed here: it opens as itself. */
export function personOf(events: readonly ImportedEvent[], lang: Language, keeps: Keeps = memoryIn): Person {
  const remembers = remembersBy(feelsBy(openBook()));
  const lived = events.map((event, nth) => placed(storedOf(event, keeps), event.id, nth + 1));
  const stream = [placed({ type: 'PlayerRegistered', data: { lang } }, '', 0), ...lived];
  const occurrences: Memory[] = [];
  let state: Row | undefined;
  for (const event of stream) {
    const { memories, after } = remembers.take(event, state);
    state = after ?? state;
    occurrences.push(...memories);
  }
  return { occurrences, lang, revisions: new Map(stream.map(({ id, revision }) => [id, revision])) };
}

function storedOf(event: ImportedEvent, keeps: Keeps): { type: string; data: object } {
  const { at } = event;
  if (event.kind !== 'chat') {
    const { type, data, context } = event;
    return { type: 'GameEventRecorded', data: { type, at, data, context } };
  }
  const { text } = event;
  return { type: 'ChatMessageReceived', data: { text, at, ...toneIn(text), ...keeps(text) } };
}

const placed = (event: { type: string; data: object }, id: string, revision: number): Recorded =>
  ({ ...event, id, subject: PLAYER, stream: `player-${PLAYER}`, revision, position: revision }) as Recorded;

/** What is remembered of it at a moment. */
export const rememberedBy = ({ occurrences }: Person, revision: number) =>
  rememberedOf(occurrences, [], { revision, path: null });

const open = async (_: string, sealed: string) => sealed;

/** The shipped recall over it: everything that is remembered, the likeliest first. */
export const recallOf = (person: Person, meaning: Meaning) =>
  recallWith({
    remembered: async ({ revision }) => rememberedBy(person, revision),
    meaning,
    sharing: async () => [],
    open,
    warn: (message, error) => {
      throw new Error(message, { cause: error });
    },
  });

/** What is embedded of each key: the sentence of its newest occurrence. `mark`: as the index tells equal texts. */
export type Sentence = { key: string; text: string; mark: string };

export const sentencesOf = ({ occurrences }: Person): Sentence[] => [
  ...new Map(occurrences.map((memory) => [memory.key, sentenceOf(memory)])).values(),
];

function sentenceOf({ key, sealed, ...memory }: Memory): Sentence {
  const text = plainSentenceOf(memory, memory.lang, sealed ?? null);
  // What a person wrote is sealed each time in another way.
  return { key, text, mark: sealed === undefined ? text : key };
}

/** Finds as the index does, exactly; what fails is thrown. */
export async function meaningOf(person: Person, embedder: Embedder): Promise<Meaning> {
  const sentences = sentencesOf(person);
  const vectors = await embedder.embed(sentences.map(({ text }) => text));
  return async ({ text }) => {
    const [asked] = await embedder.embed([text]);
    const near = sentences.map(({ key, mark }, nth) => ({ key, mark, cosine: dot(asked!, vectors[nth]!) }));
    near.sort((one, other) => other.cosine - one.cosine);
    return new Map([['', new Map(near.slice(0, NEAREST).map(({ key, ...hit }) => [key, hit]))]]);
  };
}
