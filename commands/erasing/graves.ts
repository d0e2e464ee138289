/** A player who was erased, and where in the log. */
export type Grave = { playerId: string; clientId: string | null; gameId: string | null; position: number };

/** Erasures that are to be carried out, shared by all instances. @throws while it cannot be told */
export type Graves = {
  /** One that nobody has claimed within that time; `null`: there is none. */
  claim(forMs: number): Promise<Grave | null>;
  /** Whoever claimed it is still at it. */
  renew(playerId: string): Promise<void>;
  /** That so much was found in a store, if no more has been. */
  note(playerId: string, store: string, found: number): Promise<void>;
  /** Store → how much was found there. */
  found(playerId: string): Promise<ReadonlyMap<string, number>>;
  /** It is carried out. */
  done(playerId: string): Promise<void>;
};
