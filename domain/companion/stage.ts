import type { Language } from '../kernel/language.js';
import type { Line } from '../voice/lines/line.js';

/** What a game gives its companions: whether lines may be written for them, and lines of its own. */
export type Stage = {
  llm: boolean;
  /** Whether a look back is written at the end of a session. */
  recap: boolean;
  /** Of a persona or a character of the game; empty when it has written none. */
  linesOf(character: string, lang: Language): readonly Line[];
};

/** Of games that say nothing, where nobody writes. */
export const plainStage: Stage = { llm: false, recap: false, linesOf: () => [] };
