import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MemoryLog, memoryLog } from '../eventstore/testing/memory-log.js';
import { dialogue } from './dialogue.js';
import { HEARD_MAX } from './heard.js';
import type { Row } from './projection.js';
import { rowsOf } from './testing/folded.js';
import { acted, asked, CLIENT, failed, GAME, registered, stored, written } from './testing/stories.js';

const AT = '2026-02-01T23:00:00Z';

/** An action of this name that says this, or nothing. */
function says(name: string, said: Row | null = {}, at = AT) {
  const { data, ...event } = acted(name, at) as { data: Row } & ReturnType<typeof acted>;
  const { dialogue: line, ...silent } = data;
  return { ...event, data: said === null ? silent : { ...silent, dialogue: { ...(line as Row), ...said } } };
}

const reacts = (event: { data: Row }, reaction: string) =>
  stored('FeedbackGiven', { actionId: event.data.actionId, reaction });

const tell = (log: MemoryLog, ...events: unknown[]) =>
  log.tell('player-p1', ...(events as ReturnType<typeof stored>[]));

const key = { client_id: CLIENT, game_id: GAME, day: '2026-02-01', persona: 'cheerful', lang: 'zh' };
const line = { ...key, source: 'template', template_id: 'zh.cheerful.kill.01', occasion: 'kill' };
const none = { said: 0, repeats: 0, likes: 0, dislikes: 0, mutes: 0 };

const saidIn = (log: MemoryLog) => rowsOf(dialogue, log.events).dialogue_days;

test('a line under its day, its words and who said it; silence apart', () => {
  const log = memoryLog();
  tell(log, registered(), says('a'), stored('PersonaChosen', { lang: 'en' }), says('b', null));
  tell(log, stored('PersonaChosen', { persona: 'cool' }), says('c', {}, '2026-02-02T01:00:00+02:00'));
  tell(log, says('d', { templateId: 'en.cool.kill.01', lang: 'en' }), says('e', null));
  assert.deepEqual(saidIn(log), [
    { ...line, ...none, said: 1 },
    { ...line, ...none, persona: 'cool', said: 1, repeats: 1 },
    { ...line, ...none, persona: 'cool', lang: 'en', template_id: 'en.cool.kill.01', said: 1 },
  ]);
  const { lang: _, ...silent } = { ...key, occasion: 'kill', actions: 1 };
  assert.deepEqual(rowsOf(dialogue, log.events).silent_days, [silent, { ...silent, persona: 'cool' }]);
});

test('a repeat is what the same player heard within the last lines; another player is another ear', () => {
  const log = memoryLog();
  const others = (from: number, count: number) =>
    Array.from({ length: count }, (_, nth) => says(`o${from + nth}`, { templateId: `other.${from + nth}` }));
  const repeats = () => saidIn(log)!.find((row) => row.template_id === line.template_id)!.repeats;
  tell(log, registered(), says('a'), ...others(0, HEARD_MAX - 1), says('b'));
  assert.equal(repeats(), 1);
  tell(log, ...others(100, HEARD_MAX), says('c'));
  assert.equal(repeats(), 1);
  log.tell('player-p2', registered(), says('d') as ReturnType<typeof stored>);
  assert.equal(repeats(), 1);
  const states = rowsOf(dialogue, log.events).dialogue_states!;
  assert.deepEqual(
    states.map(({ heard }) => (heard as unknown[]).length),
    [HEARD_MAX, 1],
  );
});

test('a line of no template is known by its text', () => {
  const log = memoryLog();
  const free = (name: string, text: string) => says(name, { source: 'llm', templateId: undefined, text });
  tell(log, registered(), free('a', 'well done'), free('b', 'oh no'), free('c', 'well done'));
  assert.deepEqual(saidIn(log), [{ ...line, ...none, source: 'llm', template_id: '', said: 3, repeats: 1 }]);
});

test('of a line the last reaction counts, once, on the day of the line', () => {
  const log = memoryLog();
  const [first, second, third] = [says('a'), says('b', { templateId: 'x' }), says('c', null)];
  tell(log, registered(), first, second, third);
  tell(log, reacts(first, 'like'), reacts(first, 'like'), reacts(second, 'mute'), reacts(third, 'like'));
  tell(log, stored('FeedbackGiven', { actionId: 'unheard-of', reaction: 'dislike' }));
  assert.deepEqual(saidIn(log), [
    { ...line, ...none, said: 1, likes: 1 },
    { ...line, ...none, template_id: 'x', said: 1, mutes: 1 },
  ]);
  tell(log, reacts(first, 'dislike'));
  assert.deepEqual(saidIn(log)![0], { ...line, ...none, said: 1, dislikes: 1 });
});

