import assert from 'node:assert/strict';
import { it } from 'node:test';
import { asOperator } from '../../domain/access/reached.js';
import { openBook } from '../../domain/emotion/book.js';
import { feelingAt } from '../../domain/emotion/feel.js';
import { markOfSettings, settingsIn } from '../../domain/emotion/settings.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { ConfigureGame, ConfigureGameHandler, CreateGame, CreateGameHandler } from '../games/handlers.js';
import { Mind } from '../reactors/mind.js';
import { snapshotsInLog } from '../reactors/snapshots.js';
import { aGameEvent, writeSideOver } from '../testing/side.js';
import { RecordGameEvents, RecordGameEventsHandler } from './play.js';
import { RegisterPlayer, RegisterPlayerHandler } from './profile.js';

const goal = (feel: string, vad: [number, number, number]) => ({
  rules: [{ id: 'goal', on: 'custom.goal', feel, intensity: 0.9, confidence: 0.9, vad, because: 'a goal' }],
});
const glad = goal('ecstatic', [0.9, 0.9, 0.8]);
const sad = goal('sad', [-0.8, -0.4, -0.5]);
const markOf = (emotion: object) => markOfSettings(settingsIn({ emotion })!);

async function aGame(emotion?: object) {
  const log = memoryLog();
  const side = writeSideOver(log);
  const config = emotion ? { emotion } : {};
  const game = await new CreateGameHandler(side).execute(new CreateGame('c', { name: 'Goals', config }));
  assert.ok(!(game instanceof Rejection), (game as Rejection).message);
  const ours = asOperator.game({ id: game.id, clientId: 'c' });
  const registration = { externalId: 'x', persona: 'cool', lang: 'en' } as const;
  const player = await new RegisterPlayerHandler(side).execute(new RegisterPlayer(ours, registration));
  assert.ok(!(player instanceof Rejection));
  const configure = (config: object) =>
    new ConfigureGameHandler(side).execute(
      new ConfigureGame(ours, { config: config as Record<string, unknown> }),
    );
  const score = (at: number) =>
    new RecordGameEventsHandler(side).execute(
      new RecordGameEvents(
        { player: asOperator.player(player.id), correlationId: 'k' },
        [aGameEvent('custom.goal', at)],
        200,
      ),
    );
  const recorded = () => log.events.filter(({ type }) => type === 'GameEventRecorded');
  /** As a companion that wakes now would feel. */
  const feels = async () => {
    const book = openBook();
    const memory = { log, book, snapshots: snapshotsInLog({ log, book, warn: assert.fail }) };
    const mind = await Mind.wake(memory, recorded()[0]!.stream, recorded().at(-1)!.revision + 1);
    return feelingAt(mind.feeling, Date.parse((recorded().at(-1)!.data as { at: string }).at));
  };
  return { log, configure, score, recorded, feels };
}

const settingsAre = (events: { data: unknown }[]) =>
  events.map(({ data }) => (data as { settings?: string }).settings);

it('what a game says of feeling is in force from its next event on, and each event names it', async () => {
  const { configure, score, recorded, feels } = await aGame();
  await score(0);
  assert.equal((await feels()).label, 'calm');
  await configure({ emotion: glad });
  await score(10);
  assert.ok((await feels()).valence > 0.4);
  await configure({ emotion: sad });
  for (const at of [600, 610, 620]) await score(at);
  assert.ok((await feels()).valence < -0.4);
  await configure({});
  await score(630);
  const [none, first, second] = [undefined, markOf(glad), markOf(sad)];
  assert.deepEqual(settingsAre(recorded()), [none, first, second, second, second, none]);
});

it('what cannot be right is refused by its field, when made and when changed', async () => {
  const { configure, log } = await aGame(glad);
  const before = log.events.length;
  const refused = await configure({ emotion: { rules: [{ ...glad.rules[0], feel: 'hungry' }] } });
  assert.ok(refused instanceof Rejection);
  assert.deepEqual([refused.code, refused.detail.field], ['bad_frame', 'config.emotion.rules.0.feel']);
  await assert.rejects(aGame({ rules: [glad.rules[0], { ...glad.rules[0], id: 'again' }] }), /never reached/);
  assert.equal(log.events.length, before);
});
