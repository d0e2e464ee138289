import type { MemoryFacts } from '../memory.js';
import { type Grammar, ownWords, type Words } from './grammar.js';

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const ordinals = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

const numberOf = (count: number) => numbers[count] ?? String(count);

function ordinalOf(count: number): string {
  if (ordinals[count]) return ordinals[count];
  const tens = count % 100;
  const end = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${end}`;
}

const some = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
const listed = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
const given = (word: string | undefined, before: string) => (word === undefined ? '' : `${before}${word}`);
const as = ({ hero }: MemoryFacts) => given(hero, ' as ');
const on = ({ map }: MemoryFacts) => given(map, ' on ');
const using = ({ weapon }: MemoryFacts) => given(weapon, ' with ');
const against = ({ rival }: MemoryFacts) => given(rival, ' against ');
const called = ({ name }: MemoryFacts) => given(name, ' ');
const streak = ({ killCount = 0 }: MemoryFacts) =>
  killCount > 1 ? `${numberOf(killCount)}-kill streak` : 'kill streak';
const lootOf = ({ rarity }: MemoryFacts) => (rarity === undefined ? 'find' : `${rarity} find`);
const article = (word: string) => (/^(?:[aeiou]|8|1[18]\b)/i.test(word) ? 'an' : 'a');

const asMvp = ({ mvp }: MemoryFacts) => (mvp ? ', and were the MVP' : '');
const withName = ({ name }: MemoryFacts) => given(name, ': ');

const words: Record<string, Words> = {
  'player.multi_kill': { did: (f) => `got ${article(streak(f))} ${streak(f)}`, noun: streak },
  'player.kill': {
    did: (f) => (f.rival ? `killed ${f.rival}` : 'got a kill'),
    noun: (f) => `kill${given(f.rival, ' of ')}`,
  },
  'player.death': {
    did: (f) => (f.rival ? `were killed by ${f.rival}` : 'died'),
    noun: (f) => `death${given(f.rival, ' by the hand of ')}`,
  },
  'player.assist': { did: () => 'got an assist', noun: () => 'assist' },
  'player.first_blood': { did: () => 'drew first blood', noun: () => 'first blood' },
  'player.victory': {
    did: (f) => `won ${f.victories ? `your ${ordinalOf(f.victories)}` : 'a'} match${against(f)}`,
    noun: (f) =>
      `${f.victories ? `${ordinalOf(f.victories)} ` : ''}${f.mvp ? 'MVP ' : ''}victory${against(f)}`,
    moreover: asMvp,
  },
  'player.defeat': { did: (f) => `lost a match${against(f)}`, noun: (f) => `defeat${against(f)}` },
  'player.achievement': {
    did: (f) => (f.name ? `earned the achievement ${f.name}` : 'earned an achievement'),
    noun: (f) => `achievement${called(f)}`,
  },
  'player.level_up': {
    did: (f) => (f.level === undefined ? 'rose a level' : `reached level ${f.level}`),
    noun: (f) => (f.level === undefined ? 'new level' : `rise to level ${f.level}`),
  },
  'player.objective': {
    did: (f) => (f.name ? `took the objective ${f.name}` : 'took an objective'),
    noun: (f) => `objective${called(f)}`,
  },
  'player.damage_taken': { did: () => 'took a heavy hit', noun: () => 'heavy hit' },
  'player.loot': {
    did: (f) => `made ${article(lootOf(f))} ${lootOf(f)}`,
    noun: (f) => `${lootOf(f)}${given(f.name, ', ')}`,
    moreover: withName,
  },
  'player.quest_completed': {
    did: (f) => (f.name ? `completed the quest ${f.name}` : 'completed a quest'),
    noun: (f) => `quest${called(f)}`,
  },
  'player.save_loaded': { did: () => 'loaded a save game', noun: () => 'save game' },
  'player.idle': { did: () => 'took a break', noun: () => 'break' },
  'session.start': { did: () => 'came to play', noun: () => 'start' },
  'session.end': { did: () => 'called it a day', noun: () => 'end of the day' },
  'match.start': { did: () => 'started a match', noun: () => 'start of a match' },
  'match.end': { did: () => 'finished a match', noun: () => 'end of a match' },
};
const ofTheGame: Words = {
  did: (f) => `had a "${ownWords(f)}" moment`,
  noun: (f) => `"${ownWords(f)}" moment${withName(f)}`,
  moreover: withName,
};

const wordsFor = ({ what }: MemoryFacts): Words => words[what] ?? ofTheGame;
const armed = new Set(['player.multi_kill', 'player.kill']);
/** With whom and where it was done, and what more there is to it. */
const further = (f: MemoryFacts) =>
  `${as(f)}${on(f)}${armed.has(f.what) ? using(f) : ''}${wordsFor(f).moreover?.(f) ?? ''}`;
/** As short as it can be known by. */
const known = (f: MemoryFacts) =>
  `${wordsFor(f).noun(f)}${hasNoun.test(f.what) && f.name !== undefined ? '' : as(f)}`;
const hasNoun = /^custom|achievement|objective|loot|quest/;

/** Those that are known and not none. */
const tally = (counts: readonly (readonly [count: number | undefined, one: string, many?: string])[]) =>
  counts.flatMap(([count, one, many]) => (count ? [some(count, one, many)] : []));

const scored = (f: MemoryFacts) =>
  listed(
    tally([
      [f.killCount, 'kill'],
      [f.deathCount, 'death'],
      [f.assistCount, 'assist'],
    ]),
  );
const outcomes = (f: MemoryFacts) =>
  tally([
    [f.victories, 'victory', 'victories'],
    [f.defeats, 'defeat'],
  ]);

export const english: Grammar = {
  did: (f) => `You ${wordsFor(f).did(f)}${further(f)}`,
  first: (f) => `For the first time, you ${wordsFor(f).did(f)}${further(f)}`,
  again: (f, count) => `For the ${ordinalOf(count)} time, you ${wordsFor(f).did(f)}${further(f)}`,
  record: (f, count) => {
    if (count < 2) return `You ${wordsFor(f).did(f)}${further(f)}, your best so far`;
    return `You beat your own record for the ${ordinalOf(count)} time: ${known(f)}`;
  },
  match(f) {
    const ended = f.result ? (f.result === 'victory' ? 'won' : 'lost') : 'played';
    const score = scored(f);
    return `You ${ended} a match${as(f)}${on(f)}${score && `, with ${score}`}${asMvp(f)}`;
  },
  week(f) {
    const kills = f.killCount ? `, with ${some(f.killCount, 'kill')}` : '';
    if (!f.matches) return `You played for a week${kills}`;
    const ended = listed(outcomes(f));
    return `In one week you played ${some(f.matches, 'match', 'matches')}${ended && `: ${ended}`}${kills}`;
  },
  rivalry(f) {
    const counts = [
      ...tally([
        [f.killCount, 'kill'],
        [f.deathCount, 'death'],
      ]),
      ...outcomes(f),
    ];
    const score = counts.length > 0 ? `, with ${listed(counts)}` : '';
    return `You have met ${f.rival ?? 'the same rival'} ${numberOf(f.matches ?? 0)} times${score}`;
  },
  talk: (said) => (said === null ? 'You told me something' : `You told me: "${said}"`),
  stop: '.',
  phrase: {
    moment: (f) => `${f.victories ? 'your' : 'that'} ${known(f)}`,
    first: (f) => `your very first ${known(f)}`,
    record: (f) => `your record ${known(f)}`,
    match: (f) =>
      `that ${f.result === undefined ? 'match' : f.result === 'victory' ? 'win' : 'loss'}${as(f)}${on(f)}`,
    week: (f) => (f.matches ? `that week of ${some(f.matches, 'match', 'matches')}` : 'that week'),
    rivalry: (f) => `your rivalry with ${f.rival ?? 'an old rival'}`,
    talk: () => 'what you told me',
  },
};
