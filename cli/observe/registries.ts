import { AggregatorRegistry, Counter, Gauge, type Registry } from 'prom-client';

/** What Prometheus is told, as plain data that goes from thread to thread. */
export type MetricValues = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;
export type Metrics = () => Promise<MetricValues>;

/** What several told of the same is added up; who does not answer is left out. */
export async function summed(all: readonly Metrics[]): Promise<string> {
  const told = await Promise.all(all.map((metrics) => metrics().catch(() => [])));
  return AggregatorRegistry.aggregate(told).metrics();
}

/** What is found when it is looked at. */
export type Finding = { labels: Record<string, string>; value: number };
type Sought = {
  name: string;
  help: string;
  labels?: string[];
  look: () => Iterable<Finding> | Promise<Iterable<Finding>>;
};

const described = (registry: Registry, { name, help, labels = [] }: Sought) => ({
  name: `agl_${name}`,
  help,
  labelNames: labels,
  registers: [registry],
});

/** As it stands now. */
export function standing(registry: Registry, sought: Sought): void {
  new Gauge({
    ...described(registry, sought),
    async collect() {
      this.reset();
      for (const { labels, value } of await sought.look()) this.set(labels, value);
    },
  });
}

/** Counted elsewhere since the start. */
export function counted(registry: Registry, sought: Sought): void {
  new Counter({
    ...described(registry, sought),
    async collect() {
      this.reset();
      for (const { labels, value } of await sought.look()) this.inc(labels, value);
    },
  });
}
