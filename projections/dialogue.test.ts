import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MemoryLog, memoryLog } from '../eventstore/testing/memory-log.js';
import { dialogue } from './dialogue.js';
import { HEARD_MAX } from './heard.js';
import type { Row } from './projection.js';
import { rowsOf } from './testing/folded.js';
import { acted, CLIENT, GAME, registered, stored } from './testing/stories.js';

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
