import { randomUUID } from 'node:crypto';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Engine } from '../../engine/engine.js';
import type { StoredRecord } from '../../engine/record.js';
import { refusalOf } from '../errors.js';
import { outletOf } from '../outlet.js';
import {
  caughtUpResponse,
  checkpointResponse,
  confirmationResponse,
  firstPositionResponse,
  lastPositionResponse,
  streamNotFoundResponse,
} from '../read-response.js';
import { edgesOf, encoderOf, type Feed, feedOf, subscriptionFeed } from './feed.js';
import { parseQuery, type Query } from './query.js';

type Call = ServerWritableStream<Buffer, Buffer>;

/** Events read and sent before the caller is waited for: what a slow one can make the node hold. */
const SLICE = 256;

export const read =
  (engine: Engine) =>
  async (call: Call): Promise<void> => {
    try {
      const query = parseQuery(call.request);
      if (query.max === undefined) await subscribe(call, engine, query);
      else await readOnce(call, engine, { ...query, max: query.max });
      call.end();
    } catch (error) {
      call.emit('error', refusalOf(error));
    }
  };

async function readOnce(call: Call, engine: Engine, query: Query & { max: number }): Promise<void> {
  const feed = feedOf(engine, query);
  const outlet = outletOf(call);
  if (feed === undefined) return outlet.send([streamNotFoundResponse(query.stream!)]);
  const encode = encoderOf(engine, query);
  const edges = edgesOf(engine, query);
  if (edges?.first !== undefined) outlet.send([firstPositionResponse(edges.first)]);
  for (let left = query.max, ended = false; left > 0 && !ended && !call.cancelled; ) {
    const { records, end } = feed(query.filter ? SLICE : Math.min(left, SLICE));
    const wanted = query.filter ? records.filter(query.filter.matches).slice(0, left) : records;
    if (wanted.length > 0) outlet.send(wanted.map(encode));
    left -= wanted.length;
    ended = end;
    if (!ended) await outlet.ready();
  }
  if (edges) outlet.send([lastPositionResponse(edges.last)]);
}

/**
 * Catching up and live are one: every event is read from the log after the one before it, so there is no seam
 * in which one could be lost or doubled, and a subscriber that lags costs nothing but its place.
 */
async function subscribe(call: Call, engine: Engine, query: Query): Promise<void> {
  const bell = bellOf(call, engine);
  const outlet = outletOf(call);
  try {
    const feed = subscriptionFeed(engine, query);
    outlet.send([confirmationResponse(randomUUID())]);
    const deliver = delivererOf(engine, query);
    let live = false;
    while (!call.cancelled) {
      const upTo = bell.heard();
      const { messages, end } = deliver(feed);
      // That it fell behind the real server does not tell either.
      if (end && !live) messages.push(caughtUpResponse);
      if (messages.length > 0) outlet.send(messages);
      live = end;
      await outlet.ready();
      if (end) await bell.after(upTo);
    }
  } finally {
    bell.dismiss();
  }
}

/** The next slice of a feed, and with a filter the checkpoints; never one past what was not yet sent. */
function delivererOf(engine: Engine, { filter, ...query }: Query) {
  const encode = encoderOf(engine, query);
  let looked = 0;
  let messages: Buffer[] = [];
  const look = (record: StoredRecord) => {
    if (filter === undefined || filter.matches(record)) messages.push(encode(record));
    if (filter === undefined || ++looked < filter.every) return;
    messages.push(checkpointResponse(record.position));
    looked = 0;
  };
  let caughtUp = false;
  return (feed: Feed): { messages: Buffer[]; end: boolean } => {
    messages = [];
    const { records, end } = feed(SLICE);
    for (const record of records) look(record);
    const last = records.at(-1);
    if (end && !caughtUp && looked > 0 && last !== undefined) {
      messages.push(checkpointResponse(last.position));
      looked = 0;
    }
    caughtUp ||= end;
    return { messages, end };
  };
}

/** Rings at each commit and when the caller goes. */
function bellOf(call: Call, engine: Engine) {
  let rung = 0;
  let wake = () => {};
  const ring = () => {
    rung++;
    wake();
  };
  const dismiss = engine.onCommit(ring);
  call.on('cancelled', ring);
  return {
    dismiss,
    heard: () => rung,
    after(heard: number): Promise<void> {
      return new Promise((resolve) => {
        if (rung > heard || call.cancelled) resolve();
        else wake = resolve;
      });
    },
  };
}
