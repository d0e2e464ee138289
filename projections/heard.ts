import type { LogEventData } from '../domain/events/log-events.js';
import { player } from '../domain/player/player.js';
import type { Row } from './projection.js';
import type { Owner } from './scope.js';

/** So many lines a player is held to remember: for repeats, and for what the player thought of a line. */
export const HEARD_MAX = 20;
/** So many acts wait for their line at most: it comes within seconds, or is given up. */
const ASKED_MAX = 20;

type Reaction = LogEventData<'FeedbackGiven'>['reaction'];

/** A line that a player has heard, and what the player thought of it last. */
export type Heard = { actionId: string; line: string; key: LineKey; reaction?: Reaction };

export type LineKey = {
  day: string;
  persona: string;
  occasion: string;
  lang: string;
  source: string;
  template_id: string;
};

/** An act whose line is still to come, and who is to say it. */
type Asked = { actionId: string; persona: string };

/** What a player has heard, who speaks, and what is still to be said. Plain JSON. */
export type Listener = { player_id: string; persona: string; heard: Heard[]; asked: Asked[] };

export const listenerOf = (player_id: string, state: Row | undefined): Listener => ({
  player_id,
  persona: (state?.persona as string | undefined) ?? player.initial.persona,
  heard: (state?.heard as Heard[] | undefined) ?? [],
  asked: (state?.asked as Asked[] | undefined) ?? [],
});

export function withHeard({ player_id, persona, heard, asked }: Listener, line: Heard): Listener {
  const all = [...heard, line];
  return { player_id, persona, heard: all.length > HEARD_MAX ? all.slice(-HEARD_MAX) : all, asked };
}

export const withAsked = (listener: Listener, act: Asked): Listener => ({
  ...listener,
  asked: [...listener.asked, act].slice(-ASKED_MAX),
});

export const withoutAsked = (listener: Listener, act: Asked | undefined): Listener =>
  act === undefined ? listener : { ...listener, asked: listener.asked.filter((one) => one !== act) };

type Said = { lang: string; source: string; templateId?: string | undefined };

type Place = Pick<LineKey, 'day' | 'persona' | 'occasion'>;

export const keyOf = (
  { lang, source, templateId = '' }: Said,
  { day, persona, occasion }: Place,
): LineKey => ({ lang, source, template_id: templateId, day, persona, occasion });

/** How many lines were said, how many of them as repeats, and on how many each reaction was the last. */
export type LineTally = { said: number; repeats: number; likes: number; dislikes: number; mutes: number };

export function dayRow(
  { client_id, game_id }: Owner,
  { day, persona, lang, source, template_id, occasion }: LineKey,
  { said = 0, repeats = 0, likes = 0, dislikes = 0, mutes = 0 }: Partial<LineTally>,
): Row {
  return {
    client_id,
    game_id,
    day,
    persona,
    lang,
    source,
    template_id,
    occasion,
    said,
    repeats,
    likes,
    dislikes,
    mutes,
  };
}

export const silentRow = ({ client_id, game_id }: Owner, { day, persona, occasion }: Place): Row => ({
  client_id,
  game_id,
  day,
  persona,
  occasion,
  actions: 1,
});
