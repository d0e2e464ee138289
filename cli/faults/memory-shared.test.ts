import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Companion, type CompanionAction, connect } from '../../sdk/index.js';
import { cleanUp, type Engine, openEngine, stopEngine, temporaryFolder, until } from './testing/processes.js';
import { daysAgo, type Found, lookUp, memoriesOf, type Told, tell } from './testing/remembering.js';
import { slow } from './testing/slow.js';
import { ask, openStudio, type Seated, type Studio, seat, webSocketOf } from './testing/studio.js';

const onLinux = existsSync('/proc/self/task');
const cat = 'my cat is called Momo';
const hero = 'Emberfox';

/** One person as a player of a game of one client. */
type Place = Studio & { player: Seated };
type Shared = Found & { gameId: string; sources: string[] };

describe('one companion in two games of a client', {
  skip: onLinux ? slow : 'it finds its processes in /proc',
}, () => {
  const dir = temporaryFolder();
  const companions: Companion[] = [];
  let engine: Engine;
  let there: Place;
  let here: Place;
  let apart: Place;

  const place = async (studio: Studio, share: boolean): Promise<Place> => {
    const game = { name: 'A game', config: share ? { memory: { share } } : {} };
    const { id: gameId } = await ask<{ id: string }>(studio, '/games', game);
    const own = { ...studio, gameId };
    return { ...own, player: await seat(own, 'ann') };
  };
  const sit = (at: Place, onAction: (action: CompanionAction) => void = () => {}) => {
    const { token } = at.player;
    const companion = connect({ url: webSocketOf(at), token, onAction, onError: () => undefined });
    companions.push(companion);
    return companion;
  };
  const list = (at: Place, query = '') => memoriesOf(at, at.player.id, query) as Promise<Shared[]>;
  const ofThere = (items: readonly Shared[]) => items.filter(({ gameId }) => gameId === there.gameId);
  const aMatch = (days: number): Told[] => [
    ['match.start', daysAgo(days, 1), { hero, map: 'Twin Rivers', matchId: `match ${days}` }],
    ['player.multi_kill', daysAgo(days, 10), { killCount: 5, hero }],
    ['player.victory', daysAgo(days, 20), { hero, mvp: true }],
  ];

  before(async () => {
    engine = await openEngine(dir);
    const studio = await openStudio(engine.url);
    [there, here, apart] = [await place(studio, true), await place(studio, true), await place(studio, false)];
    await tell(there, there.player.id, ...aMatch(6));
    const { position } = await sit(there).chat(cat, { lang: 'en' });
    await list(there, `after=${position}`);
  });
  after(async () => {
    for (const companion of companions) await companion.close();
    if (engine) await stopEngine(engine).catch(() => undefined);
    await cleanUp(dir);
  });

  it('what was lived and told in the one is listed and found in the other, and in no third', async () => {
    const all = await list(here);
    assert.ok(all.length > 1 && ofThere(all).length === all.length, JSON.stringify(all));
    assert.ok(
      all.every(({ sources }) => sources.length === 0),
      'without an id of over there',
    );
    const [called] = await lookUp(here, here.player.id, 'what is my cat called');
    assert.ok(called!.text.includes(cat), JSON.stringify(called));
    assert.deepEqual(await list(apart), []);
    assert.deepEqual(await lookUp(apart, apart.player.id, 'what is my cat called'), []);
  });

  it('as of before it was lived nothing is known of it, in words either', async () => {
    for (const query of ['', '&q=the+five-kill+streak'])
      assert.deepEqual(await list(here, `at=${daysAgo(7)}${query}`), []);
    const then = await list(here, `at=${daysAgo(5)}&q=the+five-kill+streak`);
    assert.ok(then.length > 0 && !JSON.stringify(then).includes(cat), 'the cat was told of today');
  });

  it('comes to mind over there in the middle of a match', async () => {
    const actions: CompanionAction[] = [];
    sit(here, (action) => void actions.push(action));
    const known = new Set(ofThere(await list(here)).map(({ id }) => id));
    const spoken = () =>
      actions.flatMap(({ recalled = [] }) => recalled).find(({ memoryId }) => known.has(memoryId));
    // Not every line speaks of the past, and what does not come to mind in time is not spoken of.
    for (const days of [3, 2.5, 2, 1.5, 1, 0.5]) {
      const count = actions.length;
      await tell(here, here.player.id, ...aMatch(days));
      await until(() => actions.length > count + 1, 'it acts');
      if (spoken()) return;
      await sleep(500);
    }
    assert.fail('nothing of the other game was spoken of');
  });

  it('is gone at once where the other game shares no more', async () => {
    const response = await fetch(`${there.base}/games/${there.gameId}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-api-key': there.apiKey },
      body: JSON.stringify({ config: {} }),
    });
    assert.equal(response.status, 200);
    await until(async () => ofThere(await list(here)).length === 0, 'it is not listed');
    const found = (await lookUp(here, here.player.id, 'what is my cat called')) as Shared[];
    assert.deepEqual(ofThere(found), []);
    assert.ok(!JSON.stringify(found).includes(cat));
  });
});
