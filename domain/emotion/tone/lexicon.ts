/** What hurts others, the gravest first. `threat` is also the wish that somebody may die or kill themselves. */
export const abuseKinds = ['threat', 'hate', 'sexual', 'insult'] as const;
export type AbuseKind = (typeof abuseKinds)[number];

/** One row: spellings with `|` between them, `[ab]` for one sign or the other. */
export type Felt = readonly [spellings: string, valence: number, arousal?: number];

/**
 * `aimed`: only where somebody is meant: "trash" is a gun, "you trash" is not. `outside`: only where the talk is not of
 * the match. `self_harm` is no abuse: it is distress, found so that the companion can answer with care.
 */
export type Abusive = readonly [
  spellings: string,
  valence: number,
  kind: AbuseKind | 'self_harm',
  when?: 'aimed' | 'outside',
];

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
  /** What comes next weighs less ("although"). */
  yields?: true;
  asks?: true;
  /** Who is spoken of: the player, somebody an insult can hit, or the game itself. */
  about?: 'self' | 'other' | 'game';
  /** The talk is of the match. */
  match?: true;
};

export type Effective = readonly [spellings: string, effect: Effect];

export type Lexicon = {
  felt: readonly Felt[];
  /** Felt only where no other sign of a word stands beside them: 草 is a curse, 草丛 is a bush. */
  lonely: readonly Felt[];
  abusive: readonly Abusive[];
  effects: readonly Effective[];
  /** Words that say nothing, though a part of them would. */
  plain: readonly string[];
};
