import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Why } from '../read-api/answers/why.js';
import { whyPage } from './why-page.js';

const place = { recordedAt: '2026-11-28T18:30:05.120Z', position: '7:3' };
const why: Why = {
  ...{ actionId: 'a1', playerId: 'p1', gameId: 'g1', action: 'cheer', occasion: 'chat' },
  ...{ at: '2026-11-28T18:30:05.000Z', ...place, line: null, memories: [], answers: [], frame: null },
  emotion: {
    ...{ label: 'happy', intensity: 0.5, valence: 0.5, arousal: 0.1, dominance: 0, confidence: 0.9 },
    source: 'carried',
  },
};
const page = (over: Partial<Why>): string => whyPage({ ...why, ...over });

const byModel = {
  ...{ promptHash: '9f86', model: 'claude-haiku-5-5', usd: 0.0000817, reservedUsd: 0.000512, latencyMs: 912 },
  tokens: { input: 600, cacheWrite: 10, cacheRead: 2, output: 41 },
};
const asked = { scene: 'record', persona: 'cool', because: 'a personal record' };
const template = {
  id: 'en.cool.chat.01',
  text: 'Go on.',
  on: 'chat',
  feels: ['happy', 'calm'],
  of: 'library',
};

test('a gesture alone, whose cause is nowhere any more', () => {
  const out = page({});
  assert.match(out, /^line +none: a gesture alone$/m);
  assert.match(out, /^memories +none$/m);
  assert.match(out, /^emotion +happy 0\.5, by carried .*\n +no rule and no model spoke/m);
  assert.match(out, /^answers +none\nframe +the log does not have it any more\n$/m);
});

test('a line of a model, with all that it took', () => {
  const dialogue = { text: 'Well "done".', lang: 'en', source: 'llm' } as const;
  const line = { status: 'written', dialogue, tone: 'warm', asked, byModel } as const;
  const out = page({
    line,
    memories: [
      { memoryId: 'm1', score: 0.816 },
      { memoryId: 'm2', score: 0.5, sentence: 'You won.' },
    ],
  });
  const lines = [
    'line      "Well \\"done\\"." (en, llm)',
    '          asked for as record (a personal record), of cool',
    '          model claude-haiku-5-5, prompt 9f86',
    '          tokens in 612, out 41, $0.0000817, $0.000512 put aside, 912 ms',
    '          tone warm',
    'memories  0.82 m1',
    '          0.50 m2 "You won."',
  ];
  assert.ok(out.includes(`\n${lines.join('\n')}\n`), out);
});

test('a line that failed, one that is coming, and one that nobody can open', () => {
  const dialogue = { text: 'Go on.', lang: 'en', source: 'template' } as const;
  const spent = { usd: 0, latencyMs: 3 };
  const failed = {
    status: 'failed',
    dialogue,
    template,
    reason: 'game_budget',
    asked,
    byModel: spent,
  } as const;
  const out = page({ line: failed });
  assert.match(out, /^ +no line was written: game_budget; the template stood in$/m);
  assert.match(out, /^ +template en\.cool\.chat\.01 of library, for chat when happy or calm: "Go on\."$/m);
  assert.match(out, /^ +no model was asked\n +\$0, 3 ms$/m);
  assert.match(page({ line: { status: 'coming', asked } }), /^line +still being written$/m);
  const erased = { erased: true, lang: 'en', source: 'llm' } as const;
  assert.match(
    page({ line: { status: 'written', dialogue: erased } }),
    /^line +\(erased: the key that opened it is gone\) \(en, llm\)$/m,
  );
  const sealed = { sealed: true, lang: 'en', source: 'llm' } as const;
  assert.match(page({ line: { status: 'written', dialogue: sealed } }), /^line +\(sealed\) \(en, llm\)$/m);
});

test('a model that felt, beside a rule that was not sure', () => {
  const emotion = {
    ...why.emotion,
    source: 'model',
    model: 'base-1',
    features: 'fedc',
    ruleId: 'old',
  } as const;
  assert.match(
    page({ emotion }),
    /^ +model base-1, shown features fedc\n +rule old, which is nowhere any more$/m,
  );
});

test('a frame stays the JSON that it is, and cannot move the cursor', () => {
  const data = { text: 'a\u202eb\u009b31m\u001b[31m太强了\n' };
  const context = { deep: [{ none: null }] };
  const frame = { id: 'e1', type: 'player.kill', at: why.at, ...place, correlationId: 'c1', data, context };
  const out = page({ frame });
  assert.deepEqual(JSON.parse(out.slice(out.indexOf('\nframe ') + 7)), frame);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});
