import { Body, Controller, Inject, Param, Put, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { WriteSide } from '../../commands/context.js';
import { WriteCharacter } from '../../commands/games/handlers.js';
import { WRITE_SIDE } from '../../commands/tokens.js';
import type { Caller } from '../../domain/access/caller.js';
import { emotionLabels } from '../../domain/emotion/emotion.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import {
  CHARACTER_BYTES_MAX,
  CHARACTER_LINES_MAX,
  type WantedCharacter,
} from '../../domain/voice/character.js';
import { lineOccasions } from '../../domain/voice/lines/line.js';
import { builtInPersonaSchema, languageSchema, personaSchema } from '../../sdk/protocol.js';
import { CallerGuard } from '../auth/caller.guard.js';
import { Operation, studios } from '../openapi/operation.js';
import { writtenCharacter } from './answers.js';
import { ownedGame } from './owned.js';
import { Refused } from './problems.js';
import { bodyAs, CallerOf } from './request.js';

/** What an answer tells beside what is written; sent back as it came, it changes nothing. */
const told = z.unknown().optional();

const line = z.strictObject({
  id: told,
  lang: languageSchema,
  on: z.enum(lineOccasions),
  text: z.string(),
  feels: z.array(z.enum(emotionLabels)).optional(),
});

/** Strict: what is absent is gone, so that a slip of the pen must not pass for absence. */
const writing = z.strictObject({
  ...{ id: told, gameId: told, builtIn: told, lineCount: told, builtInLines: told },
  like: builtInPersonaSchema.optional(),
  name: z.string().optional(),
  voice: z.string().optional(),
  lines: z.array(line).max(CHARACTER_LINES_MAX).default([]),
});

const path = z.object({ persona: personaSchema });

@Controller('games/:gameId/characters')
@UseGuards(CallerGuard)
export class CharactersController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(WRITE_SIDE) private readonly side: WriteSide,
  ) {}

  @Operation({
    summary: 'Writes a companion of a game; what is left out is gone',
    callers: studios,
    params: [path],
    body: writing,
    answer: writtenCharacter,
    errors: ['not_found'],
  })
  @Put(':persona')
  async write(
    @CallerOf() caller: Caller,
    @Param() { gameId, persona }: { gameId: string; persona: string },
    @Body() body: unknown,
  ) {
    if (caller.kind === 'player')
      return reject('forbidden', 'characters are written by the game: send an X-API-Key');
    const owned = await ownedGame(this.side, caller, gameId);
    if (owned instanceof Rejection) return owned;
    const character = wantedIn(body, bodyAs(path, { persona }).persona);
    const written = await this.commands.execute(new WriteCharacter(owned, character));
    return written instanceof Rejection ? written : { ...written, gameId };
  }
}

function wantedIn(body: unknown, character: string): WantedCharacter {
  const { like, name, voice, lines } = bodyAs(writing, body);
  const wanted = {
    character,
    ...(like !== undefined && { like }),
    ...(name !== undefined && { name }),
    ...(voice !== undefined && { voice }),
    lines: lines.map(({ lang, on, text, feels }) => ({ lang, on, text, ...(feels && { feels }) })),
  };
  if (Buffer.byteLength(JSON.stringify(wanted)) > CHARACTER_BYTES_MAX)
    throw new Refused(
      reject('too_large', `lines: the character is over ${CHARACTER_BYTES_MAX} bytes`, { field: 'lines' }),
    );
  return wanted;
}
