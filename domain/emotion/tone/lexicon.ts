/** The kinds that are told apart, the gravest first. */
export const abuses = ['self_harm', 'threat', 'hate', 'sexual', 'insult'] as const;

/**
 * What was recognised in a line. `threat` is also a wish that somebody may die or kill themselves. `self_harm` is no
 * abuse: it is distress, found so that the companion can answer with care, and never a reason to punish.
 */
export type Abuse = (typeof abuses)[number];

/** One row: spellings with `|` between them, `[ab]` for one letter or the other. */
export type Felt = readonly [spellings: string, valence: number, arousal?: number];

/** An insult that is `aimed` counts only where somebody is meant: "trash" is a gun, "you trash" is not. */
export type Abusive = readonly [spellings: string, valence: number, kind: Abuse, aimed?: 'aimed'];

/** What a word does to those around it. */
export type Effect = {
  /** Turns the sign of what follows; `alone`: the valence where nothing follows. */
  negates?: true;
  alone?: number;
  /** Multiplies what follows, and is no feeling of its own then ("pretty good"). */
  scales?: number;
  /** Multiplies what stood before ("难受死了"). */
  scalesBack?: number;
  /** What came before weighs less from here on. */
  but?: true;
  /** Its own clause weighs less ("although"). */
  yields?: true;
  asks?: true;
  /** Who is spoken of: the player, or somebody an insult can hit. */
  about?: 'self' | 'other';
  /** The talk is of the match: "I will kill you in lane". */
  match?: true;
};

export type Effective = readonly [spellings: string, effect: Effect];

export type Lexicon = {
  felt: readonly Felt[];
  abusive: readonly Abusive[];
  effects: readonly Effective[];
  /** Words that say nothing, though a part of them would. */
  plain: readonly string[];
};
