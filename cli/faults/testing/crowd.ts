import assert from 'node:assert/strict';
import type { Companion } from '../../../sdk/index.js';
import { loadMatch } from '../../imports/index.js';
import type { ImportedMatch } from '../../imports/match.js';
import { dataAbsent, recorded } from '../../imports/test-data.js';
import { simulate } from '../../simulator/index.js';
import { until } from './processes.js';
import type { Stored } from './stored.js';
import { openStudio, seat, webSocketOf } from './studio.js';
import { play, type Traffic } from './traffic.js';

type Happened = Parameters<Companion['send']>[0];

/** What players of real matches did, where those are at hand; else of matches that the simulator tells. */
export function stories(count: number): Happened[][] {
  const matches: ImportedMatch[] = dataAbsent
    ? Array.from({ length: count }, (_, seed) =>
        simulate({ seed, startedAt: '2026-01-01T00:00:00.000Z', lang: 'en' }),
      )
    : [...recorded.csgo, ...recorded.lol.slice(0, 6)].map((path) => loadMatch(path));
  return matches
    .flatMap(({ players }) => players)
    .map(({ events }) =>
      events.flatMap((event) =>
        event.kind === 'chat' ? [] : [{ type: event.type, data: event.data, context: event.context }],
      ),
    )
    .filter((events) => events.length > 5)
    .slice(0, count);
}

/** So many players of one studio stay within the month of its free tier. */
const OF_A_STUDIO = 40;

/** Seats players, and lets each live through a story again and again. */
export async function crowd(
  bases: readonly [string, ...string[]],
  { size, everyMs }: { size: number; everyMs: number },
): Promise<Traffic[]> {
  const told = stories(size);
  const urls = bases.map((base) => webSocketOf({ base }));
  const players: Traffic[] = [];
  while (players.length < size) {
    const studio = await openStudio(bases[0]);
    const names = Array.from({ length: OF_A_STUDIO }, (_, n) => `player ${n}`);
    for (const one of await Promise.all(names.map((name) => seat(studio, name)))) {
      const story = told[players.length % told.length]!;
      players.push(play(studio, one, { urls, everyMs, nth: (n) => story[n % story.length]! }));
    }
  }
  return players;
}

const WITHIN_MS = 180_000;

/** Until something that each sends from now on is acknowledged. Returns after how many milliseconds. */
export function ackedAgain(players: readonly Traffic[]): Promise<number> {
  const sent = players.map((player) => player.sent.events.length);
  const isReached = (player: Traffic, at: number) =>
    player.acked.has(player.sent.events[sent[at]! + 1] ?? '');
  return until(() => players.every(isReached), 'everybody is acknowledged again', WITHIN_MS).catch(
    (error) => {
      const stuck = players.filter((player, at) => !isReached(player, at)).map(({ how }) => how());
      throw new Error(`${error.message}: ${stuck.length} not, ${stuck.slice(0, 3).join('; ')}`);
    },
  );
}

/** Until the companions of most do something about what happens from now on: not everything is worth a word. */
export function actsAgain(players: readonly Traffic[]): Promise<number> {
  const soFar = players.map(({ actions }) => actions.length);
  const more = () => players.filter(({ actions }, at) => actions.length > soFar[at]!).length;
  return until(() => more() > players.length / 2, 'companions act again', WITHIN_MS);
}

/** Of each player: all that was sent is acked and in the log once, and what is there of acts was told once, in order. */
export function nothingLostOrDoubled(players: readonly Traffic[], stored: ReadonlyMap<string, Stored>): void {
  for (const { player, sent, acked, refused, actions } of players) {
    const held = stored.get(player.id)!;
    assert.deepEqual(refused, [], 'nothing was refused');
    assert.equal(acked.size, sent.events.length + sent.chats.length, 'everything was acked in the end');
    assert.deepEqual(held.events, sent.events, 'the log holds each event once, in the order of sending');
    assert.deepEqual(held.chats, sent.chats, 'and each chat line');
    assert.equal(new Set(held.acts).size, held.acts.length, 'no act is stored twice');
    assert.deepEqual(
      actions.map(({ actionId }) => actionId),
      held.acts,
      'each act reached the game once, in order',
    );
  }
}
