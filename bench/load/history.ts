import { createHash } from 'node:crypto';
import { type Chance, seeded, simulate } from '../../cli/simulator/index.js';
import { metadataOf } from '../../commands/context.js';
import { type Companion, evolve, initialCompanion, react } from '../../domain/companion/companion.js';
import type { LogEventData, LogEventOf, Sealed } from '../../domain/events/log-events.js';
import { derivedId } from '../../domain/kernel/ids.js';
import { languages, personas } from '../../domain/kernel/language.js';
import type { NewEvent } from '../../eventstore/log.js';

/** Events that are appended together, as from one frame of a game and the companion's answers. */
export type Piece = { stream: string; events: NewEvent[] };

type Told = LogEventOf<'PlayerRegistered' | 'GameEventRecorded' | 'CompanionActed' | 'FeedbackGiven'>;
/** A player of the history, with the companion as it is by now. */
type Guest = { id: string; gameId: string; companion: Companion };

const FROM = Date.UTC(2026, 0, 1, 18);
const DAY_MS = 24 * 3_600_000;
const CLIENT = hexOf('client');
const GAMES = Array.from({ length: 5 }, (_, nth) => hexOf(`game ${nth}`));
const PLAYERS = 3_000;
/** Who plays in one evening, all at the same time. */
const AT_ONCE = 24;
const STORIES = 20;
/** Game events of one frame. */
const FRAME = 8;
const FEEDBACK = 0.02;
/** From the game's time until the engine has it. */
const UNDER_WAY_MS = 120;

/**
 * What the engine would have stored of players of the simulator, evening by evening: games, players who come and come
 * again, their matches, what their companions do, and now and then a word about it. Always the same, without
 * end: a longer history begins with the shorter one.
 */
export function* history(): Generator<Piece> {
  const chance = seeded(1);
  const guests = new Map<number, Guest>();
  for (const gameId of GAMES) yield { stream: `game-${gameId}`, events: [created(gameId)] };
  for (let day = 0; ; day++) {
    const startedMs = FROM + day * DAY_MS;
    const playing: Generator<Piece>[] = [];
    for (const nth of someOf(chance, AT_ONCE)) {
      const known = guests.get(nth);
      const guest = known ?? newGuest(nth);
      guests.set(nth, guest);
      const match = { startedMs: startedMs + chance.int(0, 600_000), seed: chance.int(1, STORIES) };
      playing.push(evening(guest, { ...match, isNew: known === undefined, chance }));
    }
    yield* inTurns(playing);
  }
}

/** So many events of it. */
export function* historyOf(events: number): Generator<Piece> {
  let left = events;
  for (const { stream, events: all } of history()) {
    const some = all.slice(0, left);
    yield { stream, events: some };
    left -= some.length;
    if (left === 0) return;
  }
}

/** Different ones; some come often, most seldom. */
function someOf(chance: Chance, count: number): Set<number> {
  const some = new Set<number>();
  while (some.size < count) some.add(Math.floor(PLAYERS * chance.next() ** 2));
  return some;
}

function* inTurns(playing: Generator<Piece>[]): Generator<Piece> {
  for (let left = playing; left.length > 0; ) {
    const still: Generator<Piece>[] = [];
    for (const one of left) {
      const { value, done } = one.next();
      if (done) continue;
      yield value;
      still.push(one);
    }
    left = still;
  }
}

type Match = { startedMs: number; seed: number; isNew: boolean; chance: Chance };

function* evening(guest: Guest, { startedMs, seed, isNew, chance }: Match): Generator<Piece> {
  const stream = `player-${guest.id}`;
  if (isNew) yield { stream, events: [registered(guest, startedMs)] };
  const story = storyOf(seed, guest.companion.lang);
  for (let at = 0; at < story.length; at += FRAME) {
    const tales = story.slice(at, at + FRAME).map(({ ms, tale }, nth) => {
      const id = derivedId(`${guest.id} ${startedMs} ${at + nth}`, 'told');
      const data = { ...tale, at: new Date(startedMs + ms).toISOString() };
      return stored(guest, { type: 'GameEventRecorded', data }, { id, causedBy: id });
    });
    yield { stream, events: [...tales, ...tales.flatMap((event) => answers(guest, event, chance))] };
  }
}

