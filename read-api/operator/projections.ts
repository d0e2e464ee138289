import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { askRetry, skipParked } from '../../projections/halted.js';
import { projections } from '../../projections/index.js';
import { ask } from '../../projections/rebuild/builder.js';
import { discardNext } from '../../projections/rebuild/discard.js';
import { BeingRebuilt } from '../../projections/rebuild/lock.js';
import { wholeGroups } from '../../projections/together.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';

/**
 * What an operator does to read models. It is here and not where things are appended: nothing is, and what is
 * changed can be had again from the log.
 */
class OfProjection {
  constructor(
    readonly caller: Caller,
    readonly name: string,
  ) {}
}

/** To be built anew, beside the one that is read, by an engine that keeps the read models. */
export class RebuildProjection extends OfProjection {}

/** What was begun of it beside the one that is read is to be given up. */
export class DiscardRebuild extends OfProjection {}

class OfParked extends OfProjection {
  constructor(
    caller: Caller,
    name: string,
    /** Of one event; without it all. */
    readonly position?: number,
  ) {
    super(caller, name);
  }
}

/** What is parked is to be taken once more, each subject's in its order. */
export class RetryParked extends OfParked {}

/** An event is to be passed over for good. */
export class SkipParked extends OfParked {}

@CommandHandler(RebuildProjection)
export class RebuildProjectionHandler implements ICommandHandler<RebuildProjection> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, name }: RebuildProjection): Promise<{ name: string; state: 'asked' } | Rejection> {
    const found = forOperator(this.parts, caller, name);
    if (found instanceof Rejection) return found;
    await ask(found.writes, found.projection, { by: 'http' });
    return { name, state: 'asked' };
  }
}

@CommandHandler(DiscardRebuild)
export class DiscardRebuildHandler implements ICommandHandler<DiscardRebuild> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, name }: DiscardRebuild): Promise<{ discarded: string[] } | Rejection> {
    const found = forOperator(this.parts, caller, name);
    if (found instanceof Rejection) return found;
    try {
      const discarded = await discardNext(found.writes, wholeGroups(projections, [name]));
      return discarded.length > 0 ? { discarded } : reject('not_found', `nothing is being built of ${name}`);
    } catch (error) {
      if (error instanceof BeingRebuilt) return reject('conflict', error.message);
      throw error;
    }
  }
}

@CommandHandler(RetryParked)
export class RetryParkedHandler implements ICommandHandler<RetryParked> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, name, position }: RetryParked): Promise<{ retried: number } | Rejection> {
    const found = forOperator(this.parts, caller, name);
    if (found instanceof Rejection) return found;
    const retried = await askRetry(found.writes, {
      projection: name,
      ...(position !== undefined && { position }),
    });
    return position !== undefined && retried === 0 ? noSuchEvent(name, position) : { retried };
  }
}

@CommandHandler(SkipParked)
export class SkipParkedHandler implements ICommandHandler<SkipParked> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, name, position }: SkipParked): Promise<{ skipped: number } | Rejection> {
    const found = forOperator(this.parts, caller, name);
    if (found instanceof Rejection) return found;
    const skipped = await skipParked(found.writes, {
      projection: name,
      ...(position !== undefined && { position }),
    });
    return position !== undefined && skipped === 0 ? noSuchEvent(name, position) : { skipped };
  }
}

/** The read model, when there is one and the caller is the operator, and the databases that it is in. */
export function forOperator({ records }: QuestionParts, caller: Caller, name: string) {
  if (caller.kind !== 'admin') return reject('forbidden', 'only the operator has a hand in read models');
  const projection = projections.find((one) => one.name === name);
  return projection
    ? { projection, ...records.operator(caller) }
    : reject('not_found', `no read model ${name}`);
}

const noSuchEvent = (name: string, position: number): Rejection =>
  reject('not_found', `nothing at ${position} is parked in ${name}`);
