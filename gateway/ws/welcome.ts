import { randomUUID } from 'node:crypto';
import { type Player, personaNameOf } from '../../domain/player/player.js';
import { PROTOCOL, type ServerFrameOf } from '../../sdk/protocol.js';

export const HEARTBEAT_MS = 25_000;

/** The first frame for whoever was let in. */
export const welcomeTo = (
  player: Pick<Player, 'persona' | 'character' | 'lang'>,
  { playerId, position }: { playerId: string; position: string },
): ServerFrameOf<'welcome'> => ({
  ...{ type: 'welcome', protocol: PROTOCOL, playerId, sessionId: randomUUID() },
  ...{ persona: personaNameOf(player), lang: player.lang, position, heartbeatMs: HEARTBEAT_MS },
});
