import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GameEvent } from '../../../domain/events/game-event.js';

/** Seconds a window. */
export const WINDOW_S = 3;
const FILE = 'again/heist_3000ms.csv';
/** Values are means over the frames of a window; about so many frames it has. */
const FRAMES = 12;

/** Three seconds of play, and how the player felt in them. */
export type Window = { player: string; nth: number; events: GameEvent[]; arousal: number };

/**
 * The shooter "Heist" of AGAIN: what happened in each window as game events, and the player's own annotation of
 * arousal, 0 to 1 of that player's range. @throws Error when the file is not there or has other columns.
 */
export function readAgain(folder: string): Map<string, Window[]> {
  const [header, ...lines] = readFileSync(join(folder, FILE), 'utf8').trim().split(/\r?\n/);
  const names = header!.split(',').map((name) => name.trim());
  const column = (name: string) => {
    const at = names.indexOf(name);
    if (at < 0) throw new Error(`${FILE}: there is no column ${name}`);
    return at;
  };
  const [player, nth, kills, deaths, damage, arousal] = [
    ...['[control]player_id', 'Time_Index', 'playerKillCount', 'playerDeath', 'playerDamaged'],
    '[output]arousal',
  ].map(column) as [number, number, number, number, number, number];
  const windows = new Map<string, Window[]>();
  for (const [at, line] of lines.entries()) {
    const cells = line.split(',');
    const number = (of: number) => {
      const value = Number(cells[of]);
      if (!Number.isFinite(value)) throw new Error(`${FILE}:${at + 2}: ${names[of]} is no number`);
      return value;
    };
    const who = cells[player]!;
    const window = { player: who, nth: number(nth), arousal: number(arousal) };
    const told = {
      kills: number(kills) * FRAMES,
      deaths: number(deaths) * FRAMES,
      damage: number(damage) * FRAMES,
    };
    const mine = windows.get(who) ?? [];
    windows.set(who, mine);
    mine.push({ ...window, events: eventsOf(who, window.nth, told) });
  }
  for (const mine of windows.values()) mine.sort((one, other) => one.nth - other.nth);
  return windows;
}

const START = Date.UTC(2026, 0, 1);

/** Milliseconds since 1970, of the middle of a window. */
export const middleOf = (nth: number): number => START + (nth + 0.5) * WINDOW_S * 1000;

function eventsOf(
  player: string,
  nth: number,
  told: { kills: number; deaths: number; damage: number },
): GameEvent[] {
  const at = new Date(middleOf(nth)).toISOString();
  const event = (type: GameEvent['type'], count: number, data = {}) =>
    Array.from(
      { length: count },
      (_, one): GameEvent => ({ id: `${player}/${nth}/${type}/${one}`, type, at, data, context: {} }),
    );
  return [
    ...(told.damage > 0 ? event('player.damage_taken', 1, { damage: Math.min(1, told.damage) }) : []),
    ...event('player.kill', Math.round(told.kills)),
    ...event('player.death', Math.round(told.deaths)),
  ];
}
