import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { builtInRules } from '../domain/emotion/built-in-rules.js';
import { markOfSettings, settingsIn } from '../domain/emotion/settings.js';
import { derivedId } from '../domain/kernel/ids.js';
import type { NewEvent } from '../eventstore/log.js';
import { asked, lineFailed, lineRequested, lineWritten } from '../projections/testing/spoken.js';
import { acted, GAME, gameEvent, registered, stored } from '../projections/testing/stories.js';
import { type Body, served } from './testing/served.js';

const { log, get, refusedWith, pool } = served();

const AT = '2026-11-20T12:00:00Z';
const idOf = ({ data }: NewEvent): string => (data as Body).actionId;
const path = (player: string, act: NewEvent) => `/players/${player}/actions/${idOf(act)}/why`;
const feeling = (act: NewEvent, emotion: object): NewEvent => {
  const data = act.data as Body;
  return { ...act, data: { ...data, emotion: { ...data.emotion, ...emotion } } };
};
const saying = (act: NewEvent, dialogue: object): NewEvent => {
  const data = act.data as Body;
  return { ...act, data: { ...data, dialogue: { ...data.dialogue, ...dialogue } } };
};
const chat = (text = 'sealed:chat', more: object = {}) =>
  stored('ChatMessageReceived', { text, at: AT, lang: 'en', ...more });

/** A player with this history, whose name is `sealed:def`. */
function player(id: string, ...events: NewEvent[]) {
  log.tell(`player-${id}`, registered());
  return log.tell(`player-${id}`, ...events);
}

describe('the actions list', () => {
  const act = asked('spoken', AT);
  const list = async (id: string, as?: string) => (await get(`/players/${id}/actions`, as)).body.items;

  test('tells the line that was spoken, opened for those whose it is', async () => {
    player('talk', act);
    const [coming] = await list('talk');
    assert.deepEqual([coming.lineFollows, coming.dialogue], [true, undefined]);
    log.tell('player-talk', lineRequested(act), lineWritten(act));
    const [said, ...more] = await list('talk');
    assert.deepEqual(more, []);
    const line = { lang: 'en', source: 'llm' };
    assert.deepEqual(said.dialogue, { text: 'sealed:line of player-talk', ...line });
    assert.equal('lineFollows' in said, false);
    assert.deepEqual((await list('talk', 'operator'))[0].dialogue, { sealed: true, ...line });
    const { rows } = await pool().query("select dialogue from companion_lines where outcome = 'written'");
    assert.equal(rows[0].dialogue.text, 'sealed:line');
  });

  test('calls the player by name, except for the operator', async () => {
    const failed = asked('named', AT);
    player('named', failed, lineFailed(failed, 'too_late'));
    const [own] = await list('named');
    const template = { lang: 'en', source: 'template', templateId: 'en.cool.chat.01' };
    assert.deepEqual(own.dialogue, { text: 'sealed:def of player-named, that was yours.', ...template });
    const [seen] = await list('named', 'operator');
    assert.deepEqual(seen.dialogue, { text: '{player}, that was yours.', ...template });
  });
});

