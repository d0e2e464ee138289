import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asOperator } from '../../domain/access/reached.js';
import type { LogEventData } from '../../domain/events/log-events.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import type { WantedCharacter } from '../../domain/voice/character.js';
import { LogUnavailable } from '../../eventstore/log.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { RecordGameEvents, RecordGameEventsHandler } from '../players/play.js';
import {
  ChoosePersona,
  ChoosePersonaHandler,
  RegisterPlayer,
  RegisterPlayerHandler,
} from '../players/profile.js';
import { COMPANIONS, startCompanionReactor } from '../reactors/companion-reactor.js';
import { aGameEvent, writeSideOver } from '../testing/side.js';
import { openGames, stageOf } from '../voice/games.js';
import { CreateGame, CreateGameHandler, WriteCharacter, WriteCharacterHandler } from './handlers.js';

const ok = <T>(answer: T | Rejection): T => {
  assert.ok(!(answer instanceof Rejection), (answer as Rejection).message);
  return answer;
};

/** Games, their players and the companion reactor, over a log in memory. */
function open() {
  const log = memoryLog();
  const side = writeSideOver(log);
  // Games are known to be what they were for a while: here that while is over at once.
  let clock = 0;
  const games = openGames(log, () => (clock += 10_000));
  const warn = () => undefined;
  const reactor = startCompanionReactor({
    log,
    now: side.now,
    warn,
    stageOf: (id) => stageOf(games, id, false),
  });
  const aGame = async () =>
    ok(await new CreateGameHandler(side).execute(new CreateGame('c', { name: 'Game' }))).id;
  const ours = (id: string) => asOperator.game({ id, clientId: 'c' });
  const write = (gameId: string, character: WantedCharacter) =>
    new WriteCharacterHandler(side).execute(new WriteCharacter(ours(gameId), character));
  const aPlayer = async (gameId: string, persona: string, displayName?: string) => {
    const who = { externalId: 'x', persona, lang: 'en' as const };
    const registration = { ...who, ...(displayName && { displayName }) };
    return ok(await new RegisterPlayerHandler(side).execute(new RegisterPlayer(ours(gameId), registration)));
  };
  /** What is said to that, a minute after whatever was before. */
  let minutes = 0;
  const says = async (playerId: string, type: string, data: Record<string, unknown> = {}) => {
    const event = aGameEvent(type, 60 * minutes++, data);
    ok(
      await new RecordGameEventsHandler(side).execute(
        new RecordGameEvents({ player: asOperator.player(playerId), correlationId: 'k' }, [event], 300),
      ),
    );
    const isDone = async () => {
      const status = await log.groupStatus(COMPANIONS);
      return status?.inFlight === 0 && status.position >= log.events.at(-1)!.position;
    };
    while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 2));
    const acts = log.events.filter((one) => one.type === 'CompanionActed');
    const told = acts.map((one) => one.data as LogEventData<'CompanionActed'>);
    return told.find(({ causedBy }) => causedBy === event.id)?.dialogue;
  };
  const choose = (id: string, persona: string) =>
    new ChoosePersonaHandler(side).execute(new ChoosePersona(asOperator.player(id), { persona }));
  /** One to whom none of this is new: what is done for the first time in a life is an occasion of its own. */
  const anOldHand = async (gameId: string, persona: string, displayName?: string) => {
    const player = await aPlayer(gameId, persona, displayName);
    for (const type of ['player.multi_kill', 'player.victory', 'player.defeat']) await says(player.id, type);
    return player;
  };
  return { log, games, reactor, aGame, write, anOldHand, says, choose };
}

const owl: WantedCharacter = {
  character: 'owl',
  like: 'cool',
  lines: [
    { lang: 'en', on: 'multi_kill', text: '{killCount} mice for {player} with the {weapon}.' },
    { lang: 'en', on: 'victory', text: 'The night is ours.' },
    { lang: 'zh', on: 'defeat', text: '天亮了。' },
  ],
};

