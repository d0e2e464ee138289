import { Body, Controller, Inject, Param, Patch, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { ChangeTier } from '../../commands/clients/account.js';
import type { Caller } from '../../domain/access/caller.js';
import { tiers } from '../../domain/events/stored/client-registered.js';
import { reject } from '../../domain/kernel/rejection.js';
import { CallerGuard } from '../auth/caller.guard.js';
import { Operation, operator } from '../openapi/operation.js';
import { account } from './answers.js';
import { bodyAs, CallerOf } from './request.js';

/** `quota`: events a month, where it is agreed otherwise than the tier says. */
const change = z.object({ tier: z.enum(tiers), quota: z.number().int().min(0).optional() });

/** What the operator of the engine says of its clients. */
@Controller('clients')
@UseGuards(CallerGuard)
export class ClientsController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Operation({
    summary: 'Gives a client a tier, or a quota of its own',
    callers: operator,
    body: change,
    answer: account,
    errors: ['conflict', 'not_found'],
  })
  @Patch(':id')
  async changeTier(@CallerOf() caller: Caller, @Param('id') id: string, @Body() body: unknown) {
    const { tier, quota } = bodyAs(change, body);
    if (caller.kind !== 'admin')
      return reject('forbidden', 'tiers are for the operator to change: send the admin key');
    return this.commands.execute(new ChangeTier(id, { tier, ...(quota !== undefined && { quota }) }));
  }
}
