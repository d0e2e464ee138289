import { type Caller, mayReach } from '../../domain/access/caller.js';
import { erasedPlayer } from '../../projections/erased.js';
import { gameById, gamesOf } from '../../projections/games.js';
import { type KeptInsight, keptInsights, keptRows, type RowsPage } from '../../projections/insight/kept.js';
import { type ListOptions, playerById } from '../../projections/players.js';
import type { ReadApiParts } from '../parts.js';
import type { FigureTerms } from '../terms.js';
import { type FigureRecords, recordsOfFigures } from './figures.js';
import { type GameRecords, recordsOfGame } from './game.js';
import { type PlayerRecords, recordsOfPlayer } from './player.js';

export type RecordSources = Pick<ReadApiParts, 'pool' | 'writes' | 'history' | 'recalled' | 'lineOf'>;
type Admin = Extract<Caller, { kind: 'admin' }>;
/** Whose lists and figures there are: a player has none. */
export type Studio = Exclude<Caller, { kind: 'player' }>;

/**
 * All that is known of clients, their games and their players. Nothing of it can be asked for but by whoever asks: the database and
 * the log themselves are out of reach of a question, so that none can be written that forgets whose it is.
 */
export class Records {
  readonly #sources: RecordSources;

  constructor(sources: RecordSources) {
    this.#sources = sources;
  }

  /** `null`: there is none, or it is somebody else's; nobody learns which it is. */
  async player(caller: Caller, id: string): Promise<PlayerRecords | 'erased' | null> {
    const { pool } = this.#sources;
    const row = (await playerById(pool, id)) ?? (await erasedPlayer(pool, id));
    if (!row || !mayReach(caller, { ...row, playerId: id })) return null;
    return 'erased' in row ? 'erased' : recordsOfPlayer(this.#sources, row);
  }

  async game(caller: Caller, id: string): Promise<GameRecords | null> {
    const { pool } = this.#sources;
    const row = await gameById(pool, id);
    return row && mayReach(caller, { clientId: row.clientId, gameId: id }) ? recordsOfGame(pool, row) : null;
  }

  /** The operator sees all. */
  games(caller: Studio, list: ListOptions) {
    return gamesOf(this.#sources.pool, caller.kind === 'admin' ? null : caller.clientId, list);
  }

  /** Of a game that the caller may read, else of all that is its own, deleted games too. */
  async figures(caller: Studio, { gameId, ...days }: FigureTerms): Promise<FigureRecords | null> {
    const { pool } = this.#sources;
    if (gameId !== undefined) {
      const game = await this.game(caller, gameId);
      return game && recordsOfFigures(pool, { clientId: game.row.clientId, gameId, ...days });
    }
    return recordsOfFigures(pool, caller.kind === 'admin' ? days : { clientId: caller.clientId, ...days });
  }

  async insights(caller: Studio): Promise<KeptInsight[]> {
    const found: KeptInsight[] = [];
    for (const one of await keptInsights(this.#sources.pool))
      if (await this.mayRead(caller, one)) found.push(one);
    return found;
  }

  async insight(caller: Studio, name: string) {
    const { pool } = this.#sources;
    const kept = (await keptInsights(pool)).find((one) => one.name === name);
    if (!kept || !(await this.mayRead(caller, kept))) return null;
    return { kept, rows: (page: RowsPage) => keptRows(pool, name, page) };
  }

  /** Both databases, for who may do anything with them. */
  operator(_: Admin): Pick<RecordSources, 'pool' | 'writes'> {
    return this.#sources;
  }

  /** One of all games is the operator's; others are read by those whose players they are about. */
  private async mayRead(caller: Studio, { scope }: KeptInsight): Promise<boolean> {
    if (caller.kind === 'admin') return true;
    if (scope.clientId !== undefined) return scope.clientId === caller.clientId;
    return scope.gameId !== undefined && (await this.game(caller, scope.gameId)) !== null;
  }
}
