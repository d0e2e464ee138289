import { randomBytes } from 'node:crypto';
import type { Catalog } from './catalog.js';
import { decide, type View } from './decide.js';
import { keyOf } from './keys.js';
import { encodeRecord } from './record.js';
import { parseRetention, softDeletion, undeleted } from './retention.js';
import type { Store, Write } from './store.js';
import {
  isMetastream,
  metastreamOf,
  originalOf,
  type ProposedEvent,
  type StreamState,
  type WriteOutcome,
  type WriteRequest,
} from './types.js';

/**
 * The writes of one commit, decided one after the other; nothing of it is known outside until it is done.
 * `position` and `streamNo` are the last ones given away.
 */
export type Plan = {
  writes: Write[];
  bytes: number;
  /** The streams as they will be once the writes are on the disk. */
  states: Map<string, StreamState>;
  position: number;
  streamNo: number;
};

export type Ground = { store: Store; catalog: Catalog; position: number; streamNo: number; now: number };

type Draft = Plan &
  Ground & {
    view: View;
    /** Where this commit puts an event, by stream and id. */
    placed: Map<string, Map<string, { revision: number; position: number }>>;
    /** The metadata that this commit gives a stream. */
    metadata: Map<string, Buffer>;
  };

const none = Buffer.alloc(0);

/** An empty plan on the ground of what is committed, and the function that adds a request to it. */
export function planOn(ground: Ground): { plan: Plan; add(request: WriteRequest): WriteOutcome } {
  const draft: Draft = {
    ...ground,
    writes: [],
    bytes: 0,
    states: new Map(),
    placed: new Map(),
    metadata: new Map(),
    view: undefined as unknown as View,
  };
  draft.view = viewOf(draft);
  return { plan: draft, add: (request) => add(draft, request) };
}

function viewOf({ states, placed, metadata, store, catalog }: Draft): View {
  return {
    state: (stream) => states.get(stream) ?? catalog.state(stream),
    retention(stream) {
      const planned = metadata.get(stream);
      return planned === undefined ? catalog.retention(stream) : parseRetention(planned);
    },
    revisionOf(stream, id) {
      const planned = placed.get(stream)?.get(keyOf(id));
      if (planned !== undefined) return planned.revision;
      const { no } = catalog.state(stream);
      return no === 0 ? -1 : store.revisionOf(no, id);
    },
  };
}

function add(draft: Draft, request: WriteRequest): WriteOutcome {
  const { stream } = request;
  const decision = decide(request, draft.view);
  if (decision.do === 'refuse') {
    if (decision.because === 'stream_deleted') return { outcome: 'stream_deleted' };
    return { outcome: 'wrong_expected_version', current: decision.current };
  }
  if (decision.do === 'nothing') return alreadyWritten(draft, stream, decision.revision);
  if (request.kind === 'append') return append(draft, stream, request.events);
  if (request.kind === 'delete') write(draft, metastreamOf(stream), systemEvent('$metadata', softDeletion));
  else write(draft, stream, systemEvent('$streamDeleted', none), true);
  return { outcome: 'written', revision: draft.view.state(stream).head, position: draft.position };
}

function alreadyWritten(draft: Draft, stream: string, revision: number): WriteOutcome {
  for (const place of draft.placed.get(stream)?.values() ?? []) {
    if (place.revision === revision) return { outcome: 'written', ...place };
  }
  const position = draft.store.positionOf(draft.catalog.state(stream).no, revision);
  return { outcome: 'written', revision, position };
}

function append(draft: Draft, stream: string, events: ProposedEvent[]): WriteOutcome {
  const { view } = draft;
  const before = view.state(stream).head;
  if (events.length === 0) return { outcome: 'written', revision: before, position: 0 };
  const revive = view.retention(stream).softDeleted;
  const original = isMetastream(stream) ? originalOf(stream) : undefined;
  const reviveOriginal = original !== undefined && view.retention(original).softDeleted;
  for (const event of events) write(draft, stream, event);
  const outcome: WriteOutcome = {
    outcome: 'written',
    revision: before + events.length,
    position: draft.position,
  };
  if (revive) undelete(draft, stream, before + 1);
  if (reviveOriginal && !view.retention(original).softDeleted) {
    undelete(draft, original, view.state(original).head + 1);
  }
  return outcome;
}

/** What was deleted softly stays out of sight when its stream is written again, or given new metadata. */
function undelete(draft: Draft, stream: string, fromRevision: number): void {
  const before = draft.metadata.get(stream) ?? draft.catalog.metadata(stream) ?? none;
  write(draft, metastreamOf(stream), systemEvent('$metadata', undeleted(before, fromRevision)));
}

function write(draft: Draft, stream: string, event: ProposedEvent, tombstone = false): void {
  const before = draft.view.state(stream);
  const isNew = before.no === 0;
  if (isNew) draft.streamNo += 1;
  draft.position += 1;
  const { position, streamNo, now } = draft;
  const no = isNew ? streamNo : before.no;
  const revision = tombstone ? -1 : before.head + 1;
  const record = encodeRecord(event, { stream, position, revision, created: now });
  const newStream = isNew ? stream : undefined;
  draft.writes.push({ record, position, streamNo: no, revision, id: event.id, newStream });
  draft.bytes += record.length;
  draft.states.set(stream, { no, head: tombstone ? before.head : revision, tombstoned: tombstone });
  if (tombstone) return;
  const placed = draft.placed.get(stream) ?? new Map<string, { revision: number; position: number }>();
  draft.placed.set(stream, placed.set(keyOf(event.id), { revision, position }));
  if (isMetastream(stream)) draft.metadata.set(originalOf(stream), Buffer.from(event.data));
}

/** An event the node itself writes: a version 4 UUID, no metadata. */
export function systemEvent(type: string, data: Buffer): ProposedEvent {
  const id = randomBytes(16);
  id[6] = (id[6]! & 0x0f) | 0x40;
  id[8] = (id[8]! & 0x3f) | 0x80;
  return { id, type, isJson: data.length > 0, data, metadata: none };
}
