import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Engine } from '../../engine/engine.js';
import type { StoredRecord } from '../../engine/record.js';
import { refusalOf } from '../errors.js';
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
type Send = (message: Buffer) => void;

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
  if (feed === undefined) return void call.write(streamNotFoundResponse(query.stream!));
  const encode = encoderOf(engine, query);
  const edges = edgesOf(engine, query);
  if (edges?.first !== undefined) call.write(firstPositionResponse(edges.first));
  for (let left = query.max, ended = false; left > 0 && !ended && !call.cancelled; ) {
    const { records, end } = feed(query.filter ? SLICE : Math.min(left, SLICE));
    const wanted = query.filter ? records.filter(query.filter.matches).slice(0, left) : records;
    for (const record of wanted) call.write(encode(record));
    left -= wanted.length;
    ended = end;
    if (!ended) await ready(call);
  }
  if (edges) call.write(lastPositionResponse(edges.last));
}

/**
 * Catching up and live are one: every event is read from the log after the one before it, so there is no seam
 * in which one could be lost or doubled, and a subscriber that lags costs nothing but its place.
 */
async function subscribe(call: Call, engine: Engine, query: Query): Promise<void> {
  const bell = bellOf(call, engine);
  const send: Send = (message) => void call.write(message);
  try {
    const feed = subscriptionFeed(engine, query);
    send(confirmationResponse(randomUUID()));
    const deliver = delivererOf(send, engine, query);
    let live = false;
    while (!call.cancelled) {
      const upTo = bell.heard();
      const { end } = deliver(feed);
      // That it fell behind the real server does not tell either.
      if (end && !live) send(caughtUpResponse);
      live = end;
      await ready(call);
      if (end) await bell.after(upTo);
    }
  } finally {
    bell.dismiss();
  }
}

/** Sends the next slice of a feed, and with a filter the checkpoints; never one past what was not yet sent. */
function delivererOf(send: Send, engine: Engine, { filter, ...query }: Query) {
  const encode = encoderOf(engine, query);
  let looked = 0;
  const look = (record: StoredRecord) => {
    if (filter === undefined || filter.matches(record)) send(encode(record));
    if (filter === undefined || ++looked < filter.every) return;
    send(checkpointResponse(record.position));
    looked = 0;
  };
  let caughtUp = false;
  return (feed: Feed): { end: boolean } => {
    const { records, end } = feed(SLICE);
    for (const record of records) look(record);
    const last = records.at(-1);
    if (end && !caughtUp && looked > 0 && last !== undefined) {
      send(checkpointResponse(last.position));
      looked = 0;
    }
    caughtUp ||= end;
    return { end };
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

/** Resolves when the caller has taken what was sent, or is gone. */
async function ready(call: Call): Promise<void> {
  // A turn of the loop, so that one long read does not hold up everybody else.
  if (!call.writableNeedDrain || call.cancelled) return nextTurn();
  await new Promise<void>((resolve) => {
    const done = () => {
      for (const event of EVENTS) call.off(event, done);
      resolve();
    };
    for (const event of EVENTS) call.on(event, done);
  });
}

const EVENTS = ['drain', 'cancelled', 'close', 'error'] as const;
