/** Money for one line, put aside before it is asked for. Amounts are billionths of a US dollar. */
export type Reservation = {
  /** The request's: reserving it again is reserving it once. */
  id: string;
  gameId: string;
  playerId: string;
  /** The day (UTC) whose money it is, `YYYY-MM-DD`. */
  day: string;
  amount: number;
  /** What the game's day and the player's day may cost at most. */
  gameCap: number;
  playerCap: number;
};

export type Reserved = 'granted' | 'known' | 'game_budget' | 'player_budget';

/**
 * What lines may cost: one account a game's day and one a player's day, shared by all instances. What was put aside
 * counts as spent until it is settled, also when whoever put it aside is gone: so a cap is never passed.
 */
export type Accounts = {
  /** @throws when the accounts cannot be asked: then nothing may be spent. */
  reserve(reservation: Reservation): Promise<Reserved>;
  /** What the line did cost. A second time changes nothing. */
  settle(id: string, amount: number): Promise<void>;
};
