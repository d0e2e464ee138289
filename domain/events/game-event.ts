/** What a game may tell. Anything else is `custom.<name>`. */
export const builtInEventTypes = [
  'player.kill',
  'player.multi_kill',
  'player.death',
  'player.assist',
  'player.first_blood',
  'player.victory',
  'player.defeat',
  'player.achievement',
  'player.level_up',
  'player.objective',
  'player.damage_taken',
  'player.loot',
  'player.quest_completed',
  'player.save_loaded',
  'player.idle',
  'session.start',
  'session.end',
  'match.start',
  'match.end',
] as const;

export type BuiltInEventType = (typeof builtInEventTypes)[number];
export type GameEventType = BuiltInEventType | `custom.${string}`;

const builtIn = new Set<string>(builtInEventTypes);

export const isGameEventType = (type: string): type is GameEventType =>
  builtIn.has(type) || /^custom\.[\w.-]{1,64}$/.test(type);

/** The fields of `data` that the engine itself reads; a game may add its own beside them. */
export type KnownData = {
  /** Kills: in the multi-kill, or in the whole match for victory and defeat. */
  killCount?: number;
  deathCount?: number;
  assistCount?: number;
  mvp?: boolean;
  weapon?: string;
  hero?: string;
  map?: string;
  matchId?: string;
  personalRecord?: boolean;
  rarity?: 'common' | 'uncommon' | 'rare' | 'epic' | 'legendary';
  name?: string;
  level?: number;
  headshot?: boolean;
  /** Health lost, 0 to 1 of the maximum. */
  damage?: number;
  score?: number;
  enemyScore?: number;
  /** Who is met on the other side, as the game calls them: a hero, a boss; no person. */
  rival?: string;
  mode?: string;
  /** Of `player.save_loaded`: the game time when that save was made; what came after it is undone. */
  savedAt?: string;
  /** Of `player.save_loaded`: the line of play that goes on. */
  branch?: string;
};

/** One thing that happened in a game, as the game told it. */
export type GameEvent = {
  id: string;
  type: GameEventType;
  /** When it happened by the game's clock, ISO 8601 in UTC. */
  at: string;
  data: KnownData & Record<string, unknown>;
  context: Record<string, unknown>;
};
