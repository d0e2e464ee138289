import { setTimeout as sleep } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ReachedPlayer } from '../../domain/access/reached.js';
import { derivedId, streamOf } from '../../domain/kernel/ids.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { type Player, player } from '../../domain/player/player.js';
import { drafted, type WriteSide } from '../context.js';
import { KeysUnavailable } from '../person-keys/sealer.js';
import { WRITE_SIDE } from '../tokens.js';

/** A certificate as the log keeps it; `null`: what was derived of the player is still being taken away. */
export type Certified = NonNullable<Player['certificate']> | null;

/** All that is known of the person behind a player is to be gone. */
export class ErasePlayer extends Command<Certified | Rejection> {
  constructor(
    readonly player: ReachedPlayer,
    /** So long the certificate is waited for. */
    readonly withinMs: number,
  ) {
    super();
  }
}

@CommandHandler(ErasePlayer)
export class ErasePlayerHandler implements ICommandHandler<ErasePlayer> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ player: id, withinMs }: ErasePlayer): Promise<Certified | Rejection> {
    const { players, sealer, now } = this.side;
    const stream = streamOf.player(id);
    const done = await players.submit(stream, (state) => {
      const decided = player.decide({ type: 'ErasePlayer' }, state);
      if (decided instanceof Rejection) return decided;
      return drafted(decided, state, now()).map((draft) => ({ ...draft, id: erasureId(stream) }));
    });
    if (done instanceof Rejection) return done;
    // It is in the log by now: whoever carries it out makes up for a database that is away.
    await sealer.destroy(stream).catch((error) => {
      if (!(error instanceof KeysUnavailable)) throw error;
    });
    return certifiedWithin(this.side, stream, withinMs);
  }
}

/** Of a player the same, whoever erases, and however often. */
export const erasureId = (stream: string) => derivedId(stream, 'player-erased');

const LOOK_MS = 100;

async function certifiedWithin({ players }: WriteSide, stream: string, ms: number): Promise<Certified> {
  for (const end = performance.now() + ms; ; await sleep(LOOK_MS)) {
    await players.refresh(stream);
    const { certificate } = await players.state(stream);
    if (certificate || performance.now() >= end) return certificate ?? null;
  }
}
