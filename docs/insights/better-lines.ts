// Which lines are followed by a better next five minutes? Of each line that was said: how the player felt on the mean
// in the five minutes after it, less the five minutes before. Lines of one occasion are held against each other, for
// what follows a defeat is better than the defeat whatever is said: `better` is what a line has over its occasion.
import { insight } from 'agl/insight';

const WINDOW_MS = 5 * 60_000;
/** What was said less often tells nothing. */
const SAID_MIN = 20;

type State = {
  felt: { at: number; valence: number }[];
  said: { at: number; template: string; line: string; occasion: string }[];
};

function groups<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) found.set(keyOf(row), [...(found.get(keyOf(row)) ?? []), row]);
  return found;
}

export default insight({
  initial: (): State => ({ felt: [], said: [] }),

  // What a companion did may stand far behind its cause in the log: all is kept until the end.
  step(state, event, { at, emotion }) {
    if (event.type === 'GameEventRecorded' && emotion.source === 'rule')
      state.felt.push({ at, valence: emotion.valence });
    if (event.type === 'CompanionActed' && event.data.dialogue) {
      const { text, templateId = text } = event.data.dialogue;
      state.said.push({ at, template: templateId, line: text, occasion: event.data.occasion });
    }
    return state;
  },

  end: ({ felt, said }) =>
    said.flatMap(({ at, ...line }) => {
      const mean = (from: number, to: number) => {
        const those = felt.filter((one) => one.at > from && one.at <= to);
        return those.length === 0
          ? null
          : those.reduce((sum, { valence }) => sum + valence, 0) / those.length;
      };
      const before = mean(at - WINDOW_MS, at);
      const after = mean(at, at + WINDOW_MS);
      return before === null || after === null ? [] : [{ ...line, change: after - before }];
    }),

  total(rows) {
    const meanOf = (those: readonly { change: number }[]) =>
      those.reduce((sum, { change }) => sum + change, 0) / those.length;
    const occasions = groups(rows, ({ occasion }) => occasion);
    const lines = [
      ...groups(rows, ({ occasion, template }) => JSON.stringify([occasion, template])).values(),
    ];
    const rounded = (value: number) => Math.round(value * 1000) / 1000;
    return lines
      .filter((those) => those.length >= SAID_MIN)
      .map((those) => {
        const { occasion, line } = those[0]!;
        const better = meanOf(those) - meanOf(occasions.get(occasion)!);
        const spread = Math.sqrt(
          meanOf(those.map(({ change }) => ({ change: (change - meanOf(those)) ** 2 }))),
        );
        return {
          occasion,
          line,
          said: those.length,
          change: rounded(meanOf(those)),
          better: rounded(better),
          'give or take': rounded((1.96 * spread) / Math.sqrt(those.length)),
        };
      })
      .sort((one, other) => other.better - one.better);
  },
});
