/**
 * What is not in the log and is heard at once or never, such as a line while it is being written: from the instance that
 * knows it to those that hold a connection of its player. Each is heard once and in order, or it is lost.
 */
export type Whispers = {
  tell(playerId: string, frame: object): void;
  /** The first connection of this player is here. */
  came(playerId: string): void;
  /** The last one is gone. */
  left(playerId: string): void;
  close(): void;
};

export type Hear = (playerId: string, frame: object) => void;

/** For who is the only instance. */
export const whispersInProcess = (hear: Hear): Whispers => ({
  tell: hear,
  came() {},
  left() {},
  close() {},
});
