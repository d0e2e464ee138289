/** How many there are of each just now. */
export function countedBy() {
  const counts = new Map<string, number>();
  const of = (who: string) => counts.get(who) ?? 0;
  return {
    of,
    add: (who: string) => void counts.set(who, of(who) + 1),
    remove: (who: string) => void (of(who) > 1 ? counts.set(who, of(who) - 1) : counts.delete(who)),
  };
}
