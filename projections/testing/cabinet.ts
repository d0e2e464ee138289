import { createHash } from 'node:crypto';
import type { Elsewhere, Row } from '../projection.js';

/** What happens before a call of the store is answered: it may take its time, or throw. */
type Hindrance = (call: keyof Elsewhere) => Promise<void> | void;

/** A store beside Postgres, in memory: for each read model the generation that is read, and the rows of each. */
export function cabinet(keyOf: (row: Row) => string) {
  const read = new Map<string, string>();
  const generations = new Map<string, Map<string, Row>>();
  const of = (model: string, generation: string) => `${model} ${generation}`;
  let hindrance: Hindrance = () => {};
  const store: Elsewhere = {
    async prepare(model, generation) {
      await hindrance('prepare');
      if (!generations.has(of(model, generation))) generations.set(of(model, generation), new Map());
    },
    async write({ model, generation }, rows) {
      await hindrance('write');
      const kept = generations.get(of(model, generation));
      if (!kept) throw new Error(`${model} has no generation ${generation}`);
      for (const row of [...rows.values()].flat()) kept.set(keyOf(row), row);
    },
    async holds(model, generation) {
      await hindrance('holds');
      return generations.has(of(model, generation));
    },
    async digests(model, generation) {
      await hindrance('digests');
      const rows = [...(generations.get(of(model, generation))?.values() ?? [])];
      const lines = rows.map((row) => JSON.stringify(row)).sort();
      const digest = createHash('sha256').update(lines.join('\n')).digest('hex');
      return { points: { rows: rows.length, digest } };
    },
    async erase({ model, generation }, player) {
      await hindrance('erase');
      const kept = generations.get(of(model, generation));
      const own = [...(kept ?? [])].filter(([, row]) => row.player_id === player);
      for (const [key] of own) kept!.delete(key);
      return own.length;
    },
    async publish(model, generation) {
      await hindrance('publish');
      if (!generations.has(of(model, generation)))
        throw new Error(`${model} has no generation ${generation}`);
      read.set(model, generation);
    },
    async drop(model, generation) {
      await hindrance('drop');
      generations.delete(of(model, generation));
    },
  };
  return {
    store,
    generations,
    /** From now on. */
    hinder(by: Hindrance) {
      hindrance = by;
    },
    /** What a question would find. */
    rows: (model: string) => [...(generations.get(of(model, read.get(model) ?? ''))?.values() ?? [])],
  };
}