describe('why', () => {
  test('a template: its text and occasion, the rule, and the frame as it came', async () => {
    const victory = gameEvent('player.victory', '2026-11-20T13:00:00+01:00', { mvp: true });
    const spoken = { text: 'Clean. Reset your angle.', lang: 'en', templateId: 'en.cool.kill.01' };
    const act = feeling(saying(acted(victory.id, AT), spoken), { ruleId: 'victory.mvp' });
    const [cause, told] = player('plain', victory, gameEvent('player.kill', AT), act);
    const place = log.events.find(({ id }) => id === act.id)!;
    const { status, body } = await get(path('plain', act));
    assert.equal(status, 200, JSON.stringify(body));
    const { on, when, because, ...rule } = builtInRules.find(({ id }) => id === 'victory.mvp')!;
    const { vad: _, ...sure } = rule;
    const position = `${cause!.position}:${cause!.revision}`;
    const recordedAt = '2026-11-20T10:00:00.000Z';
    assert.deepEqual(body, {
      actionId: idOf(act),
      playerId: 'plain',
      gameId: GAME,
      action: 'cheer',
      occasion: 'kill',
      at: AT,
      recordedAt,
      position: `${place.position}:${place.revision}`,
      line: {
        status: 'template',
        dialogue: { ...spoken, source: 'template' },
        template: { id: 'en.cool.kill.01', text: spoken.text, on: 'kill', of: 'library' },
      },
      memories: [],
      emotion: { ...(act.data as Body).emotion, rule: { ...sure, on, when, because } },
      answers: [{ id: victory.id, type: 'GameEventRecorded', position }],
      frame: {
        id: victory.id,
        ...{ type: 'player.victory', at: '2026-11-20T13:00:00+01:00', recordedAt, position },
        correlationId: victory.id,
        data: { mvp: true },
        context: { playerLevel: 12 },
      },
    });
    assert.ok(told);
  });

  test('a line of a model, for a chat: what it was asked with, what it cost, who may read it', async () => {
    const message = chat('sealed:chat', { tone: { valence: -0.5, arousal: 0.5, abuse: 'insult' } });
    const moderated = stored('MessageModerated', {
      ...{ messageId: message.id, at: AT, kind: 'insult', answer: 'calm' },
    });
    const act = feeling(asked(message.id, AT), { source: 'carried' });
    const memories = [{ memoryId: 'm1', score: 0.82 }];
    const between = gameEvent('player.kill', AT);
    player('chat', message, between, moderated, act, between, lineRequested(act, memories), lineWritten(act));
    const { body } = await get(path('chat', act), 'owner');
    assert.deepEqual(body.line, {
      status: 'written',
      dialogue: { text: 'sealed:line of player-chat', lang: 'en', source: 'llm' },
      tone: 'warm',
      asked: { scene: 'chat', persona: 'cool' },
      byModel: {
        promptHash: (lineWritten(act).data as Body).promptHash,
        model: 'claude-haiku-5-5',
        tokens: { input: 612, cacheWrite: 0, cacheRead: 0, output: 41 },
        usd: 0.0000817,
        reservedUsd: 0.000512,
        latencyMs: 912,
      },
    });
    assert.deepEqual(body.memories, memories);
    assert.equal(body.emotion.rule, undefined);
    const { id, type, text, lang, tone, moderated: how } = body.frame;
    assert.deepEqual(
      [id, type, text, lang],
      [message.id, 'chat_message', 'sealed:chat of player-chat', 'en'],
    );
    assert.deepEqual([tone.abuse, how], ['insult', { kind: 'insult', answer: 'calm' }]);
    const seen = (await get(path('chat', act), 'operator')).body;
    assert.deepEqual(seen.line.dialogue, { sealed: true, lang: 'en', source: 'llm' });
    assert.deepEqual([seen.frame.sealed, seen.frame.text], [true, undefined]);
    assert.doesNotMatch(JSON.stringify(seen), /sealed:/);
  });

  test('a line that failed: why, and the template that stood in', async () => {
    const message = chat();
    const act = asked(message.id, AT);
    player('failed', message, act, lineFailed(act, 'game_budget'));
    const { line } = (await get(path('failed', act))).body;
    assert.deepEqual(
      [line.status, line.reason, line.byModel],
      ['failed', 'game_budget', { usd: 0, latencyMs: 3 }],
    );
    assert.equal(line.dialogue.text, 'sealed:def of player-failed, that was yours.');
    assert.deepEqual([line.template.on, line.template.of], ['chat', 'library']);
  });

  test('a line that is still coming, and a gesture alone', async () => {
    const message = chat();
    const act = asked(message.id, AT);
    const { dialogue: _, ...silent } = acted('nobody', AT).data as Body;
    const gesture = { ...acted('nobody', AT), data: silent };
    player('now', message, act, gesture);
    const { line } = (await get(path('now', act))).body;
    assert.deepEqual(
      [line.status, line.dialogue, line.template.id],
      ['coming', undefined, 'en.cool.chat.01'],
    );
    const { body } = await get(path('now', gesture));
    assert.deepEqual([body.line, body.frame, body.answers], [null, null, []]);
  });

  test('of a person who was erased says so, and what is left', async () => {
    const message = chat('sealed:gone');
    const act = asked(message.id, AT);
    const nameless = { ...(registered().data as object), displayName: 'sealed:gone' };
    log.tell('player-erased', stored('PlayerRegistered', nameless), message, act);
    log.tell('player-erased', lineRequested(act), lineWritten(act, 'sealed:gone'));
    const { status, body } = await get(path('erased', act));
    assert.equal(status, 200);
    assert.deepEqual(body.line.dialogue, { erased: true, lang: 'en', source: 'llm' });
    assert.deepEqual([body.frame.erased, body.frame.text], [true, undefined]);
    const [item] = (await get('/players/erased/actions')).body.items;
    assert.deepEqual(item.dialogue, { erased: true, lang: 'en', source: 'llm' });
  });

  test("by a game's own rules and lines, as they were in force", async () => {
    const { vad, ...rest } = builtInRules.find(({ id }) => id === 'kill')!;
    const own = (because: string) => ({ rules: [{ ...rest, vad, id: 'kill.own', because }] });
    const configured = (because: string) => stored('GameConfigured', { config: { emotion: own(because) } });
    log.tell(`game-${GAME}`, configured('then'), configured('now'));
    const line = { id: 'en.owl.kill.abc', lang: 'en', on: 'kill', text: 'Hoo. {player}.', feels: ['happy'] };
    log.tell(`game-${GAME}`, stored('CharacterWritten', { character: 'owl', like: 'cool', lines: [line] }));
    const mark = markOfSettings(settingsIn({ emotion: own('then') })!);
    const kill = stored('GameEventRecorded', {
      ...{ type: 'player.kill', at: AT, data: {}, context: {}, settings: mark },
    });
    const dialogue = { text: 'Hoo. {player}.', lang: 'en', templateId: line.id };
    const act = feeling(saying(acted(kill.id, AT), dialogue), { ruleId: 'kill.own', confidence: 0.7 });
    player('owl', kill, act);
    const { body } = await get(path('owl', act));
    assert.deepEqual([body.emotion.rule.because, body.emotion.rule.settings], ['then', mark]);
    assert.equal(body.line.dialogue.text, 'Hoo. sealed:def of player-owl.');
    const { id, text, on, feels } = line;
    assert.deepEqual(body.line.template, { id, text, on, feels, of: 'owl' });
  });

  test('by a model: its version and what it was shown; what is known nowhere any more is named all the same', async () => {
    const kill = gameEvent('player.kill', AT);
    const by = { source: 'model', model: 'base-1', features: '0123456789abcdef', ruleId: 'a.rule.of.old' };
    const act = feeling(saying(acted(kill.id, AT), { templateId: 'zh.cheerful.kill.99' }), by);
    player('model', kill, act);
    const { emotion, line } = (await get(path('model', act))).body;
    assert.deepEqual(emotion, { ...(act.data as Body).emotion });
    assert.deepEqual(line.template, { id: 'zh.cheerful.kill.99' });
  });

  test('is answered from the log alone when the row is gone', async () => {
    const kill = gameEvent('player.kill', AT);
    const act = acted(kill.id, AT);
    player('archived', gameEvent('player.idle', AT), kill, act);
    const before = (await get(path('archived', act))).body;
    const { rowCount } = await pool().query("delete from companion_actions where player_id = 'archived'");
    assert.equal(rowCount, 1);
    assert.deepEqual((await get(path('archived', act))).body, before);
    assert.equal(before.frame.id, kill.id);
  });

  test('of somebody else, or of nothing, is not found', async () => {
    const act = log.events.find(({ type, stream }) => type === 'CompanionActed' && stream === 'player-p0')!;
    assert.equal((await get(path('p0', act), 'p0')).status, 200);
    for (const as of ['stranger', 'p1']) await refusedWith('not_found', path('p0', act), { as });
    await refusedWith('not_found', path('p1', act));
    await refusedWith('not_found', `/players/p0/actions/${derivedId('x', 'y')}/why`);
    await refusedWith('bad_frame', '/players/p0/actions/a%20b/why', { field: 'actionId' });
    await refusedWith('unauthorized', path('p0', act), { as: 'anyone' });
  });
});
