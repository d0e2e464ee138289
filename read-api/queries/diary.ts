import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import type { Language } from '../../domain/kernel/language.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { becauseOf } from '../../domain/memory/because.js';
import type { Memory } from '../../domain/memory/memory.js';
import type { Diary, DiaryEntry } from '../answers/memories.js';
import { saidOf, type Telling } from '../memories.js';
import { mayOpen, openedWith } from '../opening.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import { reachPlayer } from '../reach.js';
import type { DiaryTerms } from '../terms.js';

/** What does the companion's diary say? Day by day (UTC, by the game's clock) what it keeps, in order, and why. */
export class GetDiary {
  readonly reads = ['players', 'memories'];

  constructor(
    readonly caller: Caller,
    readonly terms: DiaryTerms,
  ) {}
}

@QueryHandler(GetDiary)
export class GetDiaryHandler implements IQueryHandler<GetDiary> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, terms }: GetDiary): Promise<Diary | Rejection> {
    const { id, from, to, limit } = terms;
    const player = await reachPlayer(this.parts, caller, id);
    if (player instanceof Rejection) return player;
    const telling = { openedOf: openedWith(this.parts, mayOpen(caller)), player: player.row };
    const days = byDay(await player.occurrences()).filter(
      ([day]) => (from === undefined || day >= from) && (to === undefined || day <= to),
    );
    const items = days.slice(0, limit).map(async ([day, memories]) => ({
      day,
      entries: await Promise.all(memories.map((memory) => entryOf(telling, memory))),
    }));
    const next = days[limit]?.[0];
    return { items: await Promise.all(items), ...(next && { next }) };
  }
}

function byDay(memories: readonly Memory[]): [day: string, memories: Memory[]][] {
  const days = new Map<string, Memory[]>();
  for (const memory of [...memories].sort((one, other) => one.at.localeCompare(other.at))) {
    const day = memory.at.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), memory]);
  }
  return [...days];
}

async function entryOf(telling: Telling, memory: Memory): Promise<DiaryEntry> {
  const { id, at, kind, importance, parts, felt } = memory;
  const because = becauseOf(memory, telling.player.lang as Language);
  return { id, ...(await saidOf(telling, memory)), at, kind, because, importance, parts, felt };
}
