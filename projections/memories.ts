import type { Memory } from '../domain/memory/memory.js';
import type { Used } from '../domain/memory/remember.js';
import { type Kept, minds, type Remembers, rememberedTypes } from './memory/remembers-by.js';
import type { Folded, Projection, Row } from './projection.js';
import type { Recorded } from './recorded.js';

const ofPlayer = { column: 'player_id', parts: 16 };

const tables = {
  /** One row an occurrence. Of one that is forgotten nothing is left but that it is. */
  memories: {
    how: 'put',
    byHash: ofPlayer,
    key: ['player_id', 'id'],
    indexes: [['player_id', 'changed']],
    columns: {
      player_id: 'text',
      id: 'text',
      /** In the whole log, of the event that wrote this row: what is later is new to a cache. */
      changed: 'bigint',
      recorded_at: 'timestamptz',
      key: 'text?',
      kind: 'text?',
      at: 'timestamptz?',
      revision: 'bigint?',
      game_id: 'text?',
      client_id: 'text?',
      facts: 'jsonb?',
      importance: 'double precision?',
      parts: 'jsonb?',
      label: 'text?',
      intensity: 'double precision?',
      lang: 'text?',
      sources: 'jsonb?',
      sealed: 'text?',
      forgotten: 'text?',
      forgotten_at: 'timestamptz?',
    },
  },
  /** One row each time that a line was given one. */
  memory_uses: {
    how: 'add',
    byHash: ofPlayer,
    key: ['player_id', 'revision', 'memory_id'],
    indexes: [['player_id', 'changed']],
    columns: {
      player_id: 'text',
      revision: 'bigint',
      memory_id: 'text',
      changed: 'bigint',
      score: 'double precision',
      at: 'timestamptz',
    },
  },
  /** What is looked back upon from that revision on: one row each time that a save game changes it. */
  memory_paths: {
    how: 'add',
    byHash: ofPlayer,
    key: ['player_id', 'revision'],
    columns: { player_id: 'text', revision: 'bigint', changed: 'bigint', at: 'timestamptz', path: 'jsonb' },
  },
  memory_minds: minds,
} satisfies Projection['tables'];

/** What players' companions remember, occurrence by occurrence, and when each came to mind. */
export const memoriesBy = ({ mark, prepare, take }: Remembers): Projection => ({
  name: 'memories',
  version: 2,
  types: rememberedTypes,
  madeBy: mark,
  prepare,
  tables,
  state: 'memory_minds',
  fold: (event, state) => rowsOf(event, take(event, state)),
});

function rowsOf(event: Recorded, { memories, uses, forgotten, path, after }: Kept): Folded {
  const { subject, revision, position } = event;
  const folded: Record<string, Row | Row[]> = {};
  // Of nearly all events there is nothing but the state.
  if (memories.length > 0) folded.memories = memories.map((memory) => rowOf(event, memory));
  if (uses.length > 0) folded.memory_uses = uses.map((use) => useRow(event, use));
  if (path)
    folded.memory_paths = { player_id: subject, revision, changed: position, at: timeOf(event), path };
  if (after) folded.memory_minds = after;
  if (forgotten && forgotten.memoryIds.length > 0)
    folded.memories = forgotten.memoryIds.map((id) => tombstone(event, { ...forgotten, id }));
  return folded;
}

/** By the game's clock, where it told one. */
const timeOf = ({ data, recordedAt }: Recorded): string => ('at' in data ? data.at : recordedAt);

function rowOf(event: Recorded, memory: Memory): Row {
  const row = placeOf(event, memory.id);
  row.revision = memory.revision;
  row.lang = memory.lang;
  row.kind = memory.kind;
  row.key = memory.key;
  row.facts = memory.facts;
  row.at = memory.at;
  row.sources = memory.sources;
  row.importance = memory.importance;
  row.parts = memory.parts;
  row.sealed = memory.sealed;
  row.label = memory.felt.label;
  row.intensity = memory.felt.intensity;
  return row;
}

const tombstone = (event: Recorded, { id, reason, at }: { id: string; reason: string; at: string }): Row => ({
  ...placeOf(event, id),
  forgotten: reason,
  forgotten_at: at,
});

const useRow = ({ subject, revision, position }: Recorded, { memoryId, score, at }: Used): Row => ({
  player_id: subject,
  revision,
  memory_id: memoryId,
  changed: position,
  score,
  at,
});

const placeOf = ({ subject, position, recordedAt, gameId, clientId }: Recorded, id: string): Row => ({
  player_id: subject,
  changed: position,
  recorded_at: recordedAt,
  game_id: gameId,
  client_id: clientId,
  id,
});
