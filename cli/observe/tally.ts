import { type Metric, type Registry } from 'prom-client';
import { counted } from './registries.js';

/**
 * What is counted for each frame. `prom-client` makes a text of the labels each time, which costs a microsecond or two; here a count is a
 * number in a map, or in an array, and becomes a metric when somebody looks.
 */
type Named = { name: string; help: string };

/** Counts by one label. */
export function tally(registry: Registry, { name, help, label }: Named & { label: string }) {
  const counts = new Map<string, number>();
  counted(registry, {
    name,
    help,
    labels: [label],
    look: () => [...counts].map(([value, count]) => ({ labels: { [label]: value }, value: count })),
  });
  return (value: string): void => void counts.set(value, (counts.get(value) ?? 0) + 1);
}

type Kept = { counts: number[]; sum: number; count: number };

/** A histogram by one label, whose values are known before. */
export function tallyTimes<Value extends string>(
  registry: Registry,
  {
    name,
    help,
    label,
    values,
    buckets,
  }: Named & { label: string; values: readonly Value[]; buckets: number[] },
) {
  const kept = new Map<Value, Kept>(
    values.map((value) => [value, { counts: buckets.map(() => 0), sum: 0, count: 0 }]),
  );
  const get = async () => ({
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    values: [...kept].flatMap(([value, of]) => (of.count === 0 ? [] : seriesOf({ [label]: value }, of))),
  });
  const seriesOf = (labels: Record<string, string>, { counts, sum, count }: Kept) => [
    ...buckets.map((le, at) => ({
      labels: { le, ...labels },
      value: counts[at]!,
      metricName: `${name}_bucket`,
    })),
    { labels: { le: '+Inf', ...labels }, value: count, metricName: `${name}_bucket` },
    { labels, value: sum, metricName: `${name}_sum` },
    { labels, value: count, metricName: `${name}_count` },
  ];
  registry.registerMetric({ name, get } as unknown as Metric);
  return (value: Value, seconds: number): void => {
    const of = kept.get(value)!;
    of.sum += seconds;
    of.count++;
    // Each bucket holds what the smaller ones hold as well.
    for (let at = buckets.length - 1; at >= 0 && seconds <= buckets[at]!; at--) of.counts[at]!++;
  };
}
