import { builtInRules } from './built-in-rules.js';
import type { Deciders } from './feel.js';
import type { EmotionModel } from './model.js';
import { rulesWith, ruleTable } from './rules.js';
import { type FeelingSettings, markOfSettings, settingsIn } from './settings.js';

/** Who decides what is felt, by the mark of a game's settings that each event carries. */
export type Book = {
  /** `undefined`: of a game that says nothing. @throws when those settings were never read. */
  deciders(mark: string | undefined): Deciders;
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
  const plain: Deciders = { rules: ruleTable(builtInRules), model: find(model) };
  const known = new Map<string, Deciders>();
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
      known.set(markOfSettings(settings), { rules, model: find(settings.model ?? model) });
    },
  };
}

type Marked = { mark?: string | undefined; gameId?: string | null | undefined };
type GameHistory = AsyncIterable<{ type: string; data: unknown }>;

/** Reads what these events need and the book does not know yet, from the history of their games. */
export async function learnFor(
  book: Book,
  events: readonly Marked[],
  historyOf: (gameId: string) => GameHistory,
): Promise<void> {
  for (const { mark, gameId } of events) {
    if (book.knows(mark) || !gameId) continue;
    for await (const { type, data } of historyOf(gameId)) {
      if (type !== 'GameCreated' && type !== 'GameConfigured') continue;
      const { config } = data as { config?: Record<string, unknown> };
      const settings = config && settingsIn(config);
      if (settings) book.learn(settings);
    }
  }
}
