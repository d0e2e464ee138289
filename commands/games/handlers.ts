import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OwnedGame } from '../../domain/access/reached.js';
import { characterIn, type Game, type GameCommand, game } from '../../domain/game/game.js';
import { gameId, streamOf } from '../../domain/kernel/ids.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { type CharacterView, characterView } from '../../domain/voice/cast.js';
import type { WantedCharacter } from '../../domain/voice/character.js';
import { drafted, type WriteSide } from '../context.js';
import { WRITE_SIDE } from '../tokens.js';

export type GameView = { id: string; name: string; config: Readonly<Record<string, unknown>> };

export class CreateGame extends Command<GameView | Rejection> {
  constructor(
    readonly clientId: string,
    readonly game: { id?: string; name: string; config?: Record<string, unknown> },
  ) {
    super();
  }
}

@CommandHandler(CreateGame)
export class CreateGameHandler implements ICommandHandler<CreateGame> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ clientId, game: wanted }: CreateGame): Promise<GameView | Rejection> {
    const id = wanted.id ?? randomUUID().replaceAll('-', '').slice(0, 20);
    const { name, config = {} } = wanted;
    const created = await submitted(
      this.side,
      { id, clientId },
      { type: 'CreateGame', clientId, name, config },
    );
    return created instanceof Rejection ? created : gameView(id, created);
  }
}

export class ConfigureGame extends Command<GameView | Rejection> {
  constructor(
    readonly owned: OwnedGame,
    readonly change: { name?: string; config?: Record<string, unknown> },
  ) {
    super();
  }
}

@CommandHandler(ConfigureGame)
export class ConfigureGameHandler implements ICommandHandler<ConfigureGame> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  execute({ owned, change }: ConfigureGame): Promise<GameView | Rejection> {
    return changeGame(this.side, owned, { type: 'ConfigureGame', ...change });
  }
}

export class DeleteGame extends Command<GameView | Rejection> {
  constructor(readonly owned: OwnedGame) {
    super();
  }
}

@CommandHandler(DeleteGame)
export class DeleteGameHandler implements ICommandHandler<DeleteGame> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  execute({ owned }: DeleteGame): Promise<GameView | Rejection> {
    return changeGame(this.side, owned, { type: 'DeleteGame' });
  }
}

export class WriteCharacter extends Command<CharacterView | Rejection> {
  constructor(
    readonly owned: OwnedGame,
    readonly character: WantedCharacter,
  ) {
    super();
  }
}

@CommandHandler(WriteCharacter)
export class WriteCharacterHandler implements ICommandHandler<WriteCharacter> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ owned, character }: WriteCharacter): Promise<CharacterView | Rejection> {
    const changed = await submitted(this.side, owned, { type: 'WriteCharacter', character });
    return changed instanceof Rejection ? changed : characterView(characterIn(changed, character.character)!);
  }
}

export async function changeGame(
  side: Pick<WriteSide, 'games' | 'now'>,
  owned: OwnedGame,
  command: GameCommand,
): Promise<GameView | Rejection> {
  const changed = await submitted(side, owned, command);
  return changed instanceof Rejection ? changed : gameView(owned.id, changed);
}

async function submitted(
  side: Pick<WriteSide, 'games' | 'now'>,
  owned: Pick<OwnedGame, 'id' | 'clientId'>,
  command: GameCommand,
): Promise<Game | Rejection> {
  const done = await side.games.submit(streamOf.game(gameId(owned.id)), (state) => {
    const decided = game.decide(command, state);
    if (decided instanceof Rejection) return decided;
    return drafted(decided, { clientId: owned.clientId, gameId: owned.id }, side.now());
  });
  return done instanceof Rejection ? done : done.state;
}

const gameView = (id: string, { name, config }: Game): GameView => ({ id, name, config });
