import { Body, Controller, Get, Header, HttpCode, Inject, Ip, Post, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { AskForVerification, VerifyEmail } from '../../commands/clients/account.js';
import type { Caller } from '../../domain/access/caller.js';
import { reject } from '../../domain/kernel/rejection.js';
import { CallerGuard } from '../auth/caller.guard.js';
import type { Tokens } from '../auth/player-tokens.js';
import { anybody, clients, Operation } from '../openapi/operation.js';
import { TOKENS } from '../tokens.js';
import { account, text } from './answers.js';
import { limitAttempts } from './attempts.js';
import { bodyAs, CallerOf } from './request.js';
import { VERIFY_EMAIL_PAGE } from './verify-email-page.js';

const confirmation = z.object({ token: z.string().min(1).max(2_000) });

/** Whoever reads what is sent to an address shows it here, with the token of the message. */
@Controller('auth/verify-email')
export class VerifyEmailController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(TOKENS) private readonly tokens: Tokens,
  ) {}

  /** Where the message leads. It changes nothing by itself, because programs that look at mail follow links. */
  @Operation({
    summary: 'The page to which a message leads',
    callers: anybody,
    answer: { types: ['text/html'], schema: text },
  })
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header(
    'content-security-policy',
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'",
  )
  @Header('referrer-policy', 'no-referrer')
  page() {
    return VERIFY_EMAIL_PAGE;
  }

  @Operation({
    summary: 'Verifies an address by the token of a message',
    callers: anybody,
    body: confirmation,
    answer: account,
    errors: ['unauthorized', 'unavailable', 'not_found'],
  })
  @Post()
  @HttpCode(200)
  async confirm(@Body() body: unknown, @Ip() ip: string) {
    const { token } = bodyAs(confirmation, body);
    const limited = await limitAttempts.verify(ip);
    if (limited) return limited;
    const claims = await this.tokens.read(token);
    if (claims?.kind !== 'email')
      return reject('unauthorized', 'token: not one of a message of this engine, or too old', {
        field: 'token',
      });
    return this.commands.execute(new VerifyEmail(claims.clientId));
  }

  @Operation({ summary: 'Asks for another message', callers: clients, answer: account })
  @Post('resend')
  @HttpCode(202)
  @UseGuards(CallerGuard)
  async resend(@CallerOf() caller: Caller) {
    if (caller.kind !== 'client')
      return reject('forbidden', 'this is for clients: send X-API-Key or a login token');
    return (
      (await limitAttempts.resend(caller.clientId)) ??
      this.commands.execute(new AskForVerification(caller.clientId))
    );
  }
}
