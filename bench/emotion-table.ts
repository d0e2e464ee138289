import { columns } from '../cli/terminal/index.js';
import type { EmotionFigures, FeltSide, Ratios } from './emotion.js';
import { type Spread, short } from './statistics.js';

const range = ({ min, max }: Spread) => `${short(min)} to ${short(max)}`;
const number = (value: number) => String(short(value));

export function emotionTables({ events, from, ...measured }: EmotionFigures): string[] {
  const side = (name: string, { perSecond, cpuUs, p50Us, p99Us }: FeltSide) => [
    name,
    number(perSecond.median),
    range(perSecond),
    number(cpuUs.median),
    ...[number(p50Us.median), range(p50Us), number(p99Us.median), range(p99Us)],
  ];
  const sides = [
    side('feel(), rules alone', measured.rules),
    side(`feel(), with ${measured.model}`, measured.whole),
    side('JSON.parse', measured.json),
    side('JSON.parse and readLogEvent', measured.read),
  ];
  const times = (name: string, { cpu, p50, p99 }: Ratios) => [
    name,
    number(cpu.median),
    range(cpu),
    number(p50),
    number(p99),
  ];
  const ratios = [
    times('rules alone / reading', measured.toRead.rules),
    times('with the model / reading', measured.toRead.whole),
    times('rules alone / JSON', measured.toJson.rules),
    times('with the model / JSON', measured.toJson.whole),
  ];
  return [
    ...columns(
      [
        `${events} events of the ${from}`,
        'events/s',
        'rounds',
        'cpu µs',
        'p50 µs',
        'rounds',
        'p99 µs',
        'rounds',
      ],
      sides,
    ),
    '',
    ...columns(['times as long', 'cpu', 'rounds', 'p50', 'p99'], ratios),
  ];
}
