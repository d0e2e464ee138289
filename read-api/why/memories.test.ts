import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aRecalled } from '../../domain/memory/testing/recalled.js';
import type { Opened } from '../answers/players.js';
import type { FoundAct } from './found.js';
import { memoriesView } from './memories.js';

const uses = [
  { memoryId: 'streak', score: 0.5 },
  { memoryId: 'talk', score: 0.4 },
  { memoryId: 'forgotten', score: 0.3 },
];
const dialogue = { text: 'As ever.', lang: 'en', source: 'template' };
const found = { acted: { data: { dialogue, recalled: uses } }, requested: null, outcome: null } as unknown;
const { memory: streak } = aRecalled();
const talk = { kind: 'talk', facts: { what: 'talk' }, sealed: 'sealed:cat' } as const;
const memoriesOf = async () =>
  new Map([
    ['streak', streak],
    ['talk', talk],
  ] as [string, typeof streak][]);

const sentences = async (opened: Opened) => {
  const openedOf = async () => opened;
  const views = await memoriesView({ memoriesOf, openedOf, playerId: 'p' }, found as FoundAct);
  return views.map(({ sentence }) => sentence);
};

test('memories are told as sentences; what a player said, only to those who may have it opened', async () => {
  const told = 'You got a five-kill streak as Jinx.';
  assert.deepEqual(await sentences({ text: 'I have a cat' }), [
    told,
    'You told me: "I have a cat".',
    undefined,
  ]);
  assert.deepEqual(await sentences({ sealed: true }), [told, 'You told me something.', undefined]);
});

const notMade = () => Promise.reject(Object.assign(new Error('no such table'), { code: '42P01' }));

test('where the read model is not made yet, ids and scores are told', async () => {
  const openedOf = async () => ({ sealed: true }) as const;
  const parts = { memoriesOf: notMade, openedOf, playerId: 'p' };
  assert.deepEqual(await memoriesView(parts, found as FoundAct), uses);
});
