import { type Actor, type Fact, isPerson } from './csgo-log-lines.js';
import { type ChatDraft, type Draft, multiKill } from './timeline.js';

/** Scratches are not told to the companion. */
const heavyHit = 50;

/** What each person did and said, by Steam id. */
export type Lines = Map<string, (Draft | ChatDraft)[]>;

/** The events of live play; `startedMs` is the moment they count from. */
export function draftsOf(facts: Fact[], startedMs: number): Lines {
  const all: Lines = new Map();
  let round = 0;
  let blood = false;
  let kills = new Map<string, number[]>();
  const tell = (actor: Actor, draft: Draft | ChatDraft) => {
    if (!isPerson(actor)) return;
    const placed = 'type' in draft ? { ...draft, context: { round, side: actor.side } } : draft;
    all.set(actor.id, [...(all.get(actor.id) ?? []), placed]);
  };
  const closeRound = () => {
    for (const [id, times] of kills)
      if (times.length >= 3) all.get(id)!.push(multiKill(times.at(-1)!, times.length, { round }));
    kills = new Map();
  };
  for (const fact of facts) {
    const ms = fact.ms - startedMs;
    if (fact.kind === 'round_start') {
      closeRound();
      round++;
    }
    for (const [actor, draft] of draftsOfFact(fact, ms)) tell(actor, draft);
    if (fact.kind !== 'kill' || !isPerson(fact.actor) || fact.actor.side === fact.victim.side) continue;
    kills.set(fact.actor.id, [...(kills.get(fact.actor.id) ?? []), ms]);
    if (!blood) tell(fact.actor, { ms, type: 'player.first_blood', data: { weapon: fact.weapon } });
    blood = true;
  }
  closeRound();
  return all;
}

function draftsOfFact(fact: Fact, ms: number): [Actor, Draft | ChatDraft][] {
  switch (fact.kind) {
    case 'kill': {
      const { actor, victim, weapon, headshot } = fact;
      const how = { weapon, headshot, ...(actor.side === victim.side && { teamKill: true }) };
      const through = fact.penetrated && { penetrated: true };
      return [
        [actor, { ms, type: 'player.kill', data: { victim: victim.name, ...how, ...through } }],
        [
          victim,
          {
            ms,
            type: 'player.death',
            data: { killer: actor.name, killerKind: isPerson(actor) ? 'player' : 'bot', ...how },
          },
        ],
      ];
    }
    case 'assist':
      return [[fact.actor, { ms, type: 'player.assist', data: { victim: fact.victim.name } }]];
    case 'suicide':
      return [[fact.actor, { ms, type: 'player.death', data: { killerKind: 'self', weapon: fact.weapon } }]];
    case 'bombed':
      return [[fact.actor, { ms, type: 'player.death', data: { killerKind: 'bomb' } }]];
    case 'bomb':
      return [
        [
          fact.actor,
          {
            ms,
            type: 'player.objective',
            data: { name: `bomb ${fact.done}`, objective: 'bomb', role: 'killer' },
          },
        ],
      ];
    case 'damage':
      if (fact.damage < heavyHit) return [];
      return [
        [
          fact.victim,
          {
            ms,
            type: 'player.damage_taken',
            data: { damage: Math.min(1, fact.damage / 100), health: fact.health, weapon: fact.weapon },
          },
        ],
      ];
    case 'chat':
      return fact.text.trim() === '' ? [] : [[fact.actor, { ms, chat: fact.text }]];
    default:
      return [];
  }
}
