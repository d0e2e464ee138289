import type { Found } from '../../domain/kernel/found.js';

/** What is kept with a point and comes back with it: never a word that anybody wrote. */
export type PointPayload = {
  /** ISO 8601, as `toISOString` writes it. */
  at: string;
  /** 0 to 1. */
  importance: number;
  kind: string;
  gameId: string | null;
  clientId: string | null;
  /** Whatever finds again what the point is of. */
  key: string;
  /** A hash of the model and the text, without blanks: equal marks are equal vectors. */
  mark: string;
};

export type VectorPoint = {
  /** Anything but an empty string. */
  playerId: string;
  /** A UUID; the same id of the same player is the same point, that of another player another. */
  id: string;
  /** Of unit length. */
  vector: Float32Array;
  payload: PointPayload;
};

/** `score`: the cosine, -1 to 1. */
export type Hit = { id: string; score: number; payload: PointPayload };

/** All that is said must hold. `from` and `to`: both inclusive. `kinds`: any of them; of none, nothing is found. */
export type VectorFilter = {
  from?: string;
  to?: string;
  leastImportance?: number;
  kinds?: readonly string[];
};

/** `collection`: of this alone; nothing is found where the alias means another. */
export type Ask = {
  playerId: string;
  vector: Float32Array;
  limit: number;
  filter?: VectorFilter;
  collection?: string;
};

/** `digest`: of (playerId, id, mark) of every point, in whatever order; the same in every adapter. */
export type VectorDigest = { rows: number; digest: string };

/** What an alias means, and what its vectors are of. */
export type Published = { collection: string; model: string; dimension: number };

/**
 * Points of players, in collections that are built beside one another and read through an alias. Names of both are of
 * a-z, 0-9, `_` and `-`, at most 60, and no alias has the name of a collection. What is written is seen by whoever
 * searches after it, from whatever process.
 *
 * @throws VectorsUnavailable from every call while the store cannot answer; each can be made again.
 * @throws Error that names what is wrong when something is asked that can never be done; nothing of it is done then.
 */
export type VectorStore = {
  /** Nothing where it is there; @throws when it is there with another dimension or model. */
  create(collection: string, of: { dimension: number; model: string }): Promise<void>;
  /** A point that is there is replaced; of two of the same id the later one counts. */
  upsert(collection: string, points: readonly VectorPoint[]): Promise<void>;
  /** Points of this player alone, whatever the ids. */
  remove(collection: string, playerId: string, ids: readonly string[]): Promise<void>;
  /** How many points a player has. */
  count(collection: string, playerId: string): Promise<number>;
  /** Everything of a player, for erasure. */
  removePlayer(collection: string, playerId: string): Promise<void>;
  /** The nearest of one player, best first; [] when the alias means nothing yet. */
  search(alias: string, ask: Ask): Promise<Hit[]>;
  /** From now on the alias means this collection: at once, also for who asks meanwhile. */
  publish(alias: string, collection: string): Promise<void>;
  /** `null`: nothing yet. */
  published(alias: string): Promise<Published | null>;
  /** With every alias that means it; nothing where it is not there. */
  drop(collection: string): Promise<void>;
  /** Whether it is there. */
  has(collection: string): Promise<boolean>;
  digest(collection: string): Promise<VectorDigest>;
  /** Of what is kept in memory, where something is. */
  readonly found?: Found;
  /** What others opened (a pool) stays open. */
  close(): Promise<void>;
};

/** It cannot be reached now; worth a retry. */
export class VectorsUnavailable extends Error {}
