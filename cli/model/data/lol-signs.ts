import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GameEvent } from '../../../domain/events/game-event.js';
import { readLol } from '../../imports/lol.js';

/** What a body showed during a match, beside what happened to its player. */
export type Sign = {
  player: string;
  sign: string;
  events: GameEvent[];
  /** The mean of the seconds after an event before the mean of those before it, in standard deviations of the match; `null` where it was not recorded. */
  changeAt(event: GameEvent): number | null;
};

const SECONDS = 10;
const signs = [
  { sign: 'heart rate', file: 'heart_rate.csv', column: 'heart_rate' },
  { sign: 'skin conductance', file: 'gsr.csv', column: 'gsr' },
  { sign: 'EEG excitement', file: 'eeg_metrics.csv', column: 'Excitement' },
];
/** Of the ten players of a match the first five wore sensors. */
const WORN = 5;

/** The League of Legends matches of the eSports Sensors dataset. @throws ImportError for a match that cannot be read. */
export function readLolSigns(folder: string): Sign[] {
  const matches = readdirSync(join(folder, 'lol'))
    .filter((name) => name.startsWith('match_'))
    .sort();
  return matches.flatMap((match) => signsOf(join(folder, 'lol', match)));
}

function signsOf(folder: string): Sign[] {
  const source = (name: string) => ({
    name: join(folder, name),
    text: readFileSync(join(folder, name), 'utf8'),
  });
  const { players, startedAt } = readLol([source('replay.json'), source('meta_info.json')]);
  const begin = Date.parse(startedAt);
  return players.slice(0, WORN).flatMap(({ externalId, events }, index) =>
    signs.flatMap(({ sign, file, column }): Sign[] => {
      const path = join(folder, `player_${index}`, file);
      if (!existsSync(path)) return [];
      const series = readSeries(path, column);
      const played = events.filter((event): event is GameEvent & { kind?: never } => event.kind !== 'chat');
      const changeAt = ({ at }: GameEvent) => changeIn(series, (Date.parse(at) - begin) / 1000);
      return series.length === 0 ? [] : [{ player: externalId, sign, events: played, changeAt }];
    }),
  );
}

type Series = { second: number; z: number }[];

function readSeries(path: string, column: string): Series {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const at = header!.split(',').indexOf(column);
  if (at < 0) throw new Error(`${path}: there is no column ${column}`);
  const read = lines
    .map((line) => line.split(','))
    .map((cells) => ({ second: Number(cells[0]), value: cells[at] === '' ? Number.NaN : Number(cells[at]) }))
    .filter(({ second, value }) => Number.isFinite(second) && Number.isFinite(value));
  const mean = read.reduce((sum, { value }) => sum + value, 0) / read.length;
  const spread = Math.sqrt(read.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / read.length);
  return spread > 0 ? read.map(({ second, value }) => ({ second, z: (value - mean) / spread })) : [];
}

function changeIn(series: Series, second: number): number | null {
  const mean = (from: number, to: number) => {
    const these = series.filter((one) => one.second >= from && one.second < to);
    return these.length < SECONDS / 2 ? null : these.reduce((sum, { z }) => sum + z, 0) / these.length;
  };
  const [before, after] = [mean(second - SECONDS, second), mean(second, second + SECONDS)];
  return before === null || after === null ? null : after - before;
}
