import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ErasePlayer } from '../../commands/erasing/erase-player.js';
import { ConfigureGame, DeleteGame, WriteCharacter } from '../../commands/games/handlers.js';
import { ForgetMemories } from '../../commands/memory/forget.js';
import { GiveFeedback, ReceiveChatMessage, RecordGameEvents } from '../../commands/players/play.js';
import { ChoosePersona, RegisterPlayer } from '../../commands/players/profile.js';
import { RevokePlayerTokens } from '../../commands/players/tokens.js';
import type { Caller } from '../../domain/access/caller.js';
import { own, reach, themself } from '../../domain/access/reached.js';
import { clientId, gameId, playerId } from '../../domain/kernel/ids.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import type { Tokens } from '../auth/player-tokens.js';
import { command, type PlayContext } from '../ws/play.js';
import { reachedPlayer } from './owned.js';

type Forgotten = { tokens: Tokens; context: Omit<PlayContext, 'player'>; caller: Caller };

/** What does not compile here is what nobody who is let in can do by mistake; each line is compiled, and none is run. */
export async function forgetful({ tokens, context, caller }: Forgotten, id: string) {
  const [player, game] = [playerId(id), { id, clientId: id }];
  // @ts-expect-error a player is erased who was found for somebody
  new ErasePlayer(player, 1);
  // @ts-expect-error and so are memories forgotten
  new ForgetMemories(player, { keys: [], memoryIds: [] });
  // @ts-expect-error tokens ended
  new RevokePlayerTokens(player);
  // @ts-expect-error and given
  tokens.issue({ kind: 'player', clientId: id, gameId: id, playerId: player, keyId: null });
  // @ts-expect-error a companion changed
  new ChoosePersona(player, {});
  const origin = { player, correlationId: id };
  // @ts-expect-error events recorded
  new RecordGameEvents(origin, [], 0);
  // @ts-expect-error something said
  new ReceiveChatMessage(origin, { id, text: '', at: '' });
  // @ts-expect-error or thought of it
  new GiveFeedback(origin, id, { actionId: id, reaction: 'like' });
  // @ts-expect-error whatever frame it came in
  command({ type: 'game_events', id, events: [] }, { ...context, player }, 0);
  // @ts-expect-error a game is changed by whose it is
  new ConfigureGame(game, {});
  // @ts-expect-error and so is it ended
  new DeleteGame(game);
  // @ts-expect-error given companions
  new WriteCharacter(game, { character: '', lines: [] });
  // @ts-expect-error and players
  new RegisterPlayer(game, { externalId: '', persona: 'cool', lang: 'en' });
  // @ts-expect-error only who plays reaches without being looked for
  themself(caller);
  // @ts-expect-error what may be a no is none that was found
  new RevokePlayerTokens(reach(caller, id, { clientId: id, gameId: id }));
  const known = await reachedPlayer({} as never, caller, id);
  if (!(known instanceof Rejection)) new RevokePlayerTokens(known.id);
}

const tenant = { clientId: clientId('c'), gameId: gameId('g') };
const callers = {
  owner: { kind: 'client', clientId: tenant.clientId, keyId: 'k' },
  stranger: { kind: 'client', clientId: clientId('other'), keyId: 'k' },
  player: { kind: 'player', ...tenant, playerId: playerId('p') },
  another: { kind: 'player', ...tenant, playerId: playerId('q') },
  operator: { kind: 'admin' },
} satisfies Record<string, Caller>;

it('what is reached is one’s own: for a player that one alone, and no game', () => {
  const reaching = (found: (caller: Caller) => unknown) =>
    Object.entries(callers).flatMap(([name, caller]) => (found(caller) === null ? [] : [name]));
  assert.deepEqual(
    reaching((caller) => reach(caller, 'p', tenant)),
    ['owner', 'player', 'operator'],
  );
  assert.deepEqual(
    reaching((caller) => own(caller, 'g', tenant)),
    ['owner', 'operator'],
  );
  assert.equal(themself(callers.player), 'p');
});
