/** `npm run validate:emotion`: what is felt beside what people said and showed, of players it was not made from. */
import { middleOf, readAgain, type Window } from '../cli/model/data/again.js';
import { labelledAgain } from '../cli/model/data/labelled-again.js';
import { readLolSigns } from '../cli/model/data/lol-signs.js';
import { fit, steadyWithin } from '../cli/model/fit.js';
import { foldOf } from '../cli/model/folds.js';
import { bootstrapped, concordance, type Interval, rankCorrelation } from '../cli/model/metrics.js';
import { builtIn, type Deciders, feel, feelingAt, initialFeeling } from '../domain/emotion/feel.js';
import type { GameEvent } from '../domain/events/game-event.js';
import { moveOf } from '../projections/emotion-model/model-file.js';
import { folderOf } from './recorded.js';

const FOLDS = 5;

/** A stretch of time of one player: what was expected by each, and what was seen. */
type Stretch = { said: Record<string, number>; seen: number; events: string[] };

const WAYS = ['whole', 'rules', 'kill = up'] as const;

async function again(folder: string): Promise<Stretch[][]> {
  const rows = labelledAgain(folder);
  const of = ({ change }: (typeof rows)[number]) => change.arousal!;
  const players = [...readAgain(folder)];
  const stretches: Stretch[][] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const rest = { rows: rows.filter(({ player }) => foldOf(player, FOLDS) !== fold), of };
    const trees = await fit(rest, steadyWithin(rest));
    const head = { ...trees.head, temperature: 1 };
    const model = {
      version: 'held out',
      features: '',
      predict: (vector: readonly number[]) => ({ arousal: moveOf(head, trees.likely(vector)) }),
    };
    for (const [player, windows] of players)
      if (foldOf(player, FOLDS) === fold) stretches.push(stretchesOf(windows, { ...builtIn, model }));
    trees.free();
  }
  return stretches;
}

function stretchesOf(windows: readonly Window[], whole: Deciders): Stretch[] {
  const [withModel, byRules] = [arousals(windows, whole), arousals(windows, builtIn)];
  return windows.slice(1).map(({ events, arousal }, at) => ({
    said: {
      whole: withModel[at + 1]! - withModel[at]!,
      rules: byRules[at + 1]! - byRules[at]!,
      'kill = up': events.some(({ type }) => type === 'player.kill') ? 1 : 0,
    },
    seen: (arousal - windows[at]!.arousal) * 2,
    events: events.map(({ type }) => type),
  }));
}

/** At the middle of each window, after what happened there. */
function arousals(windows: readonly Window[], deciders: Deciders): number[] {
  let feeling = initialFeeling;
  return windows.map(({ events, nth }) => {
    for (const event of events) feeling = feel(event, feeling, deciders).feeling;
    return feelingAt(feeling, middleOf(nth)).arousal;
  });
}

const figures: Record<string, (way: string) => (all: readonly Stretch[]) => number> = {
  'rank correlation': (way) => (all) =>
    rankCorrelation(
      all.map(({ said }) => said[way]!),
      all.map(({ seen }) => seen),
    ),
  concordance: (way) => (all) =>
    concordance(
      all.map(({ said }) => said[way]!),
      all.map(({ seen }) => seen),
    ),
};

/** Of the stretches in which something moved after such an event: how often it went the way that was expected. */
const direction =
  (type: string, way: string) =>
  (all: readonly Stretch[]): number => {
    const moved = all.filter(({ events, seen }) => events.includes(type) && seen !== 0);
    const right = moved.filter(({ said, seen }) => Math.sign(said[way]!) === Math.sign(seen));
    return moved.length === 0 ? Number.NaN : right.length / moved.length;
  };

const told = ({ value, low, high }: Interval) =>
  Number.isNaN(value) ? '—' : `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;

function table(title: string, groups: readonly Stretch[][], types: readonly string[]): void {
  const line = (cells: string[]) => console.log(`| ${cells.join(' | ')} |`);
  console.log(`\n${title}: ${groups.flat().length} stretches of ${groups.length} players\n`);
  line(['', ...WAYS]);
  line(['---', ...WAYS.map(() => '---')]);
  for (const [name, figure] of Object.entries(figures))
    line([name, ...WAYS.map((way) => told(bootstrapped(groups, figure(way))))]);
  const rank = figures['rank correlation']!;
  const over = (way: string) => (all: readonly Stretch[]) => rank(way)(all) - rank('kill = up')(all);
  line([
    'rank correlation beyond kill = up',
    told(bootstrapped(groups, over('whole'))),
    told(bootstrapped(groups, over('rules'))),
    '',
  ]);
  for (const type of types) {
    const count = groups.flat().filter(({ events }) => events.includes(type)).length;
    if (count > 0)
      line([
        `direction after ${type.slice(7)} (${count})`,
        ...WAYS.map((way) => told(bootstrapped(groups, direction(type, way)))),
      ]);
  }
}

/** What a body shows just after an event, beside just before: the shipped model has seen none of these people. */
async function lol(folder: string, deciders: Deciders): Promise<Map<string, Stretch[][]>> {
  const bySign = new Map<string, Stretch[][]>();
  for (const { sign, events, changeAt } of readLolSigns(folder)) {
    const of = (by: Deciders) => {
      let feeling = initialFeeling;
      return events.map((event) => {
        const at = Date.parse(event.at);
        const before = feelingAt(feeling, at).arousal;
        feeling = feel(event, feeling, by).feeling;
        return feelingAt(feeling, at).arousal - before;
      });
    };
    const [whole, rules] = [of(deciders), of(builtIn)];
    const stretches = events.flatMap((event: GameEvent, at: number): Stretch[] => {
      const seen = changeAt(event);
      const kill = event.type === 'player.kill' ? 1 : 0;
      return seen === null
        ? []
        : [{ said: { whole: whole[at]!, rules: rules[at]!, 'kill = up': kill }, seen, events: [event.type] }];
    });
    if (stretches.length > 0) bySign.set(sign, [...(bySign.get(sign) ?? []), stretches]);
  }
  return bySign;
}

const folder = folderOf(process.argv[2]);
const types = ['player.kill', 'player.death', 'player.assist', 'player.damage_taken', 'player.victory'];
table('AGAIN Heist, arousal as the players annotated it', await again(folder), types);
const { bookOf } = await import('../projections/emotion-model/models.js');
const book = await bookOf('.', console.error);
for (const [sign, groups] of await lol(folder, book.deciders(undefined)))
  table(`League of Legends, ${sign}`, groups, types);
