import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { ask } from '../faults/testing/studio.js';
import { type Call, type Operation, operationsIn } from './testing/checked.js';
import { footprint } from './testing/footprint.js';
import {
  type Calls,
  endings,
  ofAccounts,
  ofFigures,
  ofGames,
  ofOperator,
  ofPlayers,
} from './testing/well.js';
import {
  anEventOf,
  byKey,
  byLogin,
  byOperator,
  byPlayer,
  openTenant,
  openWorld,
  type Tenant,
  type World,
} from './testing/world.js';

const onLinux = existsSync('/proc/self/task');

/** All that names something of a client. */
const idsOf = ({ clientId, keyId, studio, players, persona, actionId, memoryId, insight }: Tenant) => ({
  ...{ client: clientId, key: keyId, game: studio.gameId, player: players[0].id, other: players[1].id },
  ...{ character: persona, action: actionId, memory: memoryId, insight },
});

const everyCall = (tenant: Tenant, headers: Record<string, string>): Calls => ({
  ...ofAccounts(tenant, headers),
  ...ofGames(tenant, headers),
  ...ofPlayers(tenant, headers),
  ...ofFigures(tenant, headers),
  ...endings(tenant, headers),
  ...ofOperator(tenant, { parked: '1' }, headers),
});

/** `id` of a frame or an event is its sender's own; of an `actionId` in a frame see below. */
const isId = (key: string) => /^(gameId|playerId|replaces)$/.test(key);

/** Where in a call something of a client is named. What a game calls a character is its own affair when it writes one. */
function slotsIn({ method, path }: Operation, call: Call): [part: 'path' | 'query' | 'body', key: string][] {
  if (path.startsWith('/projections') || path.startsWith('/clients')) return [];
  return [
    ...Object.keys(call.path ?? {})
      .filter((key) => !(key === 'persona' && method === 'PUT'))
      .map((key) => ['path', key] as ['path', string]),
    ...Object.keys(call.query ?? {})
      .filter(isId)
      .map((key) => ['query', key] as ['query', string]),
    ...Object.keys(call.body ?? {})
      .filter(isId)
      .map((key) => ['body', key] as ['body', string]),
  ];
}

