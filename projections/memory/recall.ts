import type { Pool } from 'pg';
import type { Known } from '../../domain/memory/known.js';
import { lexicalScores, lexicalText } from '../../domain/memory/lexical.js';
import {
  type Candidate,
  type Cue,
  comesToMind,
  type RecallAsk,
  type Recalled,
  recall,
} from '../../domain/memory/recall.js';
import { MEANS_SOMETHING, similarityOf } from '../../domain/memory/similarity.js';
import { DAY_MS } from '../../domain/memory/strength.js';
import type { Embedder } from '../embedding/embedder.js';
import type { VectorStore } from '../vectors/vectors.js';
import { openAtHand } from './at-hand.js';
import { before } from './before.js';
import { type Meaning, type Near, openMeaning } from './meaning.js';
import { keptRowsIn, openMinds } from './minds.js';
import { type RememberedAt, rememberedBy } from './remembered-by.js';
import { openSharing, type Sharing } from './sharing.js';

/** What was recalled within so many days is let be, unless it is what was asked for. */
const LATELY_DAYS = 3;
/** Longer nobody waits for what is remembered. */
const PATIENCE_MS = 2_000;

export type RecallParts = {
  remembered: RememberedAt;
  sharing: Sharing;
  meaning: Meaning;
  /** What a person wrote; `null` when the person's key is gone. */
  open: (playerId: string, sealed: string) => Promise<string | null>;
  warn: (message: string, error: unknown) => void;
};

export type Recall = {
  /** What comes to mind by itself, the likeliest first; [] where nothing does, or nobody can tell in time. Never throws. */
  recallFor(ask: RecallAsk): Promise<readonly Recalled[]>;
  /** Everything remembered, the likeliest first. @throws what the database throws, and the signal's reason. */
  recallAt(ask: RecallAsk): Promise<readonly Recalled[]>;
};

/** From a cue to memories. Without vectors they are found by what is shared, by their words, how fresh and how important. */
export function recallWith(parts: RecallParts): Recall {
  const atHand = openAtHand();
  const candidates = (ask: RecallAsk) => candidatesOf({ ...parts, atHand }, ask);
  let failing = false;
  return {
    recallAt: async (ask) => recall(await candidates(ask), ask.cue, { limit: ask.limit }),
    async recallFor(ask) {
      try {
        const found = await candidates(ask);
        failing = false;
        const lately = latelyOf(found, ask.cue);
        return recall(found, ask.cue, { lately, limit: ask.limit, which: comesToMind });
      } catch (error) {
        if (!failing && !ask.signal?.aborted) {
          failing = true;
          parts.warn('nothing is remembered now', error);
        }
        return [];
      }
    },
  };
}

export type RecallStores = {
  /** Where questions are read from. */
  pool: Pool;
  vectors: VectorStore;
  embedder: Embedder;
  /** What a person wrote; `null` when the person's key is gone. */
  open: RecallParts['open'];
  warn: RecallParts['warn'];
};

export const openRecall = ({ pool, vectors, embedder, open, warn }: RecallStores): Recall =>
  recallWith({
    remembered: rememberedBy(openMinds(keptRowsIn(pool))),
    sharing: openSharing(pool, warn),
    meaning: openMeaning({ vectors, embedder, warn }),
    open,
    warn,
  });

type Parts = RecallParts & { atHand: ReturnType<typeof openAtHand> };

/** Each wait ends with the signal: what is known by then is told. */
async function candidatesOf(parts: Parts, ask: RecallAsk): Promise<readonly Candidate[]> {
  const { playerId, cue, signal } = ask;
  const asked = ask.text?.trim() ?? '';
  const within = { ...(signal && { signal }), ...(cue.kinds && { kinds: cue.kinds }) };
  // Asked beside what is remembered here: whoever shares nothing does not wait for it.
  const others = parts.sharing(playerId);
  const [memories, near] = await Promise.all([
    before(PATIENCE_MS, signal, () => parts.remembered(ask, others)),
    asked === '' ? null : parts.meaning({ playerId, others, text: asked, ...within }),
  ]);
  const { candidates, sealed, words } = parts.atHand(playerId, memories);
  if (asked === '') return candidates;
  const { known, index } = words();
  const opened = await Promise.all(sealed.map((one) => openedOf(parts, ask, one)));
  const scores = lexicalScores(asked, index, opened.map(lexicalText));
  return [...known, ...sealed].map((one, at) =>
    candidateOf({ known: one, words: scores[at]!, near, playerId }),
  );
}

type Found = { known: Known; words: number; near: Near | null; playerId: string };

function candidateOf({ known, words, near, playerId }: Found): Candidate {
  const { key, elsewhere } = known.memory;
  const hit = near?.get(elsewhere?.playerId ?? playerId)?.get(key);
  const similarity = similarityOf({ cosine: hit?.cosine ?? null, words });
  return { known, similarity, ...(hit && { mark: hit.mark }) };
}

/** What a person wrote is opened anew each time, and kept nowhere. */
async function openedOf(
  { open }: Parts,
  { playerId, signal }: RecallAsk,
  { memory }: Known,
): Promise<string> {
  const { sealed, elsewhere } = memory;
  const opening = before(PATIENCE_MS, signal, () => open(elsewhere?.playerId ?? playerId, sealed!));
  return (await opening.catch(() => null)) ?? '';
}

/** Ids of what was recalled shortly before the cue. */
function latelyOf(candidates: readonly Candidate[], { at }: Cue): Set<string> {
  const since = Date.parse(at) - LATELY_DAYS * DAY_MS;
  const lately = new Set<string>();
  for (const { known, similarity } of candidates) {
    const { recalled, memory } = known;
    if (recalled !== null && recalled > since && (similarity ?? 0) < MEANS_SOMETHING)
      lately.add(memory.memoryId);
  }
  return lately;
}
