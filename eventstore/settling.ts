import type { Refusal } from './log.js';

type Reasoned = { how: Refusal; reason: string };
type Send<Loan> = {
  ack(loans: Loan[]): Promise<unknown>;
  nack(loans: Loan[], why: Reasoned): Promise<unknown>;
};

/**
 * What is on loan to one subscription, and what has become of it. Acks are sent together, a turn's worth. What
 * cannot be sent is not settled: its subscription is gone, and the server gives it again.
 */
export class Settling<Loan> {
  private readonly open = new Set<Loan>();
  private acks: Loan[] = [];
  private nacks = new Map<string, { loans: Loan[]; why: Reasoned }>();
  private due: NodeJS.Immediate | null = null;
  private sent = false;

  constructor(private readonly send: Send<Loan>) {}

  lend(loan: Loan): void {
    this.open.add(loan);
  }

  ack(loan: Loan): void {
    if (!this.open.delete(loan)) return;
    this.acks.push(loan);
    this.schedule();
  }

  nack(loan: Loan, why: Reasoned): void {
    if (!this.open.delete(loan)) return;
    const key = `${why.how} ${why.reason}`;
    const alike = this.nacks.get(key) ?? { loans: [], why };
    alike.loans.push(loan);
    this.nacks.set(key, alike);
    this.schedule();
  }

  /** Nothing can be settled any more; what was is sent. Returns whether anything ever was. */
  end(): boolean {
    this.open.clear();
    if (this.due) this.flush();
    return this.sent;
  }

  private schedule(): void {
    this.due ??= setImmediate(() => this.flush());
  }

  private flush(): void {
    if (this.due) clearImmediate(this.due);
    this.due = null;
    this.sent = true;
    const { acks, nacks } = this;
    this.acks = [];
    this.nacks = new Map();
    if (acks.length > 0) void this.send.ack(acks).catch(() => undefined);
    for (const { loans, why } of nacks.values()) void this.send.nack(loans, why).catch(() => undefined);
  }
}
