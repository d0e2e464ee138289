import type { Position } from '../../eventstore/log.js';
import type { ModelFiles } from '../emotion-model/models.js';
import type { Row } from './define.js';
import type { Scope } from './fold.js';

/** An insight's file and what it imports, as one text that a worker can run. */
export type Bundle = {
  code: string;
  /** The source map of `code`, JSON; its sources are paths as a person would type them. */
  map: string;
  /** `file:line` of the default export. */
  place: string;
};

/** The name under which the bundle's exports are found in its text. */
export const EXPORTS = 'insightFile';

/** What a worker folds: the streams of its share, up to where the log was when the question was asked. */
export type Share = { url: string; streams: string[]; upTo: Position; scope: Scope };

/** What a worker folds for as long as it lives: it tells the rows when it has come as far as `from`, and ever again. */
export type Followed = { url: string; scope: Scope; from: Position; everyMs: number };

/** What a worker is told, once. */
export type Task = { bundle: Bundle; timeoutS: number; models: ModelFiles } & (
  | { share: Share }
  | { total: Row[] }
  | { follow: Followed }
);

export type PlayerRows = [playerId: string, rows: Row[]];

export type FromWorker =
  | { at: Position }
  | { players: PlayerRows[] }
  | { rows: Row[] }
  | { kept: Kept }
  | { failed: string; isItsFault: boolean }
  | { done: Done };

/** The rows as they are after everything up to a position. */
export type Kept = { rows: Row[]; position: Position };

/** Of the events, how many were looked at and how many are not as their types promise. */
export type Done = { events: number; unreadable: number; hasTotal: boolean };

/** What is wrong with an insight, or became of it: one line for people. */
export class InsightFailed extends Error {
  override readonly name = 'InsightFailed';
}

/** The log was away, or what else nobody's code is to blame for: tried again, it may be answered. */
export class InsightInterrupted extends InsightFailed {
  override readonly name = 'InsightFailed';
}

export const tookTooLong = (timeoutS: number) =>
  new InsightFailed(`it took longer than ${timeoutS} s: --timeout gives it more`);
