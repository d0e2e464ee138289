import { draftsOf, type Lines } from './csgo-log-events.js';
import { type Actor, botLine, type Fact, factOf, isPerson, parseLine } from './csgo-log-lines.js';
import { type EndStats, ImportError, type ImportedMatch, type Skipped, type Source } from './match.js';
import { assemble, type PlayerDraft, tally } from './timeline.js';

/** The "gg" after the last round still belongs to the match. */
const afterword = 60_000;

/**
 * A raw CS:GO server log. Played for real is what follows the last `Match_Start` before `Game Over`: warm-up, knife
 * round and restarts lie before it. Bots are no players. People are told by their Steam id: slots change.
 */
export function readCsgoLog(sources: Source[]): ImportedMatch {
  const [source] = sources;
  if (!source) throw new ImportError('the log', 'is missing');
  const { facts, strange } = readFacts(source);
  const { live, before, after, map, games } = liveFacts(facts, source.name);
  const startedMs = live[0]!.ms;
  const durationMs = live.at(-1)!.ms - startedMs;
  const chat = after.filter((fact) => fact.kind === 'chat' && fact.ms - live.at(-1)!.ms <= afterword);
  const sides = lastSides(live);
  const scores = lastScores(live);
  const drafts = draftsOf([...live, ...chat], startedMs);
  return assemble({
    format: 'csgo-log',
    matchId: `csgo-log-${map}-${startedMs / 1000}`,
    title: `CS:GO ${map}: CT ${scores.CT}:${scores.TERRORIST} T (server log)`,
    startedMs,
    durationMs,
    map,
    read: facts.length + strange,
    skipped: [
      ...skippedFacts({ before, live, late: after.length - chat.length, drafts, sides }),
      ...some('finished game', 'only the last finished one of a log is read', games - 1),
      ...some('line without a time', 'is no line of a server log', strange),
    ],
    notes: [
      'the log has no time zone: its times are read as UTC',
      'teams are named by their side in the last round',
      `live play starts at ${new Date(startedMs).toISOString()}`,
    ],
    players: [...sides.values()].map((actor): PlayerDraft => {
      const [own, other] =
        actor.side === 'CT' ? [scores.CT, scores.TERRORIST] : [scores.TERRORIST, scores.CT];
      return {
        externalId: actor.id,
        displayName: actor.name,
        team: actor.side,
        result: own === other ? 'draw' : own > other ? 'victory' : 'defeat',
        endStats: scoreboard(live, actor.id),
        drafts: drafts.get(actor.id) ?? [],
      };
    }),
  });
}

/** A log holds no final table: it is counted from the lines, whatever the events came to. */
function scoreboard(live: Fact[], id: string): EndStats {
  const count = (counts: (fact: Fact) => boolean) => live.filter(counts).length;
  return {
    kills: count((fact) => fact.kind === 'kill' && fact.actor.id === id),
    deaths: count(
      (fact) =>
        (fact.kind === 'kill' && fact.victim.id === id) ||
        ((fact.kind === 'suicide' || fact.kind === 'bombed') && fact.actor.id === id),
    ),
    assists: count((fact) => fact.kind === 'assist' && fact.actor.id === id),
  };
}

const some = (what: string, why: string, count: number): Skipped[] =>
  count > 0 ? [{ what, why, count }] : [];

function readFacts(source: Source) {
  const lines = source.text.split('\n').filter((line) => line.trim() !== '');
  const facts = lines.flatMap((line) => {
    const parsed = parseLine(line);
    return parsed ? [factOf(parsed)] : [];
  });
  if (facts.length === 0)
    throw new ImportError(source.name, 'holds no line of a CS:GO server log ("L MM/DD/YYYY - …")');
  return { facts, strange: lines.length - facts.length };
}

function liveFacts(facts: Fact[], file: string) {
  const end = facts.findLastIndex((fact) => fact.kind === 'game_over');
  if (end < 0)
    throw new ImportError(file, 'holds no finished match: there is no "Game Over" line, is it truncated?');
  const start = facts.slice(0, end).findLastIndex((fact) => fact.kind === 'match_start');
  if (start < 0) throw new ImportError(file, 'has no "Match_Start" before its "Game Over"');
  const over = facts[end]!;
  return {
    live: facts.slice(start, end + 1),
    before: facts.slice(0, start),
    after: facts.slice(end + 1),
    map: over.kind === 'game_over' ? over.map : '',
    games: facts.filter((fact) => fact.kind === 'game_over').length,
  };
}

const plays = (side: string) => side === 'CT' || side === 'TERRORIST';

function actorsOf(fact: Fact): Actor[] {
  if ('victim' in fact) return [fact.actor, fact.victim];
  return 'actor' in fact ? [fact.actor] : [];
}

/** Everyone who played live, with the side they ended on. Coaches and spectators are none of them. */
function lastSides(live: Fact[]): Map<string, Actor> {
  const sides = new Map<string, Actor>();
  for (const fact of live)
    for (const actor of actorsOf(fact)) if (isPerson(actor) && plays(actor.side)) sides.set(actor.id, actor);
  return sides;
}

function lastScores(live: Fact[]) {
  const scores = { CT: 0, TERRORIST: 0 };
  for (const fact of live)
    if (fact.kind === 'score' && (fact.side === 'CT' || fact.side === 'TERRORIST'))
      scores[fact.side] = fact.score;
  return scores;
}

type Leftovers = { before: Fact[]; live: Fact[]; late: number; drafts: Lines; sides: Map<string, Actor> };

function skippedFacts({ before, live, late, drafts, sides }: Leftovers): Skipped[] {
  const ofBot = (fact: Fact) =>
    (fact.kind === 'other' && fact.what === botLine) || actorsOf(fact).some((actor) => actor.id === 'BOT');
  const bots = live.filter(ofBot).length;
  const watchers = [...drafts.keys()].filter((id) => !sides.has(id)).length;
  const skipped = [
    ...some('line before the match', 'settings, warm-up, knife round and restarts', before.length),
    ...some('line of a bot', 'bots are no players', bots),
    ...some('line after the match', 'the match is over', late),
    ...some('spectator', 'did not play', watchers),
  ];
  const others = live.flatMap((fact) => (fact.kind === 'other' && fact.what !== botLine ? [fact.what] : []));
  const kinds = [...tally(others)].map(([what, count]) => ({ what, count, why: 'nothing to feel about' }));
  return [...skipped, ...kinds];
}
