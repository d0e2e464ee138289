import { z } from 'zod';
import type { Account } from '../../commands/clients/account.js';
import type { NewKey } from '../../commands/clients/handlers.js';
import { certificate } from '../../commands/erasing/certificate.js';
import type { GameView } from '../../commands/games/handlers.js';
import type { PlayerView } from '../../commands/players/profile.js';
import { tiers } from '../../domain/events/stored/client-registered.js';
import { languages } from '../../domain/kernel/language.js';
import { serverFrame } from '../../sdk/protocol.js';
import { character, id, position, time } from '../openapi/parts.js';
import { answerOf } from '../openapi/same.js';

/** What is answered to whoever changes something. */

const quota = z.number().describe('events a month');

export const registered = z.object({ clientId: id, apiKey: z.string().describe('shown this once') });
export const issued = z.object({ token: z.string(), expiresAt: time });
export const account = answerOf<Account>()(
  z.object({ clientId: id, tier: z.enum(tiers), quota, emailVerified: z.boolean() }),
);
export const accountAndUse = account.extend({ used: z.number().describe('events of this month') });
export const keys = z.object({
  items: z.array(
    z.object({
      id,
      endsAt: time.optional().describe('another replaces it: it opens until then'),
      isThis: z.boolean().describe('this key asks'),
    }),
  ),
});
export const newKey = answerOf<NewKey>()(
  z.object({
    id,
    apiKey: z.string().describe('shown this once'),
    replaces: z.object({ id, endsAt: time }).optional(),
  }),
);
export const itself = z.object({ id });

export const game = answerOf<GameView>()(
  z.object({ id, name: z.string(), config: z.record(z.string(), z.unknown()) }),
);
export const player = answerOf<PlayerView>()(
  z.object({ id, gameId: id, persona: z.string(), lang: z.enum(languages) }),
);
export const registeredPlayer = player.extend({ externalId: z.string(), displayName: z.string().optional() });
export const writtenCharacter = character.extend({ gameId: id });

export const accepted = z.object({ accepted: z.int(), duplicates: z.int(), position });
export const erasure = z.object({
  certificate: certificate.nullable().describe('what was searched where, and found, signed with Ed25519'),
});
export const forgotten = z.object({ forgotten: z.int().describe('occurrences'), position });

const [welcome, ack, , action, dialogue] = serverFrame.options;
export const acknowledged = ack;
/** One JSON object in each `data:`, by the name of its event. */
export const streamed = z.union([welcome, action, dialogue]);

export const text = z.string();

/** How game events may be refused. */
export const ofEvents = ['bad_event', 'unknown_type', 'quota_exceeded'] as const;
