import { gameId, streamOf } from '../kernel/ids.js';
import { defaultWeighing, type Weighing, weighingOf } from '../memory/settings.js';
import { builtInRules } from './built-in-rules.js';
import type { Deciders } from './feel.js';
import type { EmotionModel } from './model.js';
import { rulesWith, ruleTable } from './rules.js';
import { type FeelingSettings, markOfSettings, settingsIn } from './settings.js';

/** Who decides what is felt, by the mark of a game's settings that each event carries. */
export type Book = {
  /** `undefined`: of a game that says nothing. @throws when those settings were never read. */
  deciders(mark: string | undefined): Deciders & { weighing: Weighing };
  knows(mark: string | undefined): boolean;
  learn(settings: FeelingSettings): void;
  /** What decides beside the program and the settings: another mark, and the same events may be felt another way. */
  mark: string;
};

export type BookParts = {
  /** By their versions. */
  models?: readonly EmotionModel[];
  /** The version that is asked where a game names none. */
  model?: string | null;
  /** Where there may be more to it than the model that is asked. */
  mark?: string;
  /** Told once of each model that a game wants and nobody has: the rules decide alone. */
  onMissing?: (version: string) => void;
};

export function openBook({ models = [], model = null, mark, onMissing = () => {} }: BookParts = {}): Book {
  const byVersion = new Map(models.map((one) => [one.version, one]));
  const missed = new Set<string>();
  const find = (version: string | null): EmotionModel | null => {
    if (version === null || version === 'none') return null;
    const found = byVersion.get(version);
    if (!found && !missed.has(version)) onMissing(version);
    if (!found) missed.add(version);
    return found ?? null;
  };
  const plain = { rules: ruleTable(builtInRules), model: find(model), weighing: defaultWeighing };
  const known = new Map<string, typeof plain>();
  return {
    mark: mark ?? plain.model?.version ?? 'none',
    knows: (named) => named === undefined || known.has(named),
    deciders(named) {
      const found = named === undefined ? plain : known.get(named);
      if (!found) throw new Error(`the settings of feeling ${named} have not been read`);
      return found;
    },
    learn(settings) {
      const rules = settings.rules ? ruleTable(rulesWith(settings.rules)) : plain.rules;
      const weighing = settings.memory ? weighingOf(settings.memory) : plain.weighing;
      known.set(markOfSettings(settings), { rules, model: find(settings.model ?? model), weighing });
    },
  };
}

/** An event, as stored or as read models have it: what may name settings, and whose. */
type Marked = { data: unknown } & (
  | { gameId: string | null }
  | { metadata: { readonly gameId?: string | undefined } }
);
/** Of the log, all that is needed here. */
type Histories = { readStream(stream: string): AsyncIterable<{ type: string; data: unknown }> };

/** Reads the settings that these events name, where they are new to the book, from the history of their games. */
export async function learnFor(book: Book, events: readonly Marked[], log: Histories): Promise<void> {
  for (const event of events) {
    const named = (event.data as { settings?: string } | null)?.settings;
    const game = 'metadata' in event ? event.metadata?.gameId : event.gameId;
    if (book.knows(named) || !game) continue;
    for await (const { type, data } of log.readStream(streamOf.game(gameId(game)))) {
      if (type !== 'GameCreated' && type !== 'GameConfigured') continue;
      const { config } = data as { config?: Record<string, unknown> };
      const settings = config && settingsIn(config);
      if (settings) book.learn(settings);
    }
  }
}
