import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { until } from '../../eventstore/testing/events.js';
import type { Hear, Whispers } from './whispers.js';

/** An instance, and what it heard of those who are there. */
export type Listening = { whispers: Whispers; heard: (playerId: string) => object[] };

export function listening(open: (hear: Hear) => Whispers): Listening {
  const all: { playerId: string; frame: object }[] = [];
  const whispers = open((playerId, frame) => void all.push({ playerId, frame }));
  const heard = (id: string) => all.filter(({ playerId }) => playerId === id).map(({ frame }) => frame);
  return { whispers, heard };
}

const frames = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ type: 'dialogue', delta: `${n}` }));

/** Until what is told there is heard here. */
export async function connected(
  there: Listening,
  here: Listening,
  playerId: string,
  says = 'knock',
): Promise<void> {
  const knock = { type: 'knock', says };
  const isHeard = () => here.heard(playerId).some((frame) => (frame as typeof knock).says === says);
  await until(async () => {
    there.whispers.tell(playerId, knock);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return isHeard();
  });
}

const pieces = ({ heard }: Listening, playerId: string) =>
  heard(playerId).filter((frame) => (frame as { type: string }).type === 'dialogue');

/** What every adapter of the port promises. `instances`: two that share it, or one twice where there is but one. */
export const whispersPromises: Record<string, (instances: readonly [Listening, Listening]) => Promise<void>> =
  {
    'is heard where it is told, at once, and not again': async ([here, there]) => {
      const playerId = randomUUID();
      here.whispers.came(playerId);
      for (const frame of frames(5)) here.whispers.tell(playerId, frame);
      assert.deepEqual(pieces(here, playerId), frames(5));
      await connected(there, here, playerId, 'a knock from there');
      for (const frame of frames(5)) here.whispers.tell(playerId, frame);
      await connected(there, here, playerId, 'and another');
      assert.deepEqual(pieces(here, playerId), [...frames(5), ...frames(5)]);
    },

    'is heard where the player is, once and in order': async ([here, there]) => {
      const players = Array.from({ length: 100 }, () => randomUUID());
      for (const playerId of players) here.whispers.came(playerId);
      await Promise.all(players.map((playerId) => connected(there, here, playerId)));
      for (const frame of frames(20)) for (const playerId of players) there.whispers.tell(playerId, frame);
      await until(() => players.every((playerId) => pieces(here, playerId).length >= 20));
      for (const playerId of players) assert.deepEqual(pieces(here, playerId), frames(20));
    },

    'is heard by who stays when another of the same shard leaves': async ([here, there]) => {
      const [stays, ...leave] = Array.from({ length: 300 }, () => randomUUID());
      for (const playerId of [...leave, stays!]) here.whispers.came(playerId);
      for (const playerId of leave) here.whispers.left(playerId);
      await connected(there, here, stays!);
      there.whispers.tell(stays!, frames(1)[0]!);
      await until(() => pieces(here, stays!).length === 1);
    },
  };
