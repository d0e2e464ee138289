/** The Web SDK: a game tells its events and hears its player's companion. For browsers and Node. */
export { connect } from './client.js';
export { CompanionError, type CompanionErrorCode, type CompanionErrorDetail } from './errors.js';
export { type CompanionAction, type ErrorCode, errorCodes, type GameEventType } from './protocol.js';
export { browserStore, type Saved, type Store } from './store.js';
export type {
  Ack,
  ActionHandler,
  BackoffOptions,
  CloseOptions,
  Companion,
  ConnectOptions,
  ErrorHandler,
  LineHandler,
  LinePiece,
  PlayerEvent,
  Status,
  StatusHandler,
  Unsubscribe,
} from './types.js';
