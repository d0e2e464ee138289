import type { Elsewhere, Remembered } from '../../domain/memory/memory.js';
import { type RecallAsk, untilOf } from '../../domain/memory/recall.js';
import { byteLru } from '../vectors/byte-lru.js';
import { BYTES, type Held, keepingsIn, type Minds, momentIn, rememberedIn } from './minds.js';
import { rememberedElsewhere } from './other-games.js';
import { type Moment, NOW } from './rows.js';

/** All that a player remembers at a moment, and the same person in those other games. @throws where nobody can tell now. */
export type RememberedAt = (
  ask: Pick<RecallAsk, 'playerId' | 'revision' | 'cue'>,
  others: Promise<readonly Elsewhere[]>,
) => Promise<readonly Remembered[]>;

const CACHED_BYTES = 16 * 2 ** 20;

/**
 * Of the own game as of the revision and the time of the cue; of others as of that time. While nothing changes it is the
 * same list, of which much is reckoned once.
 */
export function rememberedBy(minds: Minds): RememberedAt {
  const cache = byteLru<Together>(CACHED_BYTES);
  return async ({ playerId, revision, cue }, others) => {
    const moment = { revision, until: untilOf(cue) };
    const [held, shared] = await Promise.all([minds(playerId), others]);
    const own = rememberedIn(held, moment);
    if (shared.length === 0) return own;
    const games = await Promise.all(
      shared.map(async (elsewhere) => ({ elsewhere, held: await minds(elsewhere.playerId) })),
    );
    const of = [own, ...games.flatMap(({ elsewhere, held }) => ofGame(elsewhere, held, moment))];
    const known = cache.get(playerId);
    if (known && isSame(known.of, of)) return known.all;
    const all = [...own, ...games.flatMap((game) => thereOf(game, { held, moment }))];
    cache.set(playerId, { of, all }, BYTES.player + BYTES.occurrence * all.length);
    return all;
  };
}

/** What is remembered in all games, and all that it depends on. */
type Together = { of: readonly unknown[]; all: readonly Remembered[] };

const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((each, at) => each === other[at]);

const ofGame = ({ playerId, gameId }: Elsewhere, held: Held, { until }: Moment): unknown[] => [
  ...[playerId, gameId, held.tables, held.upTo, momentIn(held, { ...NOW, until }).until],
];

type Game = { elsewhere: Elsewhere; held: Held };

function thereOf(
  { elsewhere, held: there }: Game,
  { held, moment }: { held: Held; moment: Moment },
): Remembered[] {
  const uses = [...held.uses.values()].filter((use) => use.revision <= moment.revision);
  return rememberedElsewhere(keepingsIn(there), { elsewhere, uses, gone: held.gone, until: moment.until });
}
