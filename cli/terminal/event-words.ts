import type { BuiltInEventType, GameEvent } from '../../domain/events/game-event.js';

type Data = GameEvent['data'];

/** A sign for each kind of event; one column wide, so that lines stay in line on every terminal. */
export const icons: Partial<Record<string, string>> = {
  'player.kill': '†',
  'player.multi_kill': '‡',
  'player.death': '✝',
  'player.assist': '+',
  'player.first_blood': '†',
  'player.victory': '★',
  'player.defeat': '☆',
  'player.achievement': '◆',
  'player.level_up': '↑',
  'player.objective': '▣',
  'player.damage_taken': '♦',
  'player.loot': '◇',
  'player.quest_completed': '✓',
  'player.save_loaded': '↺',
  'player.idle': '…',
  'session.start': '▷',
  'session.end': '□',
  'match.start': '▶',
  'match.end': '■',
};

const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
/** Of `[word, value]` those with a value, in words: `of Lux with ak47`. */
const parts = (...pairs: [string, unknown][]) =>
  pairs
    .flatMap(([word, value]) =>
      text(value) === undefined ? [] : [word === '' ? text(value)! : `${word} ${text(value)}`],
    )
    .join(' ');
const join = (...words: string[]) => words.filter((word) => word !== '').join(' ');
const note = (...words: (string | false | undefined)[]) => {
  const said = words.filter((word) => word !== false && word !== undefined);
  return said.length === 0 ? '' : `(${said.join(', ')})`;
};
const score = (data: Data) =>
  data.killCount === undefined ? '' : `${data.killCount}/${data.deathCount ?? 0}/${data.assistCount ?? 0}`;

/** What each built-in event says in one line; a type that is missing here would not compile. */
export const sentences: Record<string, (data: Data) => string> = {
  'player.kill': (data) =>
    join(
      'kill',
      parts(['of', data.victim], ['with', data.weapon]),
      note(data.headshot === true && 'headshot', data.teamKill === true && 'team kill'),
    ),
  'player.multi_kill': (data) =>
    `${text(data.name) ?? 'multi-kill'}${data.name ? '' : ` of ${data.killCount ?? 2}`}!`,
  'player.death': (data) =>
    join(
      'died',
      parts(['to', data.killer], ['by', data.weapon]),
      note(data.killerKind === 'none' && 'no killer', data.teamKill === true && 'team kill'),
    ),
  'player.assist': (data) => join('assist', parts(['on', data.victim])),
  'player.first_blood': (data) => join('first blood', parts(['with', data.weapon])),
  'player.victory': (data) =>
    join(
      'VICTORY',
      score(data),
      note(data.mvp === true && 'MVP', data.personalRecord === true && 'personal record'),
    ),
  'player.defeat': (data) => join('defeat', score(data), note(data.mvp === true && 'best of the team')),
  'player.achievement': (data) => join('achievement', parts(['', data.name]), note(text(data.rarity))),
  'player.level_up': (data) => join('level', parts(['', data.level])),
  'player.objective': (data) =>
    join(
      'objective',
      parts(['', data.name]),
      note(data.role === 'assist' ? 'helped' : data.role === 'team' && 'team'),
    ),
  'player.damage_taken': (data) =>
    join(
      'hurt',
      typeof data.damage === 'number' ? `−${Math.round(data.damage * 100)} % health` : '',
      parts(['by', data.source]),
    ),
  'player.loot': (data) => join('loot', parts(['', data.name]), note(text(data.rarity))),
  'player.quest_completed': (data) => join('quest done', parts(['', data.name])),
  'player.save_loaded': () => 'a save was loaded',
  'player.idle': (data) => join('idle', typeof data.seconds === 'number' ? `for ${data.seconds} s` : ''),
  'session.start': () => 'session starts',
  'session.end': () => 'session ends',
  'match.start': (data) => join('match starts', parts(['on', data.map], ['as', data.hero])),
  'match.end': (data) => join('match ends', parts(['', data.result])),
} satisfies Record<BuiltInEventType, (data: Data) => string>;
