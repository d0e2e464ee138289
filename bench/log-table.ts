import { columns } from '../cli/terminal/index.js';
import type { Log } from './log.js';
import { type Spread, short } from './statistics.js';

const hows = { paced: '50 a second', inTurn: 'one after the other' } as const;

const range = ({ min, max }: Spread) => `${short(min)} to ${short(max)}`;
const number = (value: number) => String(short(value));

export function logTables({ client, disk, group, live, engine, curve, streams }: Log): string[] {
  const rates = Object.entries(client).map(([name, { node, floor, ratio, ratios, clientCpuUs }]) => [
    name,
    number(node.median),
    range(node),
    number(floor.median),
    `${number(ratio)} (${range(ratios)})`,
    number(clientCpuUs),
  ]);
  const acked = [number(group.perSecond.median), range(group.perSecond), '', '', number(group.clientCpuUs)];
  rates.push(['a persistent subscription, acknowledged', ...acked]);
  const bare = ['(one bare commit of lmdb)', number(disk.perSecond.median), range(disk.perSecond)];
  rates.splice(1, 0, [...bare, '', number(disk.ratio), '']);
  const alone = Object.entries(engine).map(([name, { perSecond, cpuUs }]) => [
    name,
    number(perSecond.median),
    range(perSecond),
    number(cpuUs.median),
  ]);
  const delays = Object.entries(live).flatMap(([how, delaysOf]) =>
    Object.entries(delaysOf).map(([name, { p50, p99 }]) => [
      `${hows[how as keyof typeof hows]}, ${name}`,
      number(p50.median),
      range(p50),
      number(p99.median),
    ]),
  );
  const costs = curve.points.map((point) =>
    [point.events, point.appendUs, point.cpuUs, point.memoryMiB].map(String),
  );
  return [
    ...columns(['events/s by the client', 'node', 'rounds', 'floor', 'ratio', 'client µs/event'], rates),
    '',
    ...columns(['live, ms', 'p50', 'rounds', 'p99'], delays),
    '',
    ...columns(['events/s, the engine alone', 'median', 'rounds', 'cpu µs/event'], alone),
    '',
    ...columns(['events in the log', 'µs/append', 'cpu µs', 'memory MiB'], costs),
    `  last to first ${curve.flatness}, at most ${curve.target}; ${curve.fileMiB} MiB, opened in ${curve.openMs} ms`,
    '',
    ...columns(
      ['streams', 'memory MiB'],
      streams.map((point) => [String(point.streams), String(point.memoryMiB)]),
    ),
  ];
}
