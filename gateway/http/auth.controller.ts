import { Body, Controller, Delete, Get, HttpCode, Inject, Ip, Param, Post, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { IssueApiKey, logIn, RegisterClient, RevokeApiKey } from '../../commands/clients/handlers.js';
import type { WriteSide } from '../../commands/context.js';
import { WRITE_SIDE } from '../../commands/tokens.js';
import type { Caller } from '../../domain/access/caller.js';
import { opensAt, quotaOf } from '../../domain/client/client.js';
import { streamOf } from '../../domain/kernel/ids.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { playerErased } from '../../domain/player/player.js';
import { CallerGuard } from '../auth/caller.guard.js';
import type { Tokens } from '../auth/player-tokens.js';
import { anybody, clients, Operation, studios } from '../openapi/operation.js';
import { TOKENS, USAGE, type Usage } from '../tokens.js';
import { accountAndUse, issued, itself, keys, newKey, registered } from './answers.js';
import { limitAttempts } from './attempts.js';
import { reachedOrErased } from './owned.js';
import { bodyAs, CallerOf } from './request.js';

const registration = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254),
  password: z.string().min(8).max(200),
});
const login = z.object({ email: z.string().max(254), password: z.string().max(200) });
const playerTokenRequest = z.object({ gameId: z.string().max(64), playerId: z.string().max(64) });

/** A studio has so long to bring its servers over to the new key. */
const OVERLAP_MS = { default: 24 * 3_600_000, max: 30 * 24 * 3_600_000 };
const keyRequest = z.object({
  replaces: z.string().max(64).optional(),
  overlapMs: z.number().int().min(0).max(OVERLAP_MS.max).default(OVERLAP_MS.default),
});

const onlyClients = () => reject('forbidden', 'this is for clients: send X-API-Key or a login token');

@Controller('auth')
export class AuthController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(WRITE_SIDE) private readonly side: WriteSide,
    @Inject(TOKENS) private readonly tokens: Tokens,
    @Inject(USAGE) private readonly usage: Usage,
  ) {}

  @Operation({
    summary: 'Makes an account, and its first API key',
    callers: anybody,
    body: registration,
    answer: registered,
    errors: ['conflict', 'unavailable'],
  })
  @Post('register')
  async register(@Body() body: unknown, @Ip() ip: string) {
    const account = bodyAs(registration, body);
    const limited = await limitAttempts.register(ip);
    return limited ?? this.commands.execute(new RegisterClient(account));
  }

  @Operation({
    summary: 'Gives a token for an address and its password',
    callers: anybody,
    body: login,
    answer: issued,
    errors: ['unauthorized', 'unavailable'],
  })
  @Post('login')
  @HttpCode(200)
  async login(@Body() body: unknown, @Ip() ip: string) {
    const { email, password } = bodyAs(login, body);
    const limited = await limitAttempts.login(`${ip} ${email.toLowerCase()}`);
    if (limited) return limited;
    const clientId = await logIn(this.side, email, password);
    return clientId instanceof Rejection ? clientId : this.tokens.issue({ kind: 'client', clientId });
  }

  @Operation({
    summary: 'Tells whose key this is, its tier, and what is used of its quota',
    callers: clients,
    answer: accountAndUse,
  })
  @Post('verify')
  @HttpCode(200)
  @UseGuards(CallerGuard)
  async verify(@CallerOf() caller: Caller) {
    if (caller.kind !== 'client') return onlyClients();
    const { clientId } = caller;
    const state = await this.side.clients.state(streamOf.client(clientId));
    const { tier, verified: emailVerified } = state;
    return { clientId, tier, emailVerified, quota: quotaOf(state), used: await this.usage(clientId) };
  }

  @Operation({ summary: 'Lists the API keys that open', callers: clients, answer: keys })
  @Get('keys')
  @UseGuards(CallerGuard)
  async keys(@CallerOf() caller: Caller) {
    if (caller.kind !== 'client') return onlyClients();
    const { keys } = await this.side.clients.state(streamOf.client(caller.clientId));
    const now = this.side.now().toISOString();
    const opening = Object.entries(keys).filter(([, key]) => opensAt(key, now));
    return {
      items: opening.map(([id, { endsAt }]) => ({
        id,
        ...(endsAt && { endsAt }),
        isThis: id === caller.keyId,
      })),
    };
  }

  @Operation({
    summary: 'Makes an API key, also in the place of another',
    callers: clients,
    body: keyRequest,
    answer: newKey,
    errors: ['conflict', 'not_found'],
  })
  @Post('keys')
  @UseGuards(CallerGuard)
  issueKey(@CallerOf() caller: Caller, @Body() body: unknown) {
    const { replaces, overlapMs } = bodyAs(keyRequest, body);
    if (caller.kind !== 'client') return onlyClients();
    const before = replaces === undefined ? undefined : { keyId: replaces, overlapMs };
    return this.commands.execute(new IssueApiKey(caller.clientId, before));
  }

  @Operation({
    summary: 'Ends an API key, and the player tokens that were made by it',
    callers: clients,
    answer: itself,
    errors: ['not_found'],
  })
  @Delete('keys/:id')
  @UseGuards(CallerGuard)
  revokeKey(@CallerOf() caller: Caller, @Param('id') id: string) {
    return caller.kind === 'client'
      ? this.commands.execute(new RevokeApiKey(caller.clientId, id))
      : onlyClients();
  }

  @Operation({
    summary: 'Gives the token with which a game speaks for one player',
    callers: studios,
    body: playerTokenRequest,
    answer: issued,
    errors: ['not_found', 'erased'],
  })
  @Post('player-tokens')
  @UseGuards(CallerGuard)
  async playerToken(@CallerOf() caller: Caller, @Body() body: unknown) {
    const wanted = bodyAs(playerTokenRequest, body);
    if (caller.kind === 'player') return onlyClients();
    const known = await reachedOrErased(this.side, caller, wanted.playerId);
    if (known instanceof Rejection || known.gameId !== wanted.gameId)
      return reject('not_found', 'no such player in this game', { field: 'playerId' });
    if (known.erased) return playerErased();
    const keyId = caller.kind === 'client' && caller.keyId ? caller.keyId : null;
    const { clientId, gameId, id: playerId } = known;
    return this.tokens.issue({ kind: 'player', clientId, gameId, playerId, keyId });
  }
}
