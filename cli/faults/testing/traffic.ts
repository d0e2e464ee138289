import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Companion, type CompanionAction, type CompanionError, connect } from '../../../sdk/index.js';
import { until } from './processes.js';
import { type Seated, type Studio, webSocketOf } from './studio.js';

/** A player who does not stop playing, whatever happens to the engine. */
export type Traffic = {
  player: Seated;
  /** Ids of game events and of chat lines, in the order they were sent. */
  sent: { events: string[]; chats: string[] };
  acked: Set<string>;
  /** What came of sending that was no ack. */
  refused: CompanionError[];
  actions: CompanionAction[];
  /** Stops sending, and waits for every answer and for what the companion does about the last event. */
  finish(): Promise<void>;
  close(): Promise<void>;
  /** For whoever wonders why it does not go on. */
  how(): string;
};

const EVERY_MS = 25;
const BURST = 10;
/** More than come while a part of the engine is away for some seconds. */
const WAITING_MOST = 200;

/** Mostly kills; now and then what a companion does not let pass. */
function mostlyKills(n: number) {
  if (n % 40 === 39) return { type: 'player.multi_kill', data: { killCount: 3, n } } as const;
  if (n % 40 === 19) return { type: 'player.death', data: { n } } as const;
  return { type: 'player.kill', data: { n } } as const;
}

export type Playing = {
  /** Of several instances. */
  urls?: readonly string[];
  /** What happens, one after the other. */
  nth?: (n: number) => Parameters<Companion['send']>[0];
  everyMs?: number;
};

const enter = (url: string | readonly string[], { token }: Seated): Companion =>
  connect({
    url,
    token,
    backoff: { baseMs: 50, capMs: 400 },
    ackTimeoutMs: 8_000,
  });

const nothingYet = (player: Seated): Omit<Traffic, 'finish' | 'close' | 'how'> => ({
  player,
  sent: { events: [], chats: [] },
  acked: new Set(),
  refused: [],
  actions: [],
});

export function play(studio: Studio, player: Seated, playing: Playing = {}): Traffic {
  const { urls = webSocketOf(studio), nth = mostlyKills, everyMs = EVERY_MS } = playing;
  const companion = enter(urls, player);
  const traffic = nothingYet(player);
  companion.onAction((action) => void traffic.actions.push(action));
  let why = '';
  companion.onStatus((_, told) => {
    why = told;
  });
  // Whoever sends hears of what is refused; what befalls the connection is expected here.
  companion.onError(() => undefined);
  const { events, chats } = traffic.sent;
  const track = (id: string, answer: Promise<unknown>) =>
    answer.then(
      () => void traffic.acked.add(id),
      (error: CompanionError) => void traffic.refused.push(error),
    );
  const unanswered = () => events.length + chats.length - traffic.acked.size - traffic.refused.length;
  const over = new AbortController();
  const answers: Promise<void>[] = [];
  const loop = (async () => {
    for (let n = 0; !over.signal.aborted; n++) {
      const burst = n % 50 === 49 ? BURST : 1;
      for (let one = 0; one < burst; one++) {
        const id = randomUUID();
        answers.push(track(id, companion.send(nth(events.length), { id })));
        events.push(id);
      }
      if (n % 60 === 30) {
        const id = randomUUID();
        chats.push(id);
        answers.push(track(id, companion.chat(`Line ${n}: how should I play this?`, { id })));
      }
      await sleep(everyMs);
      // Nobody plays faster than the machine goes: what waits would be waited for at the end.
      while (unanswered() > WAITING_MOST && !over.signal.aborted) await sleep(everyMs);
    }
  })();
  return {
    ...traffic,
    async finish() {
      over.abort();
      await loop;
      // No companion lets a victory pass, and acts come in the order of their causes: this one is the last.
      const id = randomUUID();
      events.push(id);
      answers.push(track(id, companion.send({ type: 'player.victory' }, { id })));
      await Promise.race([Promise.all(answers), sleep(60_000, undefined, { ref: false })]);
      await lastOf(traffic.actions, id);
    },
    close: () => companion.close(),
    how: () => `${companion.status}, ${companion.pending} pending: ${why}`,
  };
}

/** A companion that is told faster than it answers is late, not dumb: as long as acts come, all is well. */
async function lastOf(actions: CompanionAction[], cause: string): Promise<void> {
  const isOver = () => actions.at(-1)?.causedBy === cause;
  while (!isOver()) {
    const soFar = actions.length;
    await until(() => isOver() || actions.length > soFar, 'the next act arrives');
  }
}
