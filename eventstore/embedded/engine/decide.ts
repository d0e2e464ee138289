import { metastreamOf, type Retention, type StreamState, type WriteRequest } from './types.js';

/** The log as a write sees it: all that is committed, and what goes before it in the same commit. */
export type View = {
  state(stream: string): StreamState;
  retention(stream: string): Retention;
  revisionOf(stream: string, id: Uint8Array): number;
};

export type Decision =
  | { do: 'write' }
  | { do: 'nothing'; revision: number }
  | { do: 'refuse'; because: 'wrong_expected_version' | 'stream_deleted'; current: number };

/**
 * The real server's rules. A retry, all of whose ids the stream holds where they would have been written,
 * succeeds for every expectation; ids that it holds only in part are a wrong expected version. Beyond the
 * real server, an id is never stored twice in one stream.
 */
export function decide(request: WriteRequest, view: View): Decision {
  const { stream, expected } = request;
  const state = view.state(stream);
  if (state.tombstoned) return refuse('stream_deleted', state.head);
  const { softDeleted } = view.retention(stream);
  if (expected === 'stream_exists') {
    if (softDeleted) return refuse('stream_deleted', state.head);
    if (state.head < 0 && view.state(metastreamOf(stream)).head < 0) return wrong(state.head);
  }
  const found = request.kind === 'append' ? foundIds(request.events, state, stream, view) : [];
  const known = found.filter((revision) => revision >= 0).length;
  const retry = found.length > 0 && known === found.length;
  const done: Decision = { do: 'nothing', revision: Math.max(-1, ...found) };
  if (expected === 'any' || expected === 'stream_exists')
    return retry ? done : known > 0 ? wrong(state.head) : write;

  const after = expected === 'no_stream' ? -1 : expected;
  if (after > state.head) return wrong(state.head);
  if (after === state.head) return retry ? done : known > 0 ? wrong(state.head) : write;
  if (retry && found.every((revision, i) => revision === after + 1 + i)) return done;
  return expected === 'no_stream' && softDeleted && known === 0 ? write : wrong(state.head);
}

function foundIds(events: { id: Uint8Array }[], state: StreamState, stream: string, view: View): number[] {
  if (state.head < 0) return events.map(() => -1);
  return events.map((event) => view.revisionOf(stream, event.id));
}

const write: Decision = { do: 'write' };
const wrong = (current: number) => refuse('wrong_expected_version', current);
const refuse = (because: 'wrong_expected_version' | 'stream_deleted', current: number): Decision => ({
  do: 'refuse',
  because,
  current,
});
