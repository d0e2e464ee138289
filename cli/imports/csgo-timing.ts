import type { Block, Round, RoundKill, RoundPlayer, Span } from './csgo-rounds.js';
import { type Draft, multiKill, spread } from './timeline.js';

export type Placed = { player: string; draft: Draft };
type Shot = RoundKill & { killer: string; teamKill: boolean };

/**
 * The events of one round at stated moments of its live part: kills evenly spread in the most plausible order, a
 * death with its kill, an assist with the kill of a team-mate, a plant at three fifths, everything else at the end.
 */
export function placeRound(round: Round, span: Span, number: number): Placed[] {
  const context = { round: number, timing: 'round' };
  const shots = shotOrder(round);
  const moments = spread(shots.length, span.from, span.to);
  const kills = shots.map((shot, i) => ({ shot, ms: moments[i]! }));
  const end = (player: string, type: Draft['type'], data: Draft['data']): Placed => ({
    player,
    draft: { ms: span.to, type, data },
  });
  const placed: Placed[] = [
    ...kills.map(({ shot, ms }): Placed => ({ player: shot.killer, draft: killDraft(shot, ms) })),
    ...round.blocks.flatMap((block) =>
      [...block.players].flatMap(([id, player]) => [
        ...assistDrafts(block, id, { kills, span }),
        ...bombDrafts(id, player, span),
        ...(player.deaths === 0 && player.health > 0 && player.health < 100
          ? [end(id, 'player.damage_taken', { damage: (100 - player.health) / 100, health: player.health })]
          : []),
      ]),
    ),
    ...deathDrafts(round, kills, span),
    ...sprees(kills),
  ];
  return placed.map(({ player, draft }) => ({ player, draft: { ...draft, context } }));
}

type Timed = { shot: Shot; ms: number };

function killDraft(shot: Shot, ms: number): Draft {
  const { victim, weapon, headshot } = shot;
  const extra = {
    ...(shot.penetrated && { penetrated: true }),
    ...(shot.clutch && { clutch: true }),
    ...(shot.opening && { openingKill: true }),
    ...(shot.teamKill && { teamKill: true }),
  };
  return { ms, type: 'player.kill', data: { victim, weapon, headshot, ...extra } };
}

/**
 * Each player's kills are in order, the players' among each other are not: the opening kill comes first, then as
 * far as possible nobody dies before their own last kill.
 */
function shotOrder(round: Round): Shot[] {
  const queues = round.blocks.flatMap((block) =>
    [...block.players].map(([killer, player]) =>
      player.kills.map(
        (kill): Shot => ({
          ...kill,
          killer,
          teamKill: block.players.has(kill.victim) && !otherBlock(round, block).players.has(kill.victim),
        }),
      ),
    ),
  );
  const order: Shot[] = [];
  for (;;) {
    const heads = queues.flatMap((queue) => queue.slice(0, 1));
    if (heads.length === 0) return order;
    const fighting = new Set(heads.map((head) => head.killer));
    const next =
      heads.find((head) => head.opening) ?? heads.find((head) => !fighting.has(head.victim)) ?? heads[0]!;
    order.push(next);
    queues.find((queue) => queue[0] === next)!.shift();
  }
}

const otherBlock = (round: Round, block: Block) =>
  round.blocks[0] === block ? round.blocks[1] : round.blocks[0];

/** As many deaths as the record counts: named by a kill first, the others (bomb, fall) at the end of the round. */
function deathDrafts(round: Round, kills: Timed[], span: Span): Placed[] {
  const counted = new Map<string, number>();
  for (const [id, player] of round.blocks.flatMap((block) => [...block.players])) {
    counted.set(id, (counted.get(id) ?? 0) + player.deaths);
  }
  return [...counted].flatMap(([player, count]) => {
    const named = kills.filter(({ shot }) => shot.victim === player).slice(0, count);
    const unnamed = count - named.length;
    return [
      ...named.map(({ shot, ms }): Placed => {
        const data = {
          killer: shot.killer,
          killerKind: 'player',
          weapon: shot.weapon,
          headshot: shot.headshot,
        };
        return {
          player,
          draft: { ms, type: 'player.death', data: { ...data, ...(shot.teamKill && { teamKill: true }) } },
        };
      }),
      ...Array.from(
        { length: unnamed },
        (): Placed => ({
          player,
          draft: { ms: span.to, type: 'player.death', data: { killerKind: 'none', inferred: true } },
        }),
      ),
    ];
  });
}

/** The record only counts assists: they are laid to the first kills of team-mates. */
function assistDrafts(
  block: Block,
  player: string,
  { kills, span }: { kills: Timed[]; span: Span },
): Placed[] {
  const mates = kills.filter(
    ({ shot }) => shot.killer !== player && block.players.has(shot.killer) && !shot.teamKill,
  );
  return Array.from({ length: block.players.get(player)!.assists }, (_, i): Placed => {
    const kill = mates[i];
    const data = kill ? { victim: kill.shot.victim, inferred: true } : { inferred: true };
    return { player, draft: { ms: kill?.ms ?? span.to, type: 'player.assist', data } };
  });
}

function bombDrafts(player: string, record: RoundPlayer, span: Span): Placed[] {
  const plant = span.from + (span.to - span.from) * 0.6;
  const one = (ms: number, name: string): Placed => ({
    player,
    draft: { ms, type: 'player.objective', data: { name, objective: 'bomb', role: 'killer' } },
  });
  return [
    ...Array.from({ length: record.planted }, () => one(plant, 'bomb planted')),
    ...Array.from({ length: record.defused }, () => one(span.to, 'bomb defused')),
  ];
}

/** Three and more kills of one player in a round. */
function sprees(kills: Timed[]): Placed[] {
  return [...new Set(kills.map(({ shot }) => shot.killer))].flatMap((player) => {
    const own = kills.filter(({ shot }) => shot.killer === player && !shot.teamKill);
    return own.length < 3 ? [] : [{ player, draft: multiKill(own.at(-1)!.ms, own.length) }];
  });
}
