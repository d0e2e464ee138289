import { createHash } from 'node:crypto';

/**
 * How logs call a player: the beginning of the SHA-256 of the engine's own id. So logs alone cannot be joined with the
 * log's streams, and who has an id finds its lines: `printf %s ID | sha256sum | cut -c1-16`.
 */
export const playerInLogs = (playerId: string): string =>
  createHash('sha256').update(playerId).digest('hex').slice(0, 16);

/** A player's stream; what was sealed for a person; an API key; the user and password of an address; a token. */
const SECRET =
  /player-([0-9a-f]{32})|sealed:[\w:-]+|agl_[0-9a-z]+_[0-9a-f]{16,}|:\/\/[^\s/@"\\]+@|\bBearer [\w.~+/=-]+/g;

/** The last look at each line, whoever wrote it and whatever error is in it. */
export const withoutSecrets = (line: string): string =>
  line.replace(SECRET, (found, playerId?: string) => {
    if (playerId !== undefined) return `player-${playerInLogs(playerId)}`;
    if (found.startsWith('://')) return '://…@';
    return `${found.slice(0, found.search(/[:_ ]/) + 1)}…`;
  });
