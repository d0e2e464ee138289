import { Controller, Get, Inject, Req, Res, StreamableFile } from '@nestjs/common';
import { Rejection } from '../domain/kernel/rejection.js';
import { whoIsKnown } from '../gateway/openapi/operation.js';
import { diary, memories } from './answers/memories.js';
import { actions, emotionsPage, feeling, findings, player, sound, timeline } from './answers/players.js';
import { why } from './answers/why.js';
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
import { Question } from './question.js';
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

  @Question({
    summary: 'Who is this player?',
    callers: whoIsKnown,
    terms: playerTerms,
    answer: player,
    errors: ['not_found'],
  })
  @Get()
  player(@Req() asked: Asked) {
    return this.front.answer(asked, playerTerms, (caller, { id }) => new GetPlayer(caller, id));
  }

  @Question({
    summary: 'What happened to this player?',
    callers: whoIsKnown,
    terms: historyTerms,
    answer: timeline,
    errors: ['not_found'],
  })
  @Get('timeline')
  timeline(@Req() asked: Asked) {
    return this.front.answer(asked, historyTerms, (caller, terms) => new GetTimeline(caller, terms));
  }

  @Question({
    summary: 'How does, or did, this player feel?',
    callers: whoIsKnown,
    terms: momentTerms,
    answer: feeling,
    errors: ['not_found'],
  })
  @Get('emotion')
  emotion(@Req() asked: Asked) {
    return this.front.answer(asked, momentTerms, (caller, { id, at }) => new GetEmotion(caller, id, at));
  }

  @Question({
    summary: 'What did this player feel?',
    callers: whoIsKnown,
    terms: historyTerms,
    answer: emotionsPage,
    errors: ['not_found'],
  })
  @Get('emotions')
  emotions(@Req() asked: Asked) {
    return this.front.answer(asked, historyTerms, (caller, terms) => new GetEmotions(caller, terms));
  }

  @Question({
    summary: 'Which patterns went on in what a player felt: tilt, comeback, flow, boredom?',
    callers: whoIsKnown,
    terms: spanTerms,
    answer: findings,
    errors: ['not_found'],
  })
  @Get('findings')
  findings(@Req() asked: Asked) {
    return this.front.answer(asked, spanTerms, (caller, terms) => new GetFindings(caller, terms));
  }

  @Question({
    summary: 'What does a companion remember of this player? With `q`: what comes to its mind',
    callers: whoIsKnown,
    terms: memoryTerms,
    answer: memories,
    errors: ['not_found'],
  })
  @Get('memories')
  memories(@Req() asked: Asked) {
    return this.front.answer(asked, memoryTerms, (caller, terms) => new GetMemories(caller, terms));
  }

  @Question({
    summary: 'What does the companion’s diary say?',
    callers: whoIsKnown,
    terms: diaryTerms,
    answer: diary,
    errors: ['not_found'],
  })
  @Get('diary')
  diary(@Req() asked: Asked) {
    return this.front.answer(asked, diaryTerms, (caller, terms) => new GetDiary(caller, terms));
  }

  @Question({
    summary: 'What did this player’s companion do?',
    callers: whoIsKnown,
    terms: historyTerms,
    answer: actions,
    errors: ['not_found'],
  })
  @Get('actions')
  actions(@Req() asked: Asked) {
    return this.front.answer(asked, historyTerms, (caller, terms) => new GetActions(caller, terms));
  }

  @Question({
    summary: 'How does it sound, what this player’s companion said?',
    callers: whoIsKnown,
    terms: actionTerms,
    answer: { types: ['audio/wav', 'audio/mpeg'], schema: sound },
    errors: ['not_found'],
  })
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

  @Question({
    summary: 'Why did this player’s companion do that?',
    callers: whoIsKnown,
    terms: actionTerms,
    answer: why,
    errors: ['not_found'],
  })
  @Get('actions/:actionId/why')
  why(@Req() asked: Asked) {
    return this.front.answer(asked, actionTerms, (caller, terms) => new GetWhy(caller, terms));
  }
}
