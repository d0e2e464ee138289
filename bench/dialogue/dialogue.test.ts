import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { beginning, eventsOf, lived, livesOf } from '../../cli/lines/lived.js';
import { simulate } from '../../cli/simulator/index.js';
import { cacheInProcess } from '../../commands/voice/line-cache.js';
import { anthropicClient, writeWithClaude } from '../../commands/voice/line-writer.anthropic.js';
import type { MessagesApi } from '../../commands/voice/testing/messages-api.js';
import { openBook } from '../../domain/emotion/book.js';
import { costOf } from '../../domain/voice/prices.js';
import { figuresOf, scenesOf, soonAgainOn } from './figures.js';
import { stage } from './house.js';
import { type Heard, heardBy } from './play.js';
import { scenesFrom } from './scenes.js';
import { FORM_TOKENS, startStub, tokensOf } from './stub.js';

const match = (day: number) =>
  simulate({ seed: day, startedAt: new Date(Date.UTC(2026, 0, day, 19)).toISOString(), lang: 'en' });
const speaker = { lang: 'en', persona: 'cool' } as const;

describe('the report on dialogue', () => {
  let stub: MessagesApi;
  let heard: Heard;
  const warnings: string[] = [];
  before(async () => {
    stub = await startStub();
    const [life] = livesOf([match(2), match(1)]);
    heard = await heardBy(life!, {
      ...speaker,
      book: openBook(),
      write: writeWithClaude(anthropicClient({ apiKey: 'none', baseURL: stub.url })),
      cache: cacheInProcess(),
      warn: (message) => warnings.push(message),
    });
  });
  after(() => stub.close());

  it('finds in the log what a companion alone would have done, and every line that was asked for', () => {
    const { life, acts } = heard;
    assert.deepEqual(warnings, []);
    const foreseen = lived(eventsOf(life), beginning(speaker), { stage }).flatMap(({ acted }) => acted ?? []);
    assert.deepEqual(
      acts.map(({ event }) => event.id),
      foreseen.map(({ causedBy }) => causedBy),
    );
    const asked = acts.flatMap(({ line }) => (line?.scene ? [line] : []));
    assert.equal(asked.length, foreseen.filter(({ asks }) => asks).length);
    assert.ok(asked.some(({ scene }) => scene === 'chat') && asked.some(({ scene }) => scene !== 'chat'));
    for (const { source, failure } of asked) {
      assert.equal(failure, undefined);
      assert.ok(source === 'llm' || source === 'cache');
    }
    assert.equal(stub.asked.length, asked.filter(({ source }) => source === 'llm').length);
  });

  it('counts tokens and money by the length of what was really sent', () => {
    assert.equal(tokensOf('four'), 1);
    assert.equal(tokensOf('时机选得对。'), 6);
    const figures = figuresOf([heard], [speaker]);
    const tokens = stub.asked.map(
      ({ body }) => tokensOf(body.system[0]!.text) + tokensOf(body.messages[0]!.content) + FORM_TOKENS,
    );
    const input = tokens.reduce((sum, count) => sum + count, 0);
    const least = costOf('claude-haiku-5-5', { input, cacheWrite: 0, cacheRead: 0, output: 0 }) / 1e9;
    assert.ok(
      figures.costUsd.total > least && figures.costUsd.total < 1.5 * least,
      `${figures.costUsd.total}`,
    );
    const { bySource, spoken, templateShare, dialogues } = figures;
    assert.equal(dialogues, 2);
    assert.equal(
      Object.values(bySource).reduce((sum, count) => sum + count, 0),
      spoken,
    );
    assert.equal(templateShare, bySource.template / spoken);
    const scenes = scenesOf([heard]);
    assert.equal(
      scenes.reduce((sum, { written }) => sum + written, 0),
      bySource.llm,
    );
    const templates = soonAgainOn([heard]).reduce((sum, { spoken: count }) => sum + count, 0);
    assert.equal(templates, bySource.template + bySource['stand-in']);
  });

  it('shows scenes word for word', () => {
    const scenes = scenesFrom(
      Array(12)
        .fill(heard)
        .map((one) => ({ ...one })),
      'en',
      0,
    );
    assert.ok(scenes.length >= 8 && scenes.length <= 10, `${scenes.length}`);
    for (const scene of scenes) assert.match(scene, /^.+ → \w+ → \*\w+\* → “[^{}]+”( ¹)?$/);
  });
});
