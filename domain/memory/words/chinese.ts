import type { MemoryFacts } from '../memory.js';
import { type Grammar, ownWords, type Words } from './grammar.js';

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const numberOf = (count: number) => digits[count] ?? String(count);

const given = (word: string | undefined, before: string, after = '') =>
  word === undefined ? '' : `${before}${word}${after}`;
const using = ({ hero }: MemoryFacts) => given(hero, '用');
const at = ({ map }: MemoryFacts) => given(map, '在');
const streak = ({ killCount = 0 }: MemoryFacts) => {
  if (killCount < 2) return '连杀';
  return killCount === 2 ? '双杀' : `${numberOf(killCount)}连杀`;
};
const rarities: Record<string, string> = {
  common: '普通',
  uncommon: '少见',
  rare: '稀有',
  epic: '史诗',
  legendary: '传说',
};
const lootOf = ({ rarity, name }: MemoryFacts) => {
  const kind = rarity === undefined ? '' : `${rarities[rarity] ?? rarity}级`;
  return name === undefined ? `${kind}战利品` : `${kind}战利品“${name}”`;
};
const named = (what: string, { name }: MemoryFacts) => given(name, `${what}“`, '”') || what;

const words: Record<string, Words> = {
  'player.multi_kill': { did: (f) => `打出了${streak(f)}`, noun: streak },
  'player.kill': {
    did: (f) => (f.rival ? `击杀了${f.rival}` : '拿下了一次击杀'),
    noun: (f) => `${given(f.rival, '对')}${f.rival ? '的' : ''}击杀`,
  },
  'player.death': {
    did: (f) => (f.rival ? `被${f.rival}击杀了` : '倒下了'),
    noun: (f) => (f.rival ? `倒在${f.rival}手下` : '倒下'),
  },
  'player.assist': { did: () => '拿到了助攻', noun: () => '助攻' },
  'player.first_blood': { did: () => '拿下了一血', noun: () => '一血' },
  'player.victory': {
    did: (f) =>
      `${f.rival ? `战胜了${f.rival}` : '赢下了比赛'}${f.victories ? `，这是你的第${numberOf(f.victories)}场胜利` : ''}${f.mvp ? '，还拿了MVP' : ''}`,
    noun: (f) =>
      `${f.rival ? `对${f.rival}的` : ''}${f.victories ? `第${numberOf(f.victories)}场` : ''}${f.mvp ? 'MVP' : ''}胜利`,
  },
  'player.defeat': {
    did: (f) => (f.rival ? `输给了${f.rival}` : '输掉了比赛'),
    noun: (f) => `${f.rival ? `对${f.rival}的` : ''}失利`,
  },
  'player.achievement': { did: (f) => `获得了${named('成就', f)}`, noun: (f) => named('成就', f) },
  'player.level_up': {
    did: (f) => (f.level === undefined ? '升级了' : `升到了${f.level}级`),
    noun: (f) => (f.level === undefined ? '升级' : `升到${f.level}级`),
  },
  'player.objective': { did: (f) => `拿下了${named('目标', f)}`, noun: (f) => named('目标', f) },
  'player.damage_taken': { did: () => '受了重伤', noun: () => '重伤' },
  'player.loot': { did: (f) => `得到了${lootOf(f)}`, noun: lootOf },
  'player.quest_completed': { did: (f) => `完成了${named('任务', f)}`, noun: (f) => named('任务', f) },
  'player.save_loaded': { did: () => '读取了存档', noun: () => '读档' },
  'player.idle': { did: () => '歇了一会儿', noun: () => '休息' },
  'session.start': { did: () => '上线了', noun: () => '上线' },
  'session.end': { did: () => '下线了', noun: () => '下线' },
  'match.start': { did: () => '开了一局', noun: () => '开局' },
  'match.end': { did: () => '打完了一局', noun: () => '一局结束' },
};
const ofTheGame: Words = {
  did: (f) => `经历了“${ownWords(f)}”${given(f.name, '：')}`,
  noun: (f) => `“${ownWords(f)}”${given(f.name, '：')}`,
};

const wordsFor = ({ what }: MemoryFacts): Words => words[what] ?? ofTheGame;
const armed = new Set(['player.multi_kill', 'player.kill']);
const circumstances = (f: MemoryFacts) =>
  `${using(f)}${at(f)}${armed.has(f.what) ? given(f.weapon, '拿着') : ''}`;

const scored = (f: MemoryFacts) =>
  [
    given(countIn(f.killCount), '', '杀'),
    given(countIn(f.deathCount), '', '死'),
    given(countIn(f.assistCount), '', '助攻'),
  ].join('');
const countIn = (count: number | undefined) => (count === undefined ? undefined : String(count));
const outcomes = (f: MemoryFacts) => `${f.victories ?? 0}胜${f.defeats ?? 0}负`;

export const chinese: Grammar = {
  did: (f) => `你${circumstances(f)}${wordsFor(f).did(f)}`,
  first: (f) => `你第一次${circumstances(f)}${wordsFor(f).did(f)}`,
  again: (f, count) => `你第${numberOf(count)}次${circumstances(f)}${wordsFor(f).did(f)}`,
  record: (f, count) => {
    if (count < 2) return `你${circumstances(f)}${wordsFor(f).did(f)}，这是你的最好成绩`;
    return `你${circumstances(f)}第${numberOf(count)}次打破了自己的纪录：${wordsFor(f).noun(f)}`;
  },
  match(f) {
    const ended = f.result ? (f.result === 'victory' ? '赢了一局' : '输了一局') : '打了一局';
    const score = scored(f);
    return `你${circumstances(f)}${ended}${score && `，${score}`}${f.mvp ? '，还拿了MVP' : ''}`;
  },
  week(f) {
    const kills = f.killCount ? `，一共${f.killCount}次击杀` : '';
    return f.matches ? `你有一周打了${f.matches}局，${outcomes(f)}${kills}` : `你玩了一周${kills}`;
  },
  rivalry(f) {
    const killed = f.killCount ? [`击杀对方${f.killCount}次`] : [];
    const killedBy = f.deathCount ? [`被击杀${f.deathCount}次`] : [];
    const ended = f.victories || f.defeats ? [outcomes(f)] : [];
    const counts = [...killed, ...killedBy, ...ended].map((count) => `，${count}`).join('');
    return `你和${f.rival ?? '老对手'}交手${numberOf(f.matches ?? 0)}次了${counts}`;
  },
  talk: (said) => (said === null ? '你跟我说过一件事' : `你说过：“${said}”`),
  stop: '。',
  phrase: {
    moment: (f) =>
      f.victories ? `你${f.hero ?? ''}的${wordsFor(f).noun(f)}` : `那次${f.hero ?? ''}${wordsFor(f).noun(f)}`,
    first: (f) => `你的第一次${f.hero ?? ''}${wordsFor(f).noun(f)}`,
    record: (f) => `你${f.hero ?? ''}${wordsFor(f).noun(f)}的纪录`,
    match: (f) =>
      `那局${given(f.hero ?? f.map, '', '的')}${f.result === undefined ? '比赛' : f.result === 'victory' ? '胜利' : '失利'}`,
    week: (f) => (f.matches ? `那一周的${f.matches}局比赛` : '那一周'),
    rivalry: (f) => `你和${f.rival ?? '老对手'}的较量`,
    talk: () => '你跟我说的那件事',
  },
};
