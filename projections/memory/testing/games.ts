import { CLIENT, gameEvent, stored } from '../../testing/stories.js';

export const sharing = { memory: { share: true } };

export const gameCreated = (config: object, clientId = CLIENT) =>
  stored('GameCreated', { clientId, name: 'A game', config });

export const configured = (config: object) => stored('GameConfigured', { config });

type Seat = { gameId: string; person?: string; clientId?: string };

/** Somebody as a player of a game. */
export const seated = ({ gameId, person, clientId = CLIENT }: Seat) =>
  stored(
    'PlayerRegistered',
    {
      ...{ clientId, gameId, externalId: 'sealed:abc', persona: 'cheerful', lang: 'en' },
      ...(person && { person }),
    },
    { clientId, gameId },
  );

/** A feat that is kept. */
export const pentakill = (at: string, hero: string) =>
  gameEvent('player.multi_kill', at, { hero, killCount: 5, matchId: `match of ${hero}` });
