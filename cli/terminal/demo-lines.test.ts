import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { builtInEventTypes } from '../../domain/events/game-event.js';
import type { CompanionAction } from '../../sdk/protocol.js';
import type { ImportedGameEvent } from '../imports/match.js';
import * as t from './index.js';

const event = (type: string, data: ImportedGameEvent['data'] = {}): ImportedGameEvent => ({
  id: 'id',
  type: type as ImportedGameEvent['type'],
  at: '2025-01-01T00:00:00Z',
  data,
  context: {},
});
const action = (over: Partial<CompanionAction> = {}): CompanionAction => ({
  type: 'companion_action',
  actionId: 'a',
  position: '1',
  playerId: 'p',
  causedBy: 'e',
  action: 'cheer',
  emotion: {
    label: 'excited',
    intensity: 0.86,
    valence: 0.8,
    arousal: 0.8,
    dominance: 0.5,
    confidence: 0.95,
    source: 'rule',
    ruleId: 'multi-kill',
  },
  dialogue: { text: '太强了！！！完全碾压！', lang: 'zh', source: 'template' },
  ...over,
});
const colour = t.painter(true);
const fits = (text: string) => {
  for (const line of text.split('\n'))
    assert.ok(t.width(line) <= t.pageWidth, `${t.width(line)} columns: ${line}`);
};

function outcome(over: Partial<t.DemoOutcome> = {}): t.DemoOutcome {
  return {
    title: 'Simulated match',
    events: 170,
    actions: 160,
    spoken: 30,
    templateShare: 0.9,
    latency: { p50: 4.25, p99: 31 },
    emotions: { happy: 4, excited: 9 },
    result: 'victory 17/4/12',
    ...over,
  };
}

describe('the demo', () => {
  test('without colour not one escape is printed', () => {
    const all = [
      t.eventLine(event('player.kill'), '0'),
      t.actionLine(action()),
      t.closingSummary(outcome()),
    ].join('');
    assert.ok(!all.includes('\u001b'));
    assert.ok(t.actionLine(action(), colour).includes('\u001b['));
  });

  test('the clock of a match', () => {
    assert.deepEqual([0, 65_000, 3_725_000, -20_000, -300].map(t.matchClock), [
      '00:00',
      '01:05',
      '1:02:05',
      '-00:20',
      '00:00',
    ]);
  });

  test('every built-in event has words of its own, with and without data', () => {
    const lines = builtInEventTypes.map((type) => t.eventLine(event(type), '00:00'));
    assert.equal(new Set(lines).size, builtInEventTypes.length);
    for (const line of lines) assert.doesNotMatch(line, /undefined|NaN|player\./);
  });

  test('events read as sentences', () => {
    const line = (type: string, data: ImportedGameEvent['data']) =>
      t.eventLine(event(type, data), '12:07').trim();
    assert.equal(
      line('player.kill', { victim: 'Lux', weapon: 'ak47', headshot: true }),
      '12:07  †  kill of Lux with ak47 (headshot)',
    );
    assert.equal(line('player.death', { killerKind: 'none' }), '12:07  ✝  died (no killer)');
    assert.equal(
      line('player.victory', { killCount: 17, deathCount: 4, assistCount: 12, mvp: true }),
      '12:07  ★  VICTORY 17/4/12 (MVP)',
    );
    assert.equal(line('player.damage_taken', { damage: 0.305 }), '12:07  ♦  hurt −31 % health');
    assert.equal(line('custom.boss_fight', {}), '12:07  ·  boss fight');
    const chat = { id: 'c', kind: 'chat' as const, at: '', text: '我现在该怎么打？\u001b[2J' };
    assert.equal(t.eventLine(chat, '08:42').trim(), '08:42  »  “我现在该怎么打？”');
  });

  test('an action shows feeling, confidence, source, gesture and the line', () => {
    assert.deepEqual(
      t
        .actionLine(action())
        .split('\n')
        .map((line) => line.trim().replace(/ +/g, ' ')),
      ['♥ excited ██████████▍ 0.86 sure 0.95 · rule multi-kill *cheer*', '“太强了！！！完全碾压！”'],
    );
    const silent = t.actionLine(
      action({
        dialogue: undefined,
        emotion: { ...action().emotion, label: 'new label', source: 'carried', ruleId: undefined },
      }),
    );
    assert.equal(silent.split('\n').length, 1);
    assert.match(silent, /new label .* · carried/);
    assert.match(
      t.actionLine(action({ dialogue: { text: 'Hi', lang: 'en', source: 'llm' } })),
      /“Hi” \(llm\)$/,
    );
    const recalled = [{ memoryId: 'm1', score: 0.5 }];
    assert.match(t.actionLine(action({ recalled })), /” · recalls$/);
  });

  test('whatever is said stays within the page', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        fits(t.actionLine(action({ dialogue: { text, lang: 'zh', source: 'template' } })));
        fits(t.eventLine(event('player.loot', { name: text }), '12:07'));
        fits(t.closingSummary(outcome({ title: text }), colour));
      }),
    );
    fits(
      t.actionLine(action({ dialogue: { text: '好'.repeat(300), lang: 'zh', source: 'template' } }), colour),
    );
  });

  test('the closing summary holds what was asked for', () => {
    const text = t.closingSummary(outcome());
    for (const part of [
      '170 sent',
      '160 of the companion, 30 of them spoken',
      '90 %',
      'p50 4.3 ms · p99 31 ms',
      'victory 17/4/12',
    ])
      assert.ok(text.includes(part), part);
    assert.ok(text.indexOf('excited') < text.indexOf('happy'));
    const nothing = t.closingSummary(
      outcome({
        actions: 0,
        spoken: 0,
        templateShare: Number.NaN,
        latency: { p50: Number.NaN, p99: Number.NaN },
        emotions: {},
      }),
    );
    assert.doesNotMatch(nothing, /NaN/);
    assert.match(nothing, /no action came/);
  });
});
