import { type Delivery, type Position, START } from '../../eventstore/log.js';

/** The events that are on loan, and how far all is settled. */
export type Loans = ReturnType<typeof openLoans>;

/** Events settled a while ago are given again after a server forgot what it had not yet noted. */
const REMEMBERED = 20_000;

export function openLoans() {
  const open = new Set<Position>();
  const settled = new Set<string>();
  let newest: Position = START;
  return {
    taken({ event }: Delivery): void {
      open.add(event.position);
      newest = Math.max(newest, event.position);
    },
    done(delivery: Delivery): void {
      const { id, position } = delivery.event;
      open.delete(position);
      settled.add(id);
      if (settled.size > REMEMBERED) settled.delete(settled.values().next().value!);
      delivery.ack();
    },
    park(delivery: Delivery, reason: string): void {
      open.delete(delivery.event.position);
      delivery.nack('park', reason);
    },
    wasDone: ({ event }: Delivery): boolean => settled.has(event.id),
    position: (): Position => (open.size === 0 ? newest : Math.min(...open) - 1),
  };
}
