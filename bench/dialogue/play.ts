import type { ImportedEvent } from '../../cli/imports/index.js';
import { beginning, eventsOf, type Life, lived, type Step } from '../../cli/lines/lived.js';
import type { LogEvent } from '../../domain/events/log-events.js';
import { readLogEvent } from '../../domain/events/read.js';
import { type House, type HouseParts, openHouse, stage } from './house.js';

export type Spoken = {
  event: ImportedEvent;
  occasion: string;
  emotion: string;
  gesture: string;
  /** `null`: a gesture alone. */
  line: {
    text: string;
    /** `stand-in`: a template where a model was asked and did not write. */
    source: 'template' | 'stand-in' | 'llm' | 'cache';
    templateId?: string;
    scene?: string;
    /** What would have been said had nobody written. */
    fallback: string;
    failure?: string;
    cost: number;
    tokens: number;
  } | null;
};

/**
 * Of one player, in the order of the matches. `thought`: milliseconds for each line of a template, from the event to the
 * act; `leastThought`: the quickest of several times, where the machine does not do other things in between.
 */
export type Heard = { life: Life; acts: Spoken[]; thought: number[]; leastThought: number[] };

const TIMES = 3;

/**
 * A companion beside a player's matches, through the log, the reactor and the voices. What it will ask for is known
 * beforehand, for it is decided by what happened alone: so the match waits there for the line, as it would have had time to.
 */
export async function heardBy(life: Life, parts: HouseParts): Promise<Heard> {
  const events = eventsOf(life);
  const live = () => lived(events, beginning(parts), { book: parts.book, stage });
  const steps = live();
  const times = [steps, ...Array.from({ length: TIMES - 1 }, live)];
  const least = (at: number) => Math.min(...times.map((one) => one[at]!.ms));
  const house = await openHouse(parts);
  try {
    await through(house, steps);
    const acts = spokenIn(await readable(house), new Map(events.map((event) => [event.id, event])));
    const templates = steps.flatMap(({ acted }, at) => (acted?.dialogue ? [at] : []));
    return {
      life,
      acts,
      thought: templates.map((at) => steps[at]!.ms),
      leastThought: templates.map(least),
    };
  } finally {
    await house.stop();
  }
}

async function through(house: House, steps: readonly Step[]): Promise<void> {
  let [acts, lines] = [0, 0];
  let waiting: ImportedEvent[] = [];
  for (const [at, { event, acted }] of steps.entries()) {
    waiting.push(event);
    if (acted) acts++;
    if (acted?.asks) lines++;
    if (!acted?.asks && at < steps.length - 1) continue;
    await house.tell(waiting);
    await house.answered(acts, lines);
    waiting = [];
  }
}

const readable = async (house: House): Promise<LogEvent[]> =>
  (await house.stored()).flatMap((stored) => readLogEvent(stored) ?? []);

function spokenIn(history: readonly LogEvent[], causes: ReadonlyMap<string, ImportedEvent>): Spoken[] {
  const spoken = new Map<string, Spoken>();
  for (const { type, data } of history) {
    if (type === 'CompanionActed') {
      const { dialogue, emotion, occasion, action: gesture } = data;
      const { templateId } = dialogue ?? {};
      const text = dialogue?.text ?? '';
      const line = dialogue
        ? {
            text,
            source: 'template' as const,
            fallback: text,
            cost: 0,
            tokens: 0,
            ...(templateId && { templateId }),
          }
        : null;
      spoken.set(data.actionId, {
        event: causes.get(data.causedBy)!,
        occasion,
        emotion: emotion.label,
        gesture,
        line: data.asks ? { ...asked(data.asks), cost: 0, tokens: 0 } : line,
      });
    }
    if (type !== 'LineWritten' && type !== 'LineFailed') continue;
    const { line } = spoken.get(data.actionId)!;
    line!.cost = data.cost;
    line!.tokens = data.usage ? data.usage.input + data.usage.output : 0;
    if (type === 'LineFailed') Object.assign(line!, { failure: data.reason });
    else {
      const { templateId: _, ...rest } = line!;
      spoken.get(data.actionId)!.line = {
        ...rest,
        text: '',
        source: data.dialogue.source === 'cache' ? 'cache' : 'llm',
      };
    }
  }
  return [...spoken.values()];
}

type Asks = NonNullable<Extract<LogEvent, { type: 'CompanionActed' }>['data']['asks']>;

const asked = ({ scene, fallback }: Asks) => ({
  text: fallback.text,
  source: 'stand-in' as const,
  fallback: fallback.text,
  scene,
  ...(fallback.templateId && { templateId: fallback.templateId }),
});
