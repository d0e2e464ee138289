import { checkAsk, checkName, checkPlayer, checkShape, plainId, plainPoints } from './check.js';
import type { VectorStore } from './vectors.js';

/**
 * What every adapter does alike: what can never be done is refused before anything is, ids come in one form, nothing
 * is asked for nothing, and an error of the vendor becomes the port's own by `word`.
 */
export function guarded(store: VectorStore, word: (error: unknown) => unknown): VectorStore {
  const call = async <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error) => {
      throw word(error);
    });
  const collection = (name: string) => checkName('collection', name);
  const ofCollection = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    collection(name);
    return call(work);
  };
  const ofPlayer = async <T>(name: string, playerId: string, work: () => Promise<T>): Promise<T> => {
    checkPlayer(playerId);
    return ofCollection(name, work);
  };
  return {
    async create(name, of) {
      collection(name);
      checkShape(of);
      await call(() => store.create(name, of));
    },
    async upsert(name, points) {
      collection(name);
      const plain = plainPoints(points);
      if (plain.length > 0) await call(() => store.upsert(name, plain));
    },
    async remove(name, playerId, ids) {
      collection(name);
      checkPlayer(playerId);
      const plain = [...new Set(ids.map(plainId))];
      if (plain.length > 0) await call(() => store.remove(name, playerId, plain));
    },
    count: (name, playerId) => ofPlayer(name, playerId, () => store.count(name, playerId)),
    removePlayer: (name, playerId) => ofPlayer(name, playerId, () => store.removePlayer(name, playerId)),
    async search(alias, ask) {
      checkName('alias', alias);
      if (ask.collection !== undefined) collection(ask.collection);
      checkAsk(ask);
      return ask.filter?.kinds?.length === 0 ? [] : call(() => store.search(alias, ask));
    },
    async publish(alias, name) {
      checkName('alias', alias);
      collection(name);
      await call(() => store.publish(alias, name));
    },
    async published(alias) {
      checkName('alias', alias);
      return call(() => store.published(alias));
    },
    drop: (name) => ofCollection(name, () => store.drop(name)),
    has: (name) => ofCollection(name, () => store.has(name)),
    digest: (name) => ofCollection(name, () => store.digest(name)),
    ...(store.found && { found: store.found }),
    close: () => store.close(),
  };
}
