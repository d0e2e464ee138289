import assert from 'node:assert/strict';
import { it } from 'node:test';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { metadataOf } from '../metadata.js';
import { writeSideOver } from '../testing/side.js';
import { lineOf } from './line-of.js';

const emotion = {
  label: 'happy',
  intensity: 0.5,
  valence: 0.5,
  arousal: 0.5,
  dominance: 0,
  confidence: 1,
  source: 'rule',
};
const template = (text: string) => ({ text, lang: 'en', source: 'template', templateId: 'a-line' });
const act = (actionId: string) => ({
  actionId,
  causedBy: 'a-cause',
  at: '2026-01-01T00:00:00.000Z',
  emotion,
  action: 'nod',
  occasion: 'win',
});
const spent = { promptHash: 'h', model: 'm', cost: 1, latencyMs: 1 };
const usage = { input: 1, cacheWrite: 0, cacheRead: 0, output: 1 };

function open() {
  const log = memoryLog();
  const side = writeSideOver(log);
  const tell = (type: string, data: object, player = 'p') => {
    const id = crypto.randomUUID() as string;
    const metadata = metadataOf('CompanionActed', { correlationId: id, causationId: id }, new Date());
    return log.append(`player-${player}`, [{ id, type, data, metadata }], 'any');
  };
  const said = (actionId: string, playerId = 'p') => lineOf(side, { playerId, actionId });
  const asks = (actionId: string) =>
    tell('CompanionActed', {
      ...act(actionId),
      asks: { scene: 'chat', persona: 'cool', fallback: template('The fallback.') },
    });
  return { log, side, tell, said, asks };
}

it('is what a template said, with the name of the player in it', async () => {
  const { side, tell, said } = open();
  await tell('CompanionActed', { ...act('plain'), dialogue: template('Well done.') });
  await tell('CompanionActed', { ...act('named'), dialogue: template('Well done, {player}.') });
  assert.equal((await said('plain'))!.text, 'Well done.');
  assert.equal((await said('plain'))!.lang, 'en');
  assert.equal((await said('plain'))!.emotion.valence, 0.5);
  assert.equal((await said('named'))!.text, 'Well done, friend.');
  const other = open();
  await other.tell('PlayerRegistered', {
    clientId: 'c',
    gameId: 'g',
    externalId: await other.side.sealer.seal('player-p', 'x'),
    displayName: await other.side.sealer.seal('player-p', 'Mia'),
    persona: 'cool',
    lang: 'en',
  });
  await other.tell('CompanionActed', { ...act('named'), dialogue: template('Well done, {player}.') });
  assert.equal((await other.said('named'))!.text, 'Well done, Mia.');
  assert.equal(await side.sealer.open('player-p', 'sealed:x'), null);
});

it('is what was written for an action that asked, or what stood in, and nothing before', async () => {
  const { side, tell, said, asks } = open();
  await asks('written');
  assert.equal(await said('written'), null);
  const text = await side.sealer.seal('player-p', 'Just for you.');
  const dialogue = { text, lang: 'en', source: 'llm' };
  await tell('LineWritten', { ...act('written'), scene: 'chat', dialogue, tone: 'warm', usage, ...spent });
  await asks('failed');
  await tell('LineFailed', {
    ...act('failed'),
    scene: 'chat',
    dialogue: template('So it is.'),
    reason: 'too_late',
    ...spent,
  });
  assert.equal((await said('written'))!.text, 'Just for you.');
  assert.equal((await said('failed'))!.text, 'So it is.');
});

it('is none where nothing was said, nobody can open it, or it is of somebody else', async () => {
  const { tell, said } = open();
  await tell('CompanionActed', act('mute'));
  const dialogue = { text: 'sealed:gone', lang: 'en', source: 'llm' };
  await tell('LineWritten', { ...act('gone'), scene: 'chat', dialogue, tone: 'warm', usage, ...spent });
  await tell('CompanionActed', { ...act('other'), dialogue: template('Hi.') }, 'q');
  await tell('CompanionActed', { ...act('broken'), action: 'fly', dialogue: template('Hi.') });
  for (const actionId of ['mute', 'gone', 'other', 'broken', 'nothing'])
    assert.equal(await said(actionId), null, actionId);
});
