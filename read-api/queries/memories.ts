import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import type { Remembered } from '../../domain/memory/memory.js';
import type { Memories } from '../answers/memories.js';
import { memoryItem, type Telling } from '../memories.js';
import { mayOpen, openedWith } from '../opening.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import { reachPlayer } from '../reach.js';
import type { PlayerRecords } from '../records/player.js';
import type { MemoryTerms } from '../terms.js';

/** What does, or did, a companion remember of this player? With `q`: what comes to its mind, the likeliest first. */
export class GetMemories {
  readonly reads = ['players', 'games', 'memories'];

  constructor(
    readonly caller: Caller,
    readonly terms: MemoryTerms,
  ) {}
}

@QueryHandler(GetMemories)
export class GetMemoriesHandler implements IQueryHandler<GetMemories> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, terms }: GetMemories): Promise<Memories | Rejection> {
    const player = await reachPlayer(this.parts, caller, terms.id);
    if (player instanceof Rejection) return player;
    const telling = { openedOf: openedWith(this.parts, mayOpen(caller)), player: player.row };
    return terms.q === undefined
      ? list(telling, player, terms)
      : search(telling, player, { ...terms, q: terms.q });
  }
}

/** The newest first. */
async function list(
  telling: Telling,
  player: PlayerRecords,
  { at, kind, from, limit }: MemoryTerms,
): Promise<Memories> {
  const all = await player.remembered(at);
  const wanted = all.filter((memory) => kind === undefined || memory.kind === kind).sort(newestFirst);
  const page = wanted.slice(from, from + limit);
  const now = at === undefined ? Date.now() : Date.parse(at);
  return {
    items: await Promise.all(page.map((memory) => memoryItem(telling, memory, now))),
    ...(wanted.length > from + limit && { next: String(from + limit) }),
  };
}

async function search(
  telling: Telling,
  player: PlayerRecords,
  { q, at, kind, limit }: MemoryTerms & { q: string },
): Promise<Memories> {
  const found = await player.recalled({ q, limit, ...(at && { at }), ...(kind && { kind }) });
  const now = at === undefined ? Date.now() : Date.parse(at);
  const items = found.map(async ({ memory, score, shares, parts }) => ({
    ...(await memoryItem(telling, memory, now)),
    ...{ score, shares, scored: parts },
  }));
  return { items: await Promise.all(items) };
}

const newestFirst = (one: Remembered, other: Remembered) =>
  other.lastAt.localeCompare(one.lastAt) || other.memoryId.localeCompare(one.memoryId);
