import type { Elsewhere, Projection, Row } from '../projection.js';

/** What each player told: in Postgres. */
export const notes: Projection = {
  name: 'notes',
  version: 1,
  types: ['GameEventRecorded'],
  tables: {
    notes: { how: 'put', key: ['id'], columns: { id: 'text', player_id: 'text', type: 'text' } },
  },
  fold: ({ id, subject, data }) => ({
    notes: { id, player_id: subject, type: (data as { type: string }).type },
  }),
};

/** The same beside Postgres, each with how many there were of its player by then: one too many would show. */
export const pointsIn = (store: Elsewhere): Projection => ({
  name: 'points',
  version: 1,
  types: ['GameEventRecorded'],
  tables: {
    points: { how: 'put', key: ['id'], columns: { id: 'text', nth: 'bigint' } },
    point_states: { how: 'put', key: ['player_id'], columns: { player_id: 'text', nth: 'bigint' } },
  },
  state: 'point_states',
  elsewhere: store,
  fold(event, state) {
    const nth = Number(state?.nth ?? 0) + 1;
    return { points: { id: event.id, nth }, point_states: { player_id: event.subject, nth } };
  },
});

export const idOf = (row: Row) => String(row.id);
