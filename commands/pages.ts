import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type LogEvent, logEvents } from '../domain/events/log-events.js';
import type { Decider } from '../domain/kernel/decider.js';
import { type EventLog, LogUnavailable, type NewEvent } from '../eventstore/log.js';
import { metadataOf } from './metadata.js';

/** A stretch of a long stream: the ids of its events in their order, and the state after the last of them. */
export type Page<State> = { ids: string[]; state: State };

/** The pages of one stream as they are kept, from the second stretch on: the first is always read itself. */
export type Kept<State> = { pages: Page<State>[]; head: number };

/**
 * Long streams, page by page, so that a stream need not be read whole to know all its ids. Derived: losing
 * all of it costs time alone.
 */
export type Pages<State> = {
  /** How many events a page is of. */
  size: number;
  /** Of whom nothing is kept. */
  isGone(state: State): boolean;
  /** All pages that can be trusted. @throws LogUnavailable */
  read(stream: string): Promise<Kept<State>>;
  /** Adds pages after those that were read; in the background, nobody waits for it. */
  add(stream: string, kept: Kept<State>, fresh: Page<State>[]): void;
};

/** The stream beside a player's: whoever erases the one erases the other. */
export const pagesStreamOf = (stream: string) => `pages-${stream}`;

export type PagesParts<State> = {
  log: EventLog;
  decider: Pick<Decider<never, LogEvent, State>, 'initial' | 'evolve'>;
  warn: (error: unknown) => void;
  size?: number;
  isGone?: (state: State) => boolean;
};

const SIZE = 1_000;
/** About 600 KiB, of the 1 MiB that an append may have. */
const PAGES_AN_APPEND = 25;

export function pagesInLog<State>(parts: PagesParts<State>): Pages<State> {
  const { log, decider, warn, size = SIZE, isGone = () => false } = parts;
  const mark = markOf(decider);
  const read = async (stream: string): Promise<Kept<State>> => {
    const pages: Page<State>[] = [];
    let head = -1;
    let expected: number | null = null;
    for await (const { data, revision } of log.readStream(pagesStreamOf(stream), { backwards: true })) {
      head = Math.max(head, revision);
      const page = trusted<State>(data, mark, size);
      if (!page || page.number !== (expected ?? page.number)) break;
      pages.push({ ids: page.ids, state: page.state });
      if (page.number === 1) return { pages: pages.reverse(), head };
      expected = page.number - 1;
    }
    return { pages: [], head };
  };
  const add = async (stream: string, { pages, head }: Kept<State>, fresh: Page<State>[]) => {
    const events = fresh.map((page, at) => asEvent(page, { mark, number: pages.length + 1 + at }));
    for (let at = 0, last = head; at < events.length; at += PAGES_AN_APPEND) {
      const expected = last < 0 ? 'no_stream' : last;
      const part = events.slice(at, at + PAGES_AN_APPEND);
      const appended = await log.append(pagesStreamOf(stream), part, expected);
      // Another instance adds the same pages.
      if (!appended.ok) return;
      last = appended.revision;
    }
  };
  return {
    size,
    isGone,
    async read(stream) {
      try {
        return await read(stream);
      } catch (error) {
        if (error instanceof LogUnavailable) throw error;
        warn(error);
        return { pages: [], head: -1 };
      }
    },
    add: (stream, kept, fresh) => void add(stream, kept, fresh).catch(warn),
  };
}

/** The code that folds the state: pages of another are not its own. */
function markOf({ initial, evolve }: { initial: unknown; evolve: unknown }): string {
  const versions = Object.entries(logEvents).map(([type, { version }]) => `${type} ${version}`);
  return digestOf([initial, String(evolve), versions]);
}

const digestOf = (what: unknown) =>
  createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 32);

function asEvent(page: Page<unknown>, about: { mark: string; number: number }): NewEvent {
  const id = randomUUID();
  const type = 'PageTaken';
  const content = { ...about, ids: packed(page.ids), state: page.state };
  const metadata = metadataOf(type, { correlationId: id, causationId: id }, new Date());
  return { id, type, data: { ...content, digest: digestOf(content) }, metadata };
}

const shape = z.strictObject({
  mark: z.string(),
  number: z.int().min(1),
  ids: z.string(),
  state: z.unknown(),
  digest: z.string(),
});

function trusted<State>(data: unknown, mark: string, size: number) {
  const parsed = shape.safeParse(data);
  if (!parsed.success || parsed.data.mark !== mark) return null;
  const { digest, ...content } = parsed.data;
  const ids = unpacked(content.ids);
  if (digestOf(content) !== digest || ids.length !== size) return null;
  return { number: content.number, ids, state: content.state as State };
}

const packed = (ids: string[]) => Buffer.from(ids.join('').replaceAll('-', ''), 'hex').toString('base64');

function unpacked(text: string): string[] {
  const hex = Buffer.from(text, 'base64').toString('hex');
  return (hex.match(/.{32}/g) ?? []).map((id) =>
    [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-'),
  );
}