const own = { ...line, source: 'llm', template_id: '', occasion: 'first_ever' };
const standIn = { ...line, template_id: 'zh.cheerful.first_ever.01', occasion: 'first_ever' };

test('an act that asks says nothing by itself; its line is said by whom it was asked of', () => {
  const log = memoryLog();
  tell(log, registered(), asked('a', AT));
  assert.deepEqual(saidIn(log), []);
  assert.deepEqual(rowsOf(dialogue, log.events).silent_days, []);
  tell(log, stored('PersonaChosen', { persona: 'cool' }), asked('b', AT, { persona: 'cool' }));
  const cache = { dialogue: { text: 'sealed:x', lang: 'en', source: 'cache' }, promptHash: 'other' };
  tell(log, written('a', AT), written('b', AT, cache));
  assert.deepEqual(saidIn(log), [
    { ...own, ...none, said: 1 },
    { ...own, ...none, persona: 'cool', lang: 'en', source: 'cache', said: 1 },
  ]);
  assert.deepEqual(rowsOf(dialogue, log.events).silent_days, []);
  assert.deepEqual(rowsOf(dialogue, log.events).dialogue_states![0]!.asked, []);
  // What nobody asked for, as a look back: by who speaks now.
  tell(log, written('c', AT, { promptHash: 'another' }));
  assert.deepEqual(saidIn(log)![2], { ...own, ...none, persona: 'cool', said: 1 });
});

test('written lines are told apart by their prompt, and nothing sealed is kept', () => {
  const log = memoryLog();
  const says = (name: string, promptHash: string, text: string) => [
    asked(name, AT),
    written(name, AT, { promptHash, dialogue: { text, lang: 'zh', source: 'llm' } }),
  ];
  tell(log, registered(), ...says('a', 'one', 'sealed:1'), ...says('b', 'two', 'sealed:1'));
  tell(log, ...says('c', 'one', 'sealed:2'));
  assert.deepEqual(saidIn(log), [{ ...own, ...none, said: 3, repeats: 1 }]);
  assert.doesNotMatch(JSON.stringify(rowsOf(dialogue, log.events)), /sealed/);
});

test('where a line failed the template that stands in is said, and why is counted', () => {
  const log = memoryLog();
  tell(log, registered(), asked('a', AT), failed('a', AT), asked('b', AT), failed('b', AT));
  tell(log, asked('c', AT), failed('c', AT, { reason: 'too_late', scene: 'chat' }));
  tell(log, asked('d', AT), failed('d', AT, { reason: 'too_late', dialogue: undefined }));
  tell(log, failed('e', AT, { reason: 'too_late', scene: 'recap', dialogue: undefined }));
  assert.deepEqual(saidIn(log), [{ ...standIn, ...none, said: 3, repeats: 2 }]);
  const { failed_days: why, silent_days: silent } = rowsOf(dialogue, log.events);
  const { persona: _, lang: __, ...of } = key;
  assert.deepEqual(why, [
    { ...of, reason: 'wrong_language', scene: 'first_ever', lines: 2 },
    { ...of, reason: 'too_late', scene: 'chat', lines: 1 },
    { ...of, reason: 'too_late', scene: 'first_ever', lines: 1 },
    { ...of, reason: 'too_late', scene: 'recap', lines: 1 },
  ]);
  assert.deepEqual(silent, [{ ...of, persona: 'cheerful', occasion: 'first_ever', actions: 1 }]);
});

test('what a player thinks of a written line, or of what stands in, counts as of any other', () => {
  const log = memoryLog();
  const [first, second] = [asked('a', AT), asked('b', AT)] as { data: Row }[];
  tell(log, registered(), first, written('a', AT), second, failed('b', AT));
  tell(log, reacts(first!, 'like'), reacts(second!, 'dislike'), reacts(first!, 'mute'));
  assert.deepEqual(saidIn(log), [
    { ...own, ...none, said: 1, mutes: 1 },
    { ...standIn, ...none, said: 1, dislikes: 1 },
  ]);
});
