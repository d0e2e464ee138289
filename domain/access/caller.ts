import type { ClientId, GameId, PlayerId } from '../kernel/ids.js';

/**
 * Who asks: a studio's server, one player's game client, or the operator of the engine. `endsAt`: a key that is being replaced
 * opens until then (ISO 8601).
 */
export type Caller =
  | { kind: 'client'; clientId: ClientId; keyId: string; endsAt?: string }
  | { kind: 'player'; clientId: ClientId; gameId: GameId; playerId: PlayerId }
  | { kind: 'admin' };

export type Owned = { clientId: string; gameId?: string; playerId?: string };

/** A client reaches what is its own; a player only what is that player's; the operator everything. */
export function mayReach(caller: Caller, owned: Owned): boolean {
  if (caller.kind === 'admin') return true;
  if (caller.clientId !== owned.clientId) return false;
  return caller.kind === 'client' || caller.playerId === owned.playerId;
}
