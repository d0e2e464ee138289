import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AskForVerificationHandler, ChangeTierHandler, VerifyEmailHandler } from './clients/account.js';
import { IssueApiKeyHandler, RegisterClientHandler, RevokeApiKeyHandler } from './clients/handlers.js';
import type { WriteSide } from './context.js';
import { ErasePlayerHandler } from './erasing/erase-player.js';
import {
  ConfigureGameHandler,
  CreateGameHandler,
  DeleteGameHandler,
  WriteCharacterHandler,
} from './games/handlers.js';
import { ForgetMemoriesHandler } from './memory/forget.js';
import { GiveFeedbackHandler, ReceiveChatMessageHandler, RecordGameEventsHandler } from './players/play.js';
import { ChoosePersonaHandler, RegisterPlayerHandler } from './players/profile.js';
import { RevokePlayerTokensHandler } from './players/tokens.js';
import { WRITE_SIDE } from './tokens.js';

/** Every command the engine carries out. */
export const commandHandlers = [
  RegisterClientHandler,
  IssueApiKeyHandler,
  RevokeApiKeyHandler,
  AskForVerificationHandler,
  VerifyEmailHandler,
  ChangeTierHandler,
  CreateGameHandler,
  ConfigureGameHandler,
  DeleteGameHandler,
  WriteCharacterHandler,
  RegisterPlayerHandler,
  ChoosePersonaHandler,
  RevokePlayerTokensHandler,
  RecordGameEventsHandler,
  ReceiveChatMessageHandler,
  GiveFeedbackHandler,
  ForgetMemoriesHandler,
  ErasePlayerHandler,
];

@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: Nest names its modules by classes
export class CommandsModule {
  static register(side: WriteSide): DynamicModule {
    return {
      module: CommandsModule,
      imports: [CqrsModule.forRoot()],
      providers: [{ provide: WRITE_SIDE, useValue: side }, ...commandHandlers],
      exports: [WRITE_SIDE, CqrsModule],
    };
  }
}
