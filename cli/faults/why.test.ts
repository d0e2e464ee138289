import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect } from '../../sdk/index.js';
import { runInTurn } from './testing/in-turn.js';
import type { Engine } from './testing/processes.js';
import { cleanUp, openEngine, run, stopEngine, temporaryFolder, until } from './testing/processes.js';
import { ask, openStudio, type Seated, type Studio, seat, webSocketOf } from './testing/studio.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire
type Told = any;

/** Who was registered a moment ago may not be known yet where the question is put. */
function noneYet(error: Error): Told[] {
  if (!/: (404|503) /.test(error.message)) throw error;
  return [];
}

describe('agl why', () => {
  const env = { AGL_DATA_DIR: join(dir, 'why') };
  const why = (...args: string[]) => run(['why', ...args], { env });
  let engine: Engine;
  let studio: Studio;
  let player: Seated;
  before(async () => {
    engine = await openEngine(env.AGL_DATA_DIR);
    studio = await openStudio(engine.url);
    player = await seat(studio, 'one');
  });

  const actions = () =>
    ask<{ items: Told[] }>(studio, `/players/${player.id}/actions`).then(({ items }) => items, noneYet);
  const actionOn = async (causedBy: string): Promise<Told> => {
    let found: Told;
    await until(async () => {
      found = (await actions()).find((one) => one.causedBy === causedBy && one.lineFollows === undefined);
      return found !== undefined;
    }, 'what the companion said');
    return found;
  };
  /** The frame is printed last, as JSON. */
  const frameIn = (page: string): Told =>
    JSON.parse(page.slice(page.indexOf('\nframe ') + '\nframe '.length));

  const victory = {
    ...{ id: randomUUID() as string, type: 'player.victory', at: '2026-11-28T18:30:05.120Z' },
    data: { killCount: 17, mvp: true, odd: 'a\u202eb\u001b[31m "太强了"' },
    context: { playerLevel: 12, nested: [{ deep: null }] },
  };
  let action: Told;

  it('prints the chain of a line, down to the frame that was sent', async () => {
    const { gameId } = studio;
    await ask(studio, '/events', { gameId, playerId: player.id, events: [victory] });
    action = await actionOn(victory.id);
    const { code, out, err } = await why(action.actionId);
    assert.equal(code, 0, err);
    const { id, type, at, data, context } = frameIn(out);
    assert.deepEqual({ id, type, at, data, context }, victory);
    const { text, source, templateId } = action.dialogue;
    assert.match(out, /^action .*on \w+$/m);
    assert.ok(out.includes(`\nline      ${JSON.stringify(text)} (en, ${source})\n`), out);
    assert.ok(out.includes(`\n          template ${templateId} of library, for `), out);
    assert.match(out, /^ +rule victory\.dominant \(player\.victory: killCount at least 15\): fifteen kills/m);
    assert.ok(!out.includes('\u202e') && !out.includes('\u001b'));
  });

  it('with --json says what HTTP says', async () => {
    const { out } = await why(action.actionId, '--json', '--player', player.id);
    const answer = await ask<Told>(studio, `/players/${player.id}/actions/${action.actionId}/why`);
    assert.deepEqual(JSON.parse(out), answer);
    assert.equal(answer.line.dialogue.text, action.dialogue.text);
  });

  it('opens what the player wrote, unless it is told not to', async () => {
    const companion = connect({ url: webSocketOf(studio), token: player.token });
    const id = randomUUID();
    const text = 'How should I play this match? \u2066太强了';
    await companion.chat(text, { id }).finally(() => companion.close());
    const { actionId } = await actionOn(id);
    const [opened, sealed] = await runInTurn(
      [
        ['why', actionId],
        ['why', actionId, '--sealed'],
      ],
      env,
    );
    assert.equal(frameIn(opened!.out).text, text);
    assert.match(opened!.out, /^ +template en\.cheerful\.chat\./m);
    assert.deepEqual([frameIn(sealed!.out).sealed, frameIn(sealed!.out).text], [true, undefined]);
  });

  it('answers without an engine as well, and says in one line what it cannot find', async () => {
    assert.equal(await stopEngine(engine), 0);
    const asked = [[action.actionId], [randomUUID()], [action.actionId, '--player', 'nobody']];
    const [whole, nothing, nobody] = await runInTurn(
      asked.map((args) => ['why', ...args]),
      env,
    );
    assert.equal(frameIn(whole!.out).id, victory.id);
    assert.deepEqual([nothing!.code, nothing!.out], [1, '']);
    assert.match(nothing!.err, /^agl: why: no read model has an action \S+; [^\n]*\n$/);
    assert.deepEqual([nobody!.code, nobody!.err], [1, 'agl: why: there is no player nobody\n']);
  });
});
