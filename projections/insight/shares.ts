const HEX = [...'0123456789abcdef'];

/** As many shares as can be told apart by the first two digits. */
export const SHARES_MAX = 256;

/**
 * The players' streams in so many shares of about the same size, each as the prefixes of its streams' names. The ids of
 * players are hashes in hex digits, so the first ones are as good as dice; all events of a player are in one share.
 */
export function sharesOf(count: number): string[][] {
  if (count === 1) return [['player-']];
  const prefixes = count <= HEX.length ? HEX : HEX.flatMap((one) => HEX.map((two) => one + two));
  const shares: string[][] = Array.from({ length: count }, () => []);
  for (const [n, prefix] of prefixes.entries()) shares[n % count]!.push(`player-${prefix}`);
  return shares;
}
