import type { Acted } from '../../domain/companion/companion.js';
import { playerId, streamOf } from '../../domain/kernel/ids.js';
import type { Language } from '../../domain/kernel/language.js';
import type { Elsewhere } from '../../domain/memory/memory.js';
import type { Recalled, Use } from '../../domain/memory/recall.js';
import { sentenceOf } from '../../domain/memory/sentence.js';
import { whenOf } from '../../domain/memory/when.js';
import { isShared, type Scene } from '../../domain/voice/scene.js';
import type { RecallFor } from '../memory/recall-for.js';
import type { Sealer } from '../person-keys/sealer.js';
import type { Briefing } from './briefing.js';

/** A memory as whoever writes a line is told of it. */
export type Recollection = {
  use: Use;
  sentence: string;
  /** The stream of the same person in another game, whose it is. */
  origin?: string;
};

type Asking = {
  stream: string;
  /** Of the act, in the stream. */
  revision: number;
  acted: Acted & { asks: { scene: Scene; fallback: { lang: Language } } };
  briefing: Briefing;
  signal?: AbortSignal;
  traceparent?: string | undefined;
};
type Parts = { recallFor?: RecallFor; sealer: Pick<Sealer, 'open'> };

/** Whom one talks to may ask for more; else one thing that was is enough. */
const limitFor = (scene: Scene) => (scene === 'chat' ? 3 : 2);

/**
 * What comes to mind for a line, the likeliest first; nothing for one that others may be told too.
 * `before`: it was asked for with these, and is to be again. @throws KeysUnavailable
 */
export async function rememberedFor(
  { recallFor, sealer }: Parts,
  { stream, revision, acted, briefing, signal, traceparent }: Asking,
  before?: readonly Use[],
): Promise<readonly Recollection[]> {
  const { scene, fallback } = acted.asks;
  const open: Telling['open'] = (sealed, elsewhere) =>
    sealer.open(elsewhere ? streamOf.player(playerId(elsewhere.playerId)) : stream, sealed);
  if (!recallFor || isShared(scene) || before?.length === 0) return [];
  const recalled = await recallFor({
    playerId: stream.slice('player-'.length),
    revision,
    cue: { at: acted.at, facts: briefing.atHand },
    ...(briefing.message !== null && { text: briefing.message }),
    limit: limitFor(scene) + 1 + (before?.length ?? 0),
    ...(signal && { signal }),
    traceparent,
  });
  // What the message itself tells is no memory of it.
  const others = recalled.filter(({ memory }) => !memory.sources.includes(acted.causedBy));
  const wanted = before ? theSame(others, before) : others.slice(0, limitFor(scene));
  const told = wanted.map(({ memory, score }) =>
    recollectionOf({ memory, score }, { lang: fallback.lang, now: acted.at, open }),
  );
  return (await Promise.all(told)).filter((one) => one !== null);
}

const theSame = (recalled: readonly Recalled[], before: readonly Use[]): Recalled[] =>
  before.flatMap(({ memoryId }) => recalled.find(({ memory }) => memory.memoryId === memoryId) ?? []);

type Telling = {
  lang: Language;
  now: string;
  open(sealed: string, elsewhere?: Elsewhere): Promise<string | null>;
};

const inAnotherGame: Record<Language, string> = { en: 'in another game', zh: '在另一个游戏里' };

/** `null`: what was said then can be opened by nobody any more. */
async function recollectionOf(
  { memory, score }: Pick<Recalled, 'memory' | 'score'>,
  { lang, now, open }: Telling,
): Promise<Recollection | null> {
  const said = memory.sealed === undefined ? null : await open(memory.sealed, memory.elsewhere);
  if (memory.kind === 'talk' && said === null) return null;
  const when = [whenOf(memory.lastAt, now, lang), ...(memory.elsewhere ? [inAnotherGame[lang]] : [])].join(
    ', ',
  );
  const sentence = `${when}: ${sentenceOf(memory, lang, said)}`;
  const origin = memory.elsewhere && streamOf.player(playerId(memory.elsewhere.playerId));
  return { use: { memoryId: memory.memoryId, score }, sentence, ...(origin && { origin }) };
}
