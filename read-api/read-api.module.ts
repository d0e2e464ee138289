import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AnalyticsController } from './analytics.controller.js';
import { Front } from './front.js';
import { GameQuestionsController, PersonasController } from './games.controller.js';
import { InsightsController } from './insights.controller.js';
import {
  DiscardRebuildHandler,
  RebuildProjectionHandler,
  RetryParkedHandler,
  SkipParkedHandler,
} from './operator/projections.js';
import { questionParts, READ_PARTS, type ReadApiParts } from './parts.js';
import { PlayerQuestionsController } from './players.controller.js';
import { ProjectionsController } from './projections.controller.js';
import { GetCostHandler } from './queries/analytics-cost.js';
import { GetDialogueHandler } from './queries/analytics-dialogue.js';
import { GetFeltHandler } from './queries/analytics-emotions.js';
import { GetEngagementHandler } from './queries/analytics-engagement.js';
import { GetOverviewHandler } from './queries/analytics-overview.js';
import { GetCharacterHandler, GetCharactersHandler, GetPersonasHandler } from './queries/characters.js';
import { GetDiaryHandler } from './queries/diary.js';
import { GetEmotionHandler } from './queries/emotion.js';
import { GetFindingsHandler } from './queries/findings.js';
import { GetGameHandler, GetGamesHandler } from './queries/games.js';
import { GetActionsHandler, GetEmotionsHandler, GetTimelineHandler } from './queries/history.js';
import { GetInsightHandler, GetInsightsHandler } from './queries/insights.js';
import { GetMemoriesHandler } from './queries/memories.js';
import { GetParkedHandler } from './queries/parked.js';
import { GetPlayerHandler } from './queries/player.js';
import { GetPlayersOfGameHandler } from './queries/players-of-game.js';
import { GetProjectionsHandler } from './queries/projections.js';
import { GetSpeechHandler } from './queries/speech.js';
import { GetWhyHandler } from './queries/why.js';

/** What an operator may do to read models. */
export const commandHandlers = [
  DiscardRebuildHandler,
  RebuildProjectionHandler,
  RetryParkedHandler,
  SkipParkedHandler,
];

/** Every question the engine answers. */
export const queryHandlers = [
  GetGamesHandler,
  GetGameHandler,
  GetPlayersOfGameHandler,
  GetPersonasHandler,
  GetCharactersHandler,
  GetCharacterHandler,
  GetPlayerHandler,
  GetTimelineHandler,
  GetEmotionHandler,
  GetEmotionsHandler,
  GetFindingsHandler,
  GetActionsHandler,
  GetMemoriesHandler,
  GetDiaryHandler,
  GetSpeechHandler,
  GetWhyHandler,
  GetProjectionsHandler,
  GetParkedHandler,
  GetInsightsHandler,
  GetInsightHandler,
  GetOverviewHandler,
  GetFeltHandler,
  GetEngagementHandler,
  GetDialogueHandler,
  GetCostHandler,
];

/** What answers questions over HTTP. Controllers return the answer or a `Rejection`. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: Nest names its modules by classes
export class ReadApiModule {
  static register(parts: ReadApiParts): DynamicModule {
    return {
      module: ReadApiModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        GameQuestionsController,
        PersonasController,
        PlayerQuestionsController,
        ProjectionsController,
        InsightsController,
        AnalyticsController,
      ],
      providers: [
        { provide: READ_PARTS, useValue: questionParts(parts) },
        Front,
        ...queryHandlers,
        ...commandHandlers,
      ],
    };
  }
}
