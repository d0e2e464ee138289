import { randomUUID } from 'node:crypto';
import type { Call } from './checked.js';
import {
  anEventOf,
  byKey,
  byLogin,
  byOperator,
  byPlayer,
  characterBody,
  type Tenant,
  type World,
} from './world.js';

/** Calls that go well, each by its operation, in order. */
export type Calls = Record<string, Call>;

export const ofAccounts = (
  { account, players, keyId, studio: { gameId } }: Tenant,
  headers: Headers,
): Calls => ({
  'POST /auth/register': {
    body: { name: 'New', email: `${randomUUID()}@example.com`, password: 'long enough' },
  },
  'POST /auth/login': { body: account },
  'POST /auth/verify': { headers },
  'GET /auth/keys': { headers },
  'POST /auth/keys': { headers, body: { replaces: keyId, overlapMs: 3_600_000 } },
  'POST /auth/player-tokens': { headers, body: { gameId, playerId: players[0].id } },
  'GET /auth/verify-email': {},
  'POST /auth/verify-email/resend': { headers },
});

export const ofGames = ({ studio: { gameId }, persona }: Tenant, headers: Headers): Calls => ({
  'POST /games': { headers, body: { name: 'Another', config: { voice: { tts: true } } } },
  'PATCH /games/{gameId}': { headers, path: { gameId }, body: { name: 'Renamed' } },
  'POST /games/{gameId}/players': {
    headers,
    path: { gameId },
    body: { externalId: 'three', displayName: 'Three' },
  },
  'PUT /games/{gameId}/characters/{persona}': { headers, path: { gameId, persona }, body: characterBody },
  'GET /games': { headers, query: { limit: '1' } },
  'GET /games/{gameId}': { headers, path: { gameId } },
  'GET /games/{gameId}/players': { headers, path: { gameId }, query: { limit: '500' } },
  'GET /games/{gameId}/characters': { headers, path: { gameId } },
  'GET /games/{gameId}/characters/{persona}': { headers, path: { gameId, persona } },
  'GET /characters': { headers },
});

export function ofPlayers(
  { studio: { gameId }, players: [{ id }], persona, actionId }: Tenant,
  headers: Headers,
): Calls {
  const path = { id };
  const events = [anEventOf('player.kill')];
  const frame = { type: 'feedback', id: randomUUID(), actionId, reaction: 'like' };
  return {
    'POST /events': { headers, body: { gameId, playerId: id, events } },
    'POST /players/{id}/frames': { headers, path, body: frame },
    'GET /players/{id}/actions/stream': { headers, path },
    'PATCH /players/{id}': { headers, path, body: { persona, displayName: 'Ann' } },
    'GET /players/{id}': { headers, path },
    'GET /players/{id}/timeline': { headers, path, query: { limit: '2' } },
    'GET /players/{id}/emotion': { headers, path },
    'GET /players/{id}/emotions': { headers, path },
    'GET /players/{id}/findings': { headers, path },
    'GET /players/{id}/memories': { headers, path, query: { q: 'the five kills as Jinx' } },
    'GET /players/{id}/diary': { headers, path },
    'GET /players/{id}/actions': { headers, path },
    'GET /players/{id}/actions/{actionId}/speech': { headers, path: { id, actionId } },
    'GET /players/{id}/actions/{actionId}/why': { headers, path: { id, actionId } },
  };
}

export function ofFigures({ studio: { gameId }, insight }: Tenant, headers: Headers): Calls {
  const query = { gameId, from: '2026-01-01', to: '2026-12-31' };
  return {
    'GET /analytics/overview': { headers, query },
    'GET /analytics/emotions': { headers, query },
    'GET /analytics/engagement': { headers, query },
    'GET /analytics/dialogue': { headers, query },
    'GET /analytics/cost': { headers, query },
    'GET /insights': { headers },
    'GET /insights/{name}': { headers, path: { name: insight } },
  };
}

/** They end what the others need. */
export const endings = (
  { studio, players: [{ id }, { id: other }], memoryId, keyId }: Tenant,
  headers: Headers,
): Calls => ({
  'DELETE /players/{id}/memories/{memoryId}': { headers, path: { id, memoryId } },
  'DELETE /players/{id}/tokens': { headers, path: { id } },
  'POST /players/{id}/erase': { headers, path: { id: other } },
  'DELETE /games/{gameId}': { headers, path: { gameId: studio.gameId } },
  'DELETE /auth/keys/{id}': { headers, path: { id: keyId } },
});

/** What whoever runs the engine asks. */
export function ofOperator({ clientId }: Tenant, { parked }: Pick<World, 'parked'>, headers: Headers): Calls {
  const event = { name: 'game_events', position: parked };
  return {
    'GET /health/live': {},
    'GET /health/ready': {},
    'GET /metrics': {},
    'PATCH /clients/{id}': { headers, path: { id: clientId }, body: { tier: 'pro', quota: 5_000_000 } },
    'GET /projections': { headers },
    'GET /projections/{name}/parked': { headers, path: { name: 'game_events' } },
    'POST /projections/{name}/parked/retry': { headers, path: { name: 'game_events' } },
    'POST /projections/{name}/parked/{position}/retry': { headers, path: event },
    'POST /projections/{name}/parked/{position}/skip': { headers, path: event },
    'POST /projections/{name}/rebuild': { headers, path: { name: 'players' } },
    'DELETE /projections/{name}/rebuild': { headers, path: { name: 'players' } },
  };
}

type Headers = Record<string, string>;

/** Everything, each by whom it is for. */
export const everything = (ours: Tenant, world: Pick<World, 'parked'>, verification: string): Calls => ({
  ...ofAccounts(ours, byLogin(ours)),
  'POST /auth/verify-email': { body: { token: verification } },
  ...ofGames(ours, byKey(ours)),
  ...ofPlayers(ours, byPlayer(ours.players[0])),
  ...ofFigures(ours, byKey(ours)),
  ...ofOperator(ours, world, byOperator),
  ...endings(ours, byKey(ours)),
});
