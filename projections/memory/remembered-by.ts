import type { Elsewhere, Remembered } from '../../domain/memory/memory.js';
import { type Minds, rememberedIn } from './minds.js';
import { rememberedElsewhere } from './other-games.js';
import type { Ask } from './recall.js';

/** All that a player remembers at a moment, and the same person in those other games. @throws where nobody can tell now. */
export type RememberedAt = (
  ask: Pick<Ask, 'playerId' | 'revision' | 'cue'>,
  others: Promise<readonly Elsewhere[]>,
) => Promise<readonly Remembered[]>;

/** Of the own game as of the revision; of others as of the time of the cue. */
export const rememberedBy =
  (minds: Minds): RememberedAt =>
  async ({ playerId, revision, cue }, others) => {
    const [held, shared] = await Promise.all([minds(playerId), others]);
    const own = rememberedIn(held, revision);
    if (shared.length === 0) return own;
    const uses = [...held.uses.values()].filter((use) => use.revision <= revision);
    const asking = { uses, gone: held.gone, until: Date.parse(cue.at) };
    const there = shared.map(async (elsewhere) => {
      const kept = await minds(elsewhere.playerId);
      const keepings = {
        ...{ memories: [...kept.memories.values()], uses: [...kept.uses.values()] },
        paths: kept.paths,
      };
      return rememberedElsewhere(keepings, { ...asking, elsewhere });
    });
    return [...own, ...(await Promise.all(there)).flat()];
  };
