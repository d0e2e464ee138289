import type { Memory } from '../domain/memory/memory.js';
import { minds, type Remembers, rememberedTypes } from './memory/remembers-by.js';
import type { Elsewhere, Projection, Row } from './projection.js';
import type { Recorded } from './recorded.js';

/** One point a player and key: what it is found by is made of this where it is stored. */
const tables = {
  memory_points: {
    how: 'put',
    key: ['player_id', 'key'],
    columns: {
      player_id: 'text',
      key: 'text',
      kind: 'text?',
      at: 'timestamptz?',
      importance: 'double precision?',
      game_id: 'text?',
      client_id: 'text?',
      facts: 'jsonb?',
      lang: 'text?',
      sealed: 'text?',
      /** The point is gone, and all else of it. */
      gone: 'boolean',
    },
  },
  memory_point_minds: minds,
} satisfies Projection['tables'];

export type MemoryIndex = { store: Elsewhere /** Of the embedder. */; model: string };

/** What memories are found by in words. Vectors of two models are never mixed: another one is built beside it. */
export const memoryVectorsBy = ({ prepare, take }: Remembers, { store, model }: MemoryIndex): Projection => ({
  name: 'memory_vectors',
  version: 1,
  together: 'memories',
  types: rememberedTypes,
  madeBy: model,
  madeByIsVersion: true,
  prepare,
  tables,
  state: 'memory_point_minds',
  elsewhere: store,
  fold(event, state) {
    const { memories, forgotten, after } = take(event, state);
    const gone = forgotten?.keys.map((key): Row => ({ player_id: event.subject, key, gone: true })) ?? [];
    return {
      memory_points: [...memories.map((memory) => rowOf(event, memory)), ...gone],
      ...(after && { memory_point_minds: after }),
    };
  },
});

const rowOf = ({ subject, gameId, clientId }: Recorded, memory: Memory): Row => {
  const { key, kind, at, importance, facts, lang, sealed } = memory;
  const point = { key, kind, at, importance, facts, lang, sealed };
  return { player_id: subject, ...point, game_id: gameId, client_id: clientId, gone: false };
};