describe("a game's own character", () => {
  it('speaks its own lines, facts and all, to the players of its game, and nobody else does', async () => {
    const { reactor, aGame, write, anOldHand, says } = open();
    const [mine, others] = [await aGame(), await aGame()];
    const written = ok(await write(mine, owl));
    const player = await anOldHand(mine, 'owl', 'Robin');
    const stranger = await anOldHand(others, 'cool', 'Robin');
    assert.equal(player.persona, 'owl');
    const kill = await says(player.id, 'player.multi_kill', { killCount: 3, weapon: 'Beak' });
    assert.equal(kill?.text, '3 mice for {player} with the Beak.', 'the name is put in where it is shown');
    assert.equal(kill?.templateId, written.lines[0]!.id);
    for (let at = 0; at < 3; at++)
      assert.equal((await says(player.id, 'player.victory'))?.text, 'The night is ours.');
    for (const type of ['player.multi_kill', 'player.victory'])
      assert.match((await says(stranger.id, type, { killCount: 3 }))!.templateId!, /^en\.cool\./);
    await reactor.stop();
  });

  it('speaks as the persona that it is like where it has no line that fits', async () => {
    const { reactor, aGame, write, anOldHand, says } = open();
    const game = await aGame();
    ok(await write(game, owl));
    const player = await anOldHand(game, 'owl');
    assert.match(
      (await says(player.id, 'player.defeat'))!.templateId!,
      /^en\.cool\.defeat/,
      'no line in English',
    );
    const nameless = await says(player.id, 'player.multi_kill', { killCount: 3 });
    assert.match(nameless!.templateId!, /^en\.cool\.multi_kill/, 'its line names what is not known');
    ok(await write(game, { ...owl, like: 'cute' }));
    assert.match(
      (await says(player.id, 'player.defeat'))!.templateId!,
      /^en\.cute\./,
      'it is like another now',
    );
    await reactor.stop();
  });

  it('can be chosen from then on; a built-in persona with more lines says them among its own', async () => {
    const { reactor, aGame, write, anOldHand, says, choose } = open();
    const game = await aGame();
    const player = await anOldHand(game, 'cheerful');
    const refused = await choose(player.id, 'owl');
    assert.ok(refused instanceof Rejection && refused.detail.field === 'persona');
    ok(await write(game, owl));
    assert.equal(ok(await choose(player.id, 'owl')).persona, 'owl');
    assert.equal((await says(player.id, 'player.victory'))?.text, 'The night is ours.');
    ok(
      await write(game, {
        character: 'cute',
        lines: [{ lang: 'en', on: 'defeat_streak', text: 'Hugs for all.' }],
      }),
    );
    assert.equal(ok(await choose(player.id, 'cute')).persona, 'cute');
    const heard = new Set<string>();
    for (let at = 0; at < 40; at++) heard.add((await says(player.id, 'player.defeat'))?.text ?? '');
    assert.ok(heard.has('Hugs for all.') && heard.size > 2, [...heard].join('\n'));
    await reactor.stop();
  });

  it('is written once, also by two at a time', async () => {
    const { log, reactor, aGame, write } = open();
    const game = await aGame();
    const answers = await Promise.all([write(game, owl), write(game, owl), write(game, owl)]);
    assert.deepEqual(answers[1], answers[0]);
    ok(answers[2]!);
    assert.equal(log.events.filter(({ type }) => type === 'CharacterWritten').length, 1);
    await reactor.stop();
  });

  it('is known as it was while the log is away, and as it is afterwards', async () => {
    const { log, reactor, games, aGame, write } = open();
    const game = await aGame();
    const reads: number[] = [];
    assert.deepEqual((await games.of(game)).characters, {});
    ok(await write(game, owl));
    log.faults.beforeRead = () => {
      throw new LogUnavailable('away');
    };
    assert.deepEqual((await games.of(game)).characters, {});
    await assert.rejects(games.of('never-read'), LogUnavailable);
    log.faults = { beforeRead: () => void reads.push(1) };
    assert.deepEqual(Object.keys((await games.of(game)).characters), ['owl']);
    assert.equal((await games.of('never-read')).exists, false);
    assert.equal(reads.length, 2);
    await reactor.stop();
  });
});