/** What a companion makes of it, and now and then what its player thinks of that. */
function answers(guest: Guest, told: NewEvent, chance: Chance): NewEvent[] {
  const event = { id: told.id, type: told.type, data: told.data } as LogEventOf<'GameEventRecorded'> & {
    id: string;
  };
  const { companion, acted } = react(guest.companion, event);
  guest.companion = companion;
  if (acted === null) return [];
  const id = derivedId(told.id, 'companion-acted');
  const act = stored(guest, { type: 'CompanionActed', data: acted }, { id, causedBy: told.id });
  guest.companion = evolve(companion, { id, type: 'CompanionActed', data: acted });
  if (acted.dialogue === undefined || !chance.chance(FEEDBACK)) return [act];
  const reaction = chance.chance(0.8) ? 'like' : 'dislike';
  const feedback = {
    type: 'FeedbackGiven',
    data: { actionId: acted.actionId, reaction },
  } as const;
  const thought = derivedId(id, 'feedback');
  return [act, stored(guest, feedback, { id: thought, causedBy: thought }, Date.parse(acted.at) + 2_000)];
}

function newGuest(nth: number): Guest {
  const [persona, lang] = [personas[nth % personas.length]!, languages[nth % languages.length]!];
  return {
    id: hexOf(`player ${nth}`),
    gameId: GAMES[nth % GAMES.length]!,
    companion: { ...initialCompanion, persona, lang },
  };
}

function registered(guest: Guest, atMs: number): NewEvent {
  const { persona, lang } = guest.companion;
  const data = {
    ...{ clientId: CLIENT, gameId: guest.gameId, persona, lang },
    externalId: sealed(`${guest.id} id`),
    displayName: sealed(`${guest.id} name`),
  };
  const id = derivedId(guest.id, 'registered');
  return stored(guest, { type: 'PlayerRegistered', data }, { id, causedBy: id }, atMs);
}

function created(gameId: string): NewEvent {
  const id = derivedId(gameId, 'created');
  const data: LogEventData<'GameCreated'> = {
    clientId: CLIENT,
    name: `Arena ${gameId.slice(0, 4)}`,
    config: {},
  };
  return {
    id,
    type: 'GameCreated',
    data,
    metadata: metadataFor('GameCreated', { id, causedBy: id, gameId }, FROM),
  };
}

type Cause = { id: string; causedBy: string };

function stored({ gameId }: Guest, { type, data }: Told, cause: Cause, atMs?: number): NewEvent {
  const told = atMs ?? Date.parse((data as { at: string }).at);
  return { id: cause.id, type, data, metadata: metadataFor(type, { ...cause, gameId }, told) };
}

const metadataFor = (type: string, { id, causedBy, gameId }: Cause & { gameId: string }, atMs: number) =>
  metadataOf(
    type,
    {
      correlationId: causedBy,
      causationId: type === 'CompanionActed' ? causedBy : id,
      clientId: CLIENT,
      gameId,
    },
    new Date(atMs + UNDER_WAY_MS),
  );

type Tale = { ms: number; tale: Omit<LogEventData<'GameEventRecorded'>, 'at'> };
const stories = new Map<string, Tale[]>();

/** A match of the simulator, with times from its start. */
function storyOf(seed: number, lang: Companion['lang']): Tale[] {
  const key = `${seed} ${lang}`;
  const known = stories.get(key);
  if (known !== undefined) return known;
  const [player] = simulate({ seed, startedAt: new Date(FROM).toISOString(), lang }).players;
  const story = player!.events.flatMap((event) => {
    if (event.kind === 'chat') return [];
    const { type, at, data, context } = event;
    return [{ ms: Date.parse(at) - FROM, tale: { type, data, context } }];
  });
  stories.set(key, story);
  return story;
}

/** As long as the engine's own ids. */
function hexOf(what: string): string {
  return createHash('sha1').update(what).digest('hex').slice(0, 20);
}

/** As long as what is sealed. */
const sealed = (what: string) => `sealed:${createHash('sha256').update(what).digest('base64')}` as Sealed;
