import { toneIn } from '../../commands/players/play.js';
import {
  type Acted,
  type Companion,
  evolve,
  initialCompanion,
  react,
  type Told,
} from '../../domain/companion/companion.js';
import type { Stage } from '../../domain/companion/stage.js';
import type { Book } from '../../domain/emotion/book.js';
import type { Sealed } from '../../domain/events/log-events.js';
import type { Language, Persona } from '../../domain/kernel/language.js';
import type { ImportedEvent, ImportedMatch, ImportedPlayer } from '../imports/index.js';
import { randomPlay, simulate } from '../simulator/index.js';

/** One player, through all the matches there are of that person, oldest first. */
export type Life = { matches: { match: ImportedMatch; player: ImportedPlayer }[] };

/** The players of these matches. Formats that know the person give one life over several matches. */
export function livesOf(matches: readonly ImportedMatch[]): Life[] {
  const lives = new Map<string, Life>();
  for (const match of [...matches].sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt)))
    for (const player of match.players) {
      const key = `${match.format} ${player.externalId}`;
      const life = lives.get(key) ?? { matches: [] };
      lives.set(key, life);
      life.matches.push({ match, player });
    }
  return [...lives.values()];
}

export const eventsOf = ({ matches }: Life): ImportedEvent[] =>
  matches.flatMap(({ player }) => player.events);

const DAY_MS = 24 * 3_600_000;
const SIMULATED = { lives: 4, stories: 3, played: 250 };

/** Without recorded matches: some players' evenings as the simulator writes them, one story and much play. */
export function simulatedEvents(lang: Language): ImportedEvent[][] {
  const start = Date.UTC(2026, 0, 5, 19);
  return Array.from({ length: SIMULATED.lives }, (_, life) => {
    const evenings = Array.from({ length: SIMULATED.stories }, (_, evening) => {
      const day = start + (evening + (evening > 1 ? 9 : 0)) * DAY_MS;
      const seed = life * 100 + evening;
      const story = simulate({ seed, startedAt: new Date(day).toISOString(), lang });
      const later = new Date(day + 3_600_000).toISOString();
      const play = randomPlay({ seed, startedAt: later, run: 'lines' });
      const played = Array.from({ length: SIMULATED.played }, () => play.next().value);
      return [...story.players[0]!.events, ...played];
    });
    return evenings.flat();
  });
}

/** What a companion does about an event; `null`: nothing. */
export type Step = { event: ImportedEvent; acted: Acted | null; ms: number };

type Speaker = { lang: Language; persona: Persona; named?: boolean };
type Options = { book?: Book; stage?: Stage };

export const beginning = ({ lang, persona, named = true }: Speaker): Companion => ({
  ...initialCompanion,
  lang,
  persona,
  name: named ? ('sealed:name' as Sealed) : null,
});

/** A companion beside these events, as the reactor would have it, without a log. `ms`: how long it thought. */
export function lived(events: readonly ImportedEvent[], from: Companion, options: Options = {}): Step[] {
  let companion = from;
  return events.map((event) => {
    const told = toldOf(event);
    const since = performance.now();
    const { companion: after, acted } = react(companion, told, options);
    const ms = performance.now() - since;
    companion = acted ? evolve(after, { type: 'CompanionActed', id: acted.actionId, data: acted }) : after;
    return { event, acted, ms };
  });
}

function toldOf(event: ImportedEvent): Told {
  const { id, at } = event;
  if (event.kind !== 'chat') {
    const { type, data, context } = event;
    return { id, type: 'GameEventRecorded', data: { type, at, data, context } };
  }
  // A companion hears the tone of what was written, never the words.
  const text = 'sealed:' as Sealed;
  return { id, type: 'ChatMessageReceived', data: { text, at, ...toneIn(event.text) } };
}
