import type { z } from 'zod';
import { apiKeyIssued } from './stored/api-key-issued.js';
import { apiKeyRetired } from './stored/api-key-retired.js';
import { apiKeyRevoked } from './stored/api-key-revoked.js';
import { characterWritten } from './stored/character-written.js';
import { chatMessageReceived } from './stored/chat-message-received.js';
import { clientRegistered } from './stored/client-registered.js';
import { companionActed } from './stored/companion-acted.js';
import { emailVerificationAsked } from './stored/email-verification-asked.js';
import { emailVerified } from './stored/email-verified.js';
import { erasureCertified } from './stored/erasure-certified.js';
import { feedbackGiven } from './stored/feedback-given.js';
import { gameConfigured } from './stored/game-configured.js';
import { gameCreated } from './stored/game-created.js';
import { gameDeleted } from './stored/game-deleted.js';
import { gameEventRecorded } from './stored/game-event-recorded.js';
import { lineFailed } from './stored/line-failed.js';
import { lineRequested } from './stored/line-requested.js';
import { lineWritten } from './stored/line-written.js';
import { memoriesForgotten } from './stored/memories-forgotten.js';
import { messageModerated } from './stored/message-moderated.js';
import { personaChosen } from './stored/persona-chosen.js';
import { playerErased } from './stored/player-erased.js';
import { playerRegistered } from './stored/player-registered.js';
import { playerTokensRevoked } from './stored/player-tokens-revoked.js';
import { tierChanged } from './stored/tier-changed.js';
import type { StoredType } from './stored/versions.js';

export { type Sealed, sealedText } from './stored/parts.js';

/**
 * Every event the log can hold. Stored shapes only grow: a field may be added as optional; whatever else
 * changes is a new version, and the old shape is upcast when it is read (see `stored/lock.test.ts`).
 */
export const logEvents = {
  ClientRegistered: clientRegistered,
  ApiKeyIssued: apiKeyIssued,
  ApiKeyRetired: apiKeyRetired,
  ApiKeyRevoked: apiKeyRevoked,
  EmailVerificationAsked: emailVerificationAsked,
  EmailVerified: emailVerified,
  TierChanged: tierChanged,
  GameCreated: gameCreated,
  GameConfigured: gameConfigured,
  GameDeleted: gameDeleted,
  PlayerRegistered: playerRegistered,
  PersonaChosen: personaChosen,
  PlayerTokensRevoked: playerTokensRevoked,
  GameEventRecorded: gameEventRecorded,
  ChatMessageReceived: chatMessageReceived,
  CompanionActed: companionActed,
  FeedbackGiven: feedbackGiven,
  CharacterWritten: characterWritten,
  MessageModerated: messageModerated,
  LineRequested: lineRequested,
  LineWritten: lineWritten,
  LineFailed: lineFailed,
  MemoriesForgotten: memoriesForgotten,
  PlayerErased: playerErased,
  ErasureCertified: erasureCertified,
} as const satisfies Record<string, StoredType>;

export type LogEventType = keyof typeof logEvents;
export type LogEventData<T extends LogEventType> = z.infer<(typeof logEvents)[T]['shape']>;

/** An event of the domain: its type and data. Ids, positions and metadata are the log's affair. */
export type LogEvent = { [T in LogEventType]: { type: T; data: LogEventData<T> } }[LogEventType];
export type LogEventOf<T extends LogEventType> = Extract<LogEvent, { type: T }>;

export const isLogEventType = (type: string): type is LogEventType => Object.hasOwn(logEvents, type);
