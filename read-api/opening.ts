import type { Caller } from '../domain/access/caller.js';
import { playerId, streamOf } from '../domain/kernel/ids.js';
import type { Language } from '../domain/kernel/language.js';
import { namesPlayer, withName } from '../domain/voice/named.js';
import type { PlayerRow } from '../projections/players.js';
import type { Dialogue, Opened } from './answers/players.js';
import type { ReadApiParts } from './parts.js';

export type Opening = {
  opened(sealed: string): Promise<Opened>;
  /** A line as the player heard it. Where names are not opened, `{player}` stays. */
  named(text: string, lang: Language): Promise<string>;
};

/** What a person wrote, or is called, is opened for those whose player it is, not for the operator of the engine. */
export const mayOpen = (caller: Caller): boolean => caller.kind !== 'admin';

type Opener = Pick<ReadApiParts, 'openSealed'>;

/** What a player wrote: one person is more than one of them in games that share what is remembered. */
export type OpenedOf = (playerId: string, sealed: string) => Promise<Opened>;

export const openedWith =
  ({ openSealed }: Opener, may: boolean): OpenedOf =>
  async (player, sealed) => {
    if (!may) return { sealed: true };
    const text = await openSealed(streamOf.player(playerId(player)), sealed);
    return text === null ? { erased: true } : { text };
  };

export function openingFor({ openSealed }: Opener, player: PlayerRow, may: boolean): Opening {
  const subject = streamOf.player(playerId(player.id));
  const openedOf = openedWith({ openSealed }, may);
  let name: Promise<string | null> | undefined;
  return {
    opened: (sealed) => openedOf(player.id, sealed),
    async named(text, lang) {
      if (!may || !namesPlayer(text)) return text;
      name ??= player.displayName === null ? Promise.resolve(null) : openSealed(subject, player.displayName);
      return withName(text, lang, await name);
    },
  };
}

/** A line as the log has it, whoever wrote it. */
export type StoredDialogue = {
  text: string;
  lang: Language;
  source: string;
  templateId?: string | undefined;
};
export async function dialogueOf({ opened, named }: Opening, stored: StoredDialogue): Promise<Dialogue> {
  const { text, ...about } = stored;
  // Only what a model wrote is sealed; a template of the game's own may begin with any word.
  if (about.source !== 'template' && text.startsWith('sealed:')) return { ...(await opened(text)), ...about };
  return { text: await named(text, about.lang), ...about };
}
