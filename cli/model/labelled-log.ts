import { type Book, learnFor, openBook } from '../../domain/emotion/book.js';
import { type EmotionLabel, emotionLabels } from '../../domain/emotion/emotion.js';
import { type Feeling, heard, initialFeeling } from '../../domain/emotion/feel.js';
import { moodAt } from '../../domain/emotion/flow.js';
import { placeOf, type Vad } from '../../domain/emotion/space.js';
import type { GameEvent } from '../../domain/events/game-event.js';
import { readLogEvent } from '../../domain/events/read.js';
import { type EventLog, START } from '../../eventstore/log.js';
import { type Labelled, shown } from './labelled.js';

const TYPES = ['GameEventRecorded', 'ChatMessageReceived', 'CompanionActed', 'FeedbackGiven'];
/** Feedback on what a companion did longer ago than this is not looked for. */
const REMEMBERED = 64;

type Open = { features: number[]; ruled: number; mood: Vad; at: number; type: string };
type Person = { feeling: Feeling; events: Map<string, Open>; acts: Map<string, string> };

/**
 * What players said they felt (`felt` in their feedback): from the mood just before the event, to the place of the emotion
 * that they named. Of one game, or of all. Felt by the rules of each game, as live, and by no model: the next one is not to learn
 * from the one before.
 */
export async function labelledLog(log: EventLog, gameId?: string): Promise<Labelled[]> {
  const rows: Labelled[] = [];
  const book = openBook();
  const persons = new Map<string, Person>();
  const range = { upTo: await log.head(), types: TYPES, signal: new AbortController().signal };
  for await (const events of log.read(START, range)) {
    const mine = events.filter(({ metadata }) => gameId === undefined || metadata.gameId === gameId);
    await learnFor(book, mine, log);
    for (const stored of mine) {
      const person = persons.get(stored.stream) ?? {
        feeling: initialFeeling,
        events: new Map(),
        acts: new Map(),
      };
      persons.set(stored.stream, person);
      const row = rowOf(person, { told: readLogEvent(stored), book });
      if (row) rows.push({ player: stored.stream, ...row });
    }
  }
  return rows;
}

type Told = ReturnType<typeof readLogEvent<{ id: string; type: string; data: unknown }>>;

function rowOf(person: Person, { told, book }: { told: Told; book: Book }): Omit<Labelled, 'player'> | null {
  if (told?.type === 'GameEventRecorded') {
    const { id } = told;
    const event = { id, ...told.data } as GameEvent;
    const mood = moodAt(person.feeling.flow, Math.max(Date.parse(event.at), person.feeling.flow.at ?? 0));
    const { features, ruled, feeling } = shown(event, person.feeling, book.deciders(told.data.settings));
    person.feeling = feeling;
    remember(person.events, id, { features, ruled, mood, at: Date.parse(event.at), type: event.type });
  }
  if (told?.type === 'ChatMessageReceived' && told.data.tone) {
    const { at, tone } = told.data;
    person.feeling = heard(person.feeling, { at: Date.parse(at), valence: tone.valence });
  }
  if (told?.type === 'CompanionActed') remember(person.acts, told.data.actionId, told.data.causedBy);
  if (told?.type !== 'FeedbackGiven' || !isLabel(told.data.felt)) return null;
  const open = person.events.get(person.acts.get(told.data.actionId) ?? '');
  if (!open) return null;
  const place = placeOf[told.data.felt];
  const [valence, arousal, dominance] = place.map((part, axis) => part - open.mood[axis]!) as unknown as Vad;
  const { mood: _, ...moment } = open;
  return { ...moment, change: { valence, arousal, dominance } };
}

const isLabel = (felt: unknown): felt is EmotionLabel => emotionLabels.includes(felt as EmotionLabel);

function remember<T>(all: Map<string, T>, id: string, one: T): void {
  all.set(id, one);
  for (const oldest of all.keys()) {
    if (all.size <= REMEMBERED) return;
    all.delete(oldest);
  }
}
