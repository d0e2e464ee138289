import { createHash } from 'node:crypto';

/** A string that cannot be mistaken for another kind of string. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };

export type ClientId = Brand<string, 'ClientId'>;
export type GameId = Brand<string, 'GameId'>;
/** The engine's own id of a player: a keyed hash, never the game's name for the person. */
export type PlayerId = Brand<string, 'PlayerId'>;
/** A UUID. The id of a frame is the id of the event it becomes. */
export type EventId = Brand<string, 'EventId'>;

export const clientId = (id: string) => id as ClientId;
export const gameId = (id: string) => id as GameId;
export const playerId = (id: string) => id as PlayerId;
export const eventId = (id: string) => id as EventId;

/**
 * The id of what is derived from an event: the same cause and purpose give the same UUID (version 5,
 * RFC 9562), so deriving twice is deriving once.
 */
export function derivedId(cause: string, purpose: string): EventId {
  const hash = createHash('sha1').update(NAMESPACE).update(`${cause}/${purpose}`).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return parts.join('-') as EventId;
}

const NAMESPACE = Buffer.from('6f1c6a0e0f5f4b0b9a3cc1d5b7a0a917', 'hex');

export const streamOf = {
  client: (id: ClientId) => `client-${id}`,
  game: (id: GameId) => `game-${id}`,
  player: (id: PlayerId) => `player-${id}`,
};
