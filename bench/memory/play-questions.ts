import type { Language } from '../../domain/kernel/language.js';
import { achievements, bests, finds, heroes, type Match, pentakills } from './played.js';

type Question = { asks: string; about: readonly string[] };
type Said = Record<Language, string>;

type Wording = 'achievement' | 'find' | 'penta' | 'first' | 'best' | 'outcome';
/** In turns, so that no one wording decides. */
const wordings: Record<Wording, readonly Said[]> = {
  achievement: [
    { en: 'Did I ever earn {name}?', zh: '我拿到过{name}吗？' },
    { en: 'the day we got the achievement {name}', zh: '解锁成就{name}的那天' },
  ],
  find: [
    { en: 'Where did I find {name}?', zh: '{name}是在哪里捡到的？' },
    { en: 'How did I get {name}?', zh: '我是怎么得到{name}的？' },
  ],
  penta: [
    { en: 'Do you remember my pentakill with {hero}?', zh: '还记得我用{hero}拿的五杀吗？' },
    { en: 'when I killed all five of them as {hero}', zh: '我用{hero}一个人杀了对面五个' },
  ],
  first: [
    { en: 'the first time I won as {hero}', zh: '我第一次用{hero}赢是什么时候？' },
    { en: 'When was my first victory with {hero}?', zh: '第一次拿{hero}赢的那把' },
  ],
  best: [
    { en: 'the match where I killed {kills} of them', zh: '我杀了{kills}个的那一局' },
    { en: 'the game with {kills} kills as {hero}', zh: '用{hero}拿了{kills}个人头的那把' },
  ],
  outcome: [
    { en: 'Did we ever win on {map} with {hero}?', zh: '我们用{hero}在{map}赢过吗？' },
    { en: 'the win as {hero} on {map}', zh: '{hero}在{map}赢的那局' },
  ],
};

/** Of what stood out in the matches, and of matches as such. In Chinese every other hero is named as players do. */
export function playQuestions(lang: Language, matches: readonly Match[]): Question[] {
  const of = (sessions: readonly number[]) => sessions.map((session) => matches[session]!);
  const idsLike = (which: (match: Match) => boolean) => matches.filter(which).map(({ id }) => id);
  const named = (kind: Wording, all: typeof achievements): Question[] =>
    all.map(([session, name], nth) => {
      const [match] = of([session]);
      return { asks: worded({ kind, nth, lang }, match!).replace('{name}', name[lang]), about: [match!.id] };
    });
  const unnamed = (kind: Wording, all: readonly Match[], isRight = sameMatch): Question[] =>
    all.map((match, nth) => ({
      asks: worded({ kind, nth, lang }, match),
      about: idsLike((other) => isRight(other, match)),
    }));
  const won = matches.filter((match) => match.won);
  const firsts = heroes.flatMap(([hero]) => won.find((match) => match.hero === hero) ?? []);
  const sameFeat = (other: Match, { hero }: Match) =>
    pentakills.includes(other.session) && other.hero === hero;
  const sameOutcome = (other: Match, { hero, map }: Match) =>
    other.won && other.hero === hero && other.map === map;
  return [
    ...named('achievement', achievements),
    ...named('find', finds),
    ...unnamed('penta', of(pentakills), sameFeat),
    ...unnamed('first', firsts),
    ...unnamed('best', of(bests.map(([session]) => session))),
    ...unnamed('outcome', won.slice(-6), sameOutcome),
  ];
}

const sameMatch = (other: Match, { id }: Match) => other.id === id;

type Wanted = { kind: Wording; nth: number; lang: Language };

function worded({ kind, nth, lang }: Wanted, { hero, map, kills }: Match): string {
  const zh = heroes.find(([name]) => name === hero)![1];
  return wordings[kind]
    [nth % 2]![lang].replace('{hero}', lang === 'zh' && nth % 4 > 1 ? zh : hero)
    .replace('{map}', map)
    .replace('{kills}', String(kills));
}
