import type { Accounts, Reservation } from '../accounts.js';

/** The accounts of one process, for tests: gone with it. */
export function accountsInMemory(): Accounts & { spent: Map<string, number> } {
  const spent = new Map<string, number>();
  const reservations = new Map<string, Reservation & { settled?: number }>();
  const accountsOf = ({ gameId, playerId, day }: Reservation) => [
    `game ${gameId} ${day}`,
    `player ${playerId} ${day}`,
  ];
  return {
    spent,
    async reserve(reservation) {
      const { id, amount, gameCap, playerCap } = reservation;
      if (reservations.has(id)) return 'known';
      const [game, player] = accountsOf(reservation) as [string, string];
      if ((spent.get(game) ?? 0) + amount > gameCap) return 'game_budget';
      if ((spent.get(player) ?? 0) + amount > playerCap) return 'player_budget';
      for (const account of [game, player]) spent.set(account, (spent.get(account) ?? 0) + amount);
      reservations.set(id, reservation);
      return 'granted';
    },
    async settle(id, amount) {
      const reservation = reservations.get(id);
      if (!reservation || reservation.settled !== undefined) return;
      reservation.settled = amount;
      for (const account of accountsOf(reservation))
        spent.set(account, spent.get(account)! - reservation.amount + amount);
    },
  };
}
