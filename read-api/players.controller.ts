import { Controller, Get, Inject, Req, Res, StreamableFile } from '@nestjs/common';
import { Rejection } from '../domain/kernel/rejection.js';
import { type Asked, Front } from './front.js';
import type { Sound } from './parts.js';
import { GetDiary } from './queries/diary.js';
import { GetEmotion } from './queries/emotion.js';
import { GetFindings } from './queries/findings.js';
import { GetActions, GetEmotions, GetTimeline } from './queries/history.js';
import { GetMemories } from './queries/memories.js';
import { GetPlayer } from './queries/player.js';
import { GetSpeech } from './queries/speech.js';
import { GetWhy } from './queries/why.js';
import {
  actionTerms,
  diaryTerms,
  historyTerms,
  memoryTerms,
  momentTerms,
  playerTerms,
  spanTerms,
} from './terms.js';

type Reply = { header(name: string, value: string): unknown };

@Controller('players/:id')
export class PlayerQuestionsController {
  constructor(@Inject(Front) private readonly front: Front) {}

  @Get()
  player(@Req() asked: Asked) {
    return this.front.answer(asked, playerTerms, (caller, { id }) => new GetPlayer(caller, id));
  }

  @Get('timeline')
  timeline(@Req() asked: Asked) {
    return this.front.answer(asked, historyTerms, (caller, terms) => new GetTimeline(caller, terms));
  }

  @Get('emotion')
  emotion(@Req() asked: Asked) {
    return this.front.answer(asked, momentTerms, (caller, { id, at }) => new GetEmotion(caller, id, at));
  }

  @Get('emotions')
  emotions(@Req() asked: Asked) {
    return this.front.answer(asked, historyTerms, (caller, terms) => new GetEmotions(caller, terms));
  }

  @Get('findings')
  findings(@Req() asked: Asked) {
    return this.front.answer(asked, spanTerms, (caller, terms) => new GetFindings(caller, terms));
  }

  @Get('memories')
  memories(@Req() asked: Asked) {
    return this.front.answer(asked, memoryTerms, (caller, terms) => new GetMemories(caller, terms));
  }

  @Get('diary')
  diary(@Req() asked: Asked) {
    return this.front.answer(asked, diaryTerms, (caller, terms) => new GetDiary(caller, terms));
  }

  @Get('actions')
  actions(@Req() asked: Asked) {
    return this.front.answer(asked, historyTerms, (caller, terms) => new GetActions(caller, terms));
  }

  @Get('actions/:actionId/speech')
  async speech(@Req() asked: Asked, @Res({ passthrough: true }) reply: Reply) {
    const sound = await this.front.answer(
      asked,
      actionTerms,
      (caller, terms) => new GetSpeech(caller, terms),
    );
    if (sound instanceof Rejection) return sound;
    const { audio, mime } = sound as Sound;
    // A line of a player is nobody else's: no cache on the way keeps it.
    reply.header('cache-control', 'private, max-age=3600');
    return new StreamableFile(audio, { type: mime, length: audio.length });
  }

  @Get('actions/:actionId/why')
  why(@Req() asked: Asked) {
    return this.front.answer(asked, actionTerms, (caller, terms) => new GetWhy(caller, terms));
  }
}
