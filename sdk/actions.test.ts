import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCompanion, anEngine, isOpen, kill } from './testing/companions.js';
import { anAction, until } from './testing/scripted-engine.js';

test('each action once and in order over reconnects; resume is that of the last one handed over', async (t) => {
  const engine = await anEngine(t);
  const actions = Array.from({ length: 6 }, (_, n) => anAction(`a${n}`, `p${n}`));
  engine.greet = ({ resume }, connection) => {
    connection.welcome();
    // An engine that is too generous: it repeats one action, and sends another twice.
    const from = resume === '0:0' ? 0 : Number(resume?.slice(1));
    for (const action of actions.slice(from, from + 3)) connection.send(action);
    if (from < 3) connection.socket.close(1012);
  };
  const seen: string[] = [];
  const resumes: (string | undefined)[] = [];
  const { companion } = aCompanion(t, engine.url, {
    resume: '0:0',
    onAction: (action, { seenAt }) => {
      seen.push(action.actionId);
      resumes.push(action.position);
      assert.ok(seenAt <= performance.now());
    },
  });
  await until('all actions', () => seen.length === 6);
  assert.deepEqual(seen, ['a0', 'a1', 'a2', 'a3', 'a4', 'a5']);
  assert.deepEqual(
    engine.hellos.map((hello) => hello.resume),
    ['0:0', 'p2', 'p4'],
  );
  assert.deepEqual([companion.resume, resumes.at(-1)], ['p5', 'p5']);
});

test('lost before the first action: the place of the welcome is resumed', async (t) => {
  const engine = await anEngine(t);
  const watched = aCompanion(t, engine.url);
  await isOpen(watched);
  assert.equal(engine.hellos[0]!.resume, undefined);
  for (const { socket } of engine.connections) socket.terminate();
  await until('a second hello', () => engine.hellos.length === 2);
  assert.equal(engine.hellos[1]!.resume, '0:0');
});

test('actions wait for the first handler; a throwing handler is reported and does not hinder another', async (t) => {
  const engine = await anEngine(t);
  engine.greet = (_, connection) => {
    connection.welcome();
    for (const n of [1, 2, 3]) connection.send(anAction(`a${n}`, `p${n}`));
  };
  const watched = aCompanion(t, engine.url);
  await watched.companion.send(kill(1));
  const seen: string[] = [];
  watched.companion.onAction(() => {
    throw new Error('my bug');
  });
  const unsubscribe = watched.companion.onAction(async (action) => {
    seen.push(action.actionId);
    throw new Error('my later bug');
  });
  await until('three actions', () => seen.length === 3);
  await until('six errors', () => watched.errors.length === 6);
  assert.deepEqual(seen, ['a1', 'a2', 'a3']);
  assert.equal(watched.errors[0]!.code, 'handler');
  assert.match(watched.errors[0]!.message, /my bug/);
  unsubscribe();
  for (const connection of engine.connections) connection.send(anAction('a4', 'p4'));
  await until('a4 is handed over', () => watched.companion.resume === 'p4');
  assert.equal(seen.length, 3);
});

test('more actions than are held for a first handler are asked for again', async (t) => {
  const engine = await anEngine(t);
  const actions = Array.from({ length: 1500 }, (_, n) => anAction(`a${n}`, `${n}`));
  engine.greet = ({ resume }, connection) => {
    connection.welcome();
    const from = resume === undefined ? 0 : Number(resume) + 1;
    for (const action of actions.slice(from)) connection.send(action);
  };
  const watched = aCompanion(t, engine.url);
  await watched.companion.send(kill(1));
  const seen: string[] = [];
  watched.companion.onAction((action) => seen.push(action.actionId));
  await until('all actions', () => seen.length >= 1500);
  assert.deepEqual(
    seen,
    actions.map((action) => action.actionId),
  );
  assert.equal(engine.hellos[1]!.resume, '999');
});

test('an action whose line follows comes twice; its line is heard as it grows', async (t) => {
  const engine = await anEngine(t);
  const { dialogue: _, ...silent } = anAction('a1', 'p1');
  const body = { ...silent, lineFollows: true as const };
  const whole = {
    ...anAction('a1', 'p2'),
    dialogue: { text: 'Hi.', lang: 'en' as const, source: 'llm' as const },
  };
  engine.greet = (_, connection) => {
    connection.welcome();
    connection.send(body);
    connection.send(body);
    connection.send({ type: 'dialogue', actionId: 'a1', causedBy: 'e', delta: 'Hi.' });
    connection.send({ type: 'dialogue', actionId: 'a1', causedBy: 'e', retracted: true });
    connection.send(whole);
    connection.send(whole);
    connection.send(anAction('a2', 'p3'));
  };
  const seen: (string | undefined)[] = [];
  const heard: unknown[] = [];
  const { companion } = aCompanion(t, engine.url, {
    onAction: ({ actionId, dialogue }) => void seen.push(`${actionId} ${dialogue?.text ?? ''}`),
  });
  companion.onLine(({ delta, retracted }) => void heard.push(retracted ? 'retracted' : delta));
  await until('the last action', () => seen.length === 3);
  assert.deepEqual(seen.slice(0, 2), ['a1 ', 'a1 Hi.']);
  assert.deepEqual(heard, ['Hi.', 'retracted']);
});
