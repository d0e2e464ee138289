import type { GameEvent } from '../../domain/events/game-event.js';

/** The formats of recorded matches that can be imported. */
export const importFormats = ['lol', 'csgo', 'csgo-log', 'dota2'] as const;
export type ImportFormat = (typeof importFormats)[number];
export type MatchFormat = ImportFormat | 'simulator';

export const isImportFormat = (text: string): text is ImportFormat =>
  (importFormats as readonly string[]).includes(text);

/** A file of a recorded match: `name` is what an error calls it. */
export type Source = { name: string; text: string };

export type ImportedGameEvent = GameEvent & { kind?: never };
export type ImportedChat = { id: string; kind: 'chat'; at: string; text: string };
/** What one player did or said; in the order of `at`. `kind === 'chat'` tells the two apart. */
export type ImportedEvent = ImportedGameEvent | ImportedChat;

export type EndStats = { kills: number; deaths: number; assists: number };
export type MatchResult = 'victory' | 'defeat' | 'draw';

export type ImportedPlayer = {
  /** The game's own name for the person, the same over all matches where the format allows it. */
  externalId: string;
  displayName?: string;
  team: string;
  result: MatchResult;
  /** What the file itself states at the end. */
  endStats: EndStats;
  events: ImportedEvent[];
};

/** Records of the source that became no event, and why. */
export type Skipped = { what: string; why: string; count: number };

/** A match read completely: every player with all that is known of them. */
export type ImportedMatch = {
  format: MatchFormat;
  matchId: string;
  title: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  durationMs: number;
  players: ImportedPlayer[];
  skipped: Skipped[];
  /** Where the reader had to assume something, in words for people. */
  notes: string[];
  /** Records of the source that were looked at. */
  read: number;
};

/** A file that cannot be imported. The message names the file and what is wrong with it. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  constructor(
    readonly file: string,
    problem: string,
  ) {
    super(`${file}: ${problem}`);
  }
}
