import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { quotaOf, type Tier } from '../../domain/client/client.js';
import type { LogEventData } from '../../domain/events/log-events.js';
import { clientId, streamOf } from '../../domain/kernel/ids.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import type { WriteSide } from '../context.js';
import { WRITE_SIDE } from '../tokens.js';
import { changeClient } from './handlers.js';

export type Account = { clientId: string; tier: Tier; quota: number; emailVerified: boolean };

/** Another message by which to verify the address; none where it is verified. */
export class AskForVerification extends Command<Account | Rejection> {
  constructor(readonly clientId: string) {
    super();
  }
}

@CommandHandler(AskForVerification)
export class AskForVerificationHandler implements ICommandHandler<AskForVerification> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  execute({ clientId: id }: AskForVerification): Promise<Account | Rejection> {
    return changed(this.side, id, { type: 'AskForVerification' });
  }
}

export class VerifyEmail extends Command<Account | Rejection> {
  constructor(readonly clientId: string) {
    super();
  }
}

@CommandHandler(VerifyEmail)
export class VerifyEmailHandler implements ICommandHandler<VerifyEmail> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  execute({ clientId: id }: VerifyEmail): Promise<Account | Rejection> {
    return changed(this.side, id, { type: 'VerifyEmail' });
  }
}

export class ChangeTier extends Command<Account | Rejection> {
  constructor(
    readonly clientId: string,
    readonly to: LogEventData<'TierChanged'>,
  ) {
    super();
  }
}

@CommandHandler(ChangeTier)
export class ChangeTierHandler implements ICommandHandler<ChangeTier> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  execute({ clientId: id, to }: ChangeTier): Promise<Account | Rejection> {
    return changed(this.side, id, { type: 'ChangeTier', to });
  }
}

async function changed(
  side: WriteSide,
  id: string,
  command: Parameters<typeof changeClient>[2],
): Promise<Account | Rejection> {
  const done = await changeClient(side, id, command);
  if (done instanceof Rejection) return done;
  const state = await side.clients.state(streamOf.client(clientId(id)));
  return { clientId: id, tier: state.tier, quota: quotaOf(state), emailVerified: state.verified };
}