describe('what is another client’s', { skip: onLinux ? false : 'it finds its processes in /proc' }, () => {
  let world: World;
  let ours: Tenant;
  let theirs: Tenant;
  let operations: Map<string, Operation>;
  let untouched: Record<string, string>;

  before(async () => {
    world = await openWorld();
    ours = await openTenant(world, 'ours');
    theirs = await openTenant(world, 'theirs');
    operations = new Map(operationsIn(world.checked.document).map((one) => [one.name, one]));
    untouched = await footprint(world);
  });
  after(() => world?.close());

  const status = async (name: string, call: Call): Promise<number> =>
    (await world.checked.send(operations.get(name)!, call)).status;
  const opens = (name: string, scheme: string) => operations.get(name)!.security.some((one) => scheme in one);
  const nothingChanged = async () => assert.deepEqual(await footprint(world), untouched);

  it('is not there, wherever an id of it is named, and is not changed by asking', async () => {
    const by = { apiKey: byKey(ours), loginToken: byLogin(ours), playerToken: byPlayer(ours.players[0]) };
    const let_in: string[] = [];
    let asked = 0;
    for (const [scheme, headers] of Object.entries(by))
      for (const [name, call] of Object.entries(everyCall(ours, headers))) {
        if (!opens(name, scheme)) continue;
        for (const [part, key] of slotsIn(operations.get(name)!, call))
          for (const [kind, id] of Object.entries(idsOf(theirs))) {
            const named = { ...call, [part]: { ...(call[part] as object), [key]: id } };
            const got = await status(name, named);
            if (got !== 404) let_in.push(`${name} by ${scheme}, ${key} = their ${kind}: ${got}`);
            asked++;
          }
      }
    assert.deepEqual(let_in, []);
    assert.ok(asked > 500, `${asked} were asked`);
    await nothingChanged();
  });

  it('is not there for any credential but its own, and for none at all', async () => {
    const by: [name: string, scheme: string, headers: Record<string, string>][] = [
      ['our key', 'apiKey', byKey(ours)],
      ['our login', 'loginToken', byLogin(ours)],
      ['our player', 'playerToken', byPlayer(ours.players[0])],
      ['another player of the game', 'playerToken', byPlayer(theirs.players[1])],
    ];
    for (const [who, scheme, headers] of by)
      for (const [name, call] of Object.entries(everyCall(theirs, headers))) {
        const operation = operations.get(name)!;
        if (operation.security.length === 0) continue;
        const got = await status(name, { ...call, headers });
        if (!opens(name, scheme)) assert.ok(got === 403 || got === 404, `${name} by ${who}: ${got}`);
        else if (slotsIn(operation, call).length > 0) assert.equal(got, 404, `${name} by ${who}`);
      }
    for (const [name, call] of Object.entries(everyCall(theirs, {})))
      if (operations.get(name)!.security.length > 0) assert.equal(await status(name, call), 401, name);
    for (const [name, call] of Object.entries(everyCall(theirs, byOperator)))
      if (operations.get(name)!.security.length > 0 && !opens(name, 'adminKey'))
        assert.equal(await status(name, call), 403, name);
  });

  it('is in no list and in no figures', async () => {
    const foreign = Object.values(idsOf(theirs));
    for (const name of [
      'GET /auth/keys',
      'GET /games',
      'GET /insights',
      'GET /characters',
      'GET /projections',
    ])
      for (const headers of [byKey(ours), byLogin(ours)]) {
        const { body } = await world.checked.send(operations.get(name)!, { headers });
        for (const id of foreign) assert.ok(!JSON.stringify(body).includes(id), `${name} tells of ${id}`);
      }
    for (const name of Object.keys(ofFigures(ours, {})).filter((one) => one.startsWith('GET /analytics'))) {
      const query = { from: '2026-01-01', to: '2026-12-31' };
      const figures = async (tenant: Tenant, more: object = {}) =>
        (
          await world.checked.send(operations.get(name)!, {
            headers: byKey(tenant),
            query: { ...query, ...more },
          })
        ).body;
      // Each has one game: all that a client has is what that game has.
      assert.deepEqual(await figures(ours), await figures(ours, { gameId: ours.studio.gameId }), name);
    }
  });

  it('stays as it is when somebody else uses its ids for things of their own', async () => {
    const mine = (tenant: Tenant) =>
      ask<{ items: unknown[] }>(tenant.studio, `/players/${tenant.players[0].id}/timeline`);
    const before = await mine(theirs);
    const [{ id }] = before.items as [{ id: string }];
    const { gameId } = ours.studio;
    const playerId = ours.players[0].id;
    const events = [{ ...anEventOf('player.kill'), id }];
    const sent = await ask<{ accepted: number }>(ours.studio, '/events', { gameId, playerId, events });
    assert.equal(sent.accepted, 1, 'an id is one player’s');
    const liked = { type: 'feedback', id: randomUUID(), actionId: theirs.actionId, reaction: 'dislike' };
    await ask(ours.studio, `/players/${playerId}/frames`, liked);
    const registered = { externalId: theirs.externalId };
    const same = await ask<{ id: string }>(ours.studio, `/games/${gameId}/players`, registered);
    assert.notEqual(same.id, theirs.players[0].id);
    await footprint(world);
    assert.deepEqual(await mine(theirs), before);
    const dialogue = await ask<{ feedback: object }>(
      theirs.studio,
      '/analytics/dialogue?from=2026-01-01&to=2026-12-31',
    );
    assert.deepEqual(dialogue.feedback, { likes: 0, dislikes: 0, mutes: 0 });
  });
});
