import type { Projection } from './projection.js';

/** The read model that this one is built with, or is itself the first of. */
export const groupOf = ({ name, together }: Projection): string => together ?? name;

/** All that are built as one with any of these names, in the order of the list. */
export function wholeGroups(all: readonly Projection[], names: readonly string[]): Projection[] {
  const groups = new Set(all.filter(({ name }) => names.includes(name)).map(groupOf));
  return all.filter((one) => groups.has(groupOf(one)));
}

/** In the order of the list. @throws Error when one is there without the read model that it belongs to */
export function groupsOf(projections: readonly Projection[]): Projection[][] {
  const groups = new Map<string, Projection[]>();
  for (const one of projections) groups.set(groupOf(one), [...(groups.get(groupOf(one)) ?? []), one]);
  for (const [first, [one]] of groups)
    if (!projections.some(({ name }) => name === first))
      throw new Error(`${one!.name} is built together with ${first}, which is not there`);
  return [...groups.values()];
}
