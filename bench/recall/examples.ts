import type { Language } from '../../domain/kernel/language.js';

/** A memory as it is told, and questions that are about it, in other words than it is told in. */
export type Example = { told: Record<Language, string>; asked: readonly string[] };

/** Of one player: what is asked of each has to find it among all the others. */
export const examples: readonly Example[] = [
  {
    told: { en: 'a pentakill with Jinx on Summoner’s Rift', zh: '用Jinx在召唤师峡谷拿下五杀' },
    asked: ['do you remember when I killed all five of them?', '还记得我的五杀吗', 'my best moment on Jinx'],
  },
  {
    told: { en: 'the first victory with Lux', zh: '第一次用Lux获胜' },
    asked: ['when did I first win on Lux?', '我第一次用Lux赢是什么时候'],
  },
  {
    told: { en: 'the victory that was the hundredth', zh: '第一百场胜利' },
    asked: ['how many wins was our big milestone?', '一百场胜利那天'],
  },
  {
    told: { en: 'a match with 25 kills, more than ever before', zh: '单场25次击杀，个人最高纪录' },
    asked: ['what is my kill record?', '我的最高击杀纪录是多少', 'the game where I got the most kills'],
  },
  {
    told: { en: 'chosen as the best player of a won match, with Yasuo', zh: '用Yasuo获胜并拿到全场最佳' },
    asked: ['was I ever MVP?', '我拿过MVP吗'],
  },
  {
    told: { en: 'a legendary sword, Dawnbreaker, was found', zh: '得到传说之剑破晓者' },
    asked: ['that rare weapon drop', '我那把传说级的武器', 'where is my sword'],
  },
  {
    told: { en: 'the achievement “Untouchable”', zh: '获得成就“不可触碰”' },
    asked: ['which achievements did I unlock?', '我解锁过什么成就'],
  },
  {
    told: { en: 'the quest “The lost caravan” was completed', zh: '完成任务“失踪的商队”' },
    asked: ['that mission about the merchants', '商队那个任务', 'the quest we finished'],
  },
  {
    told: { en: 'the boss Malenia was defeated at last', zh: '终于打败了头目玛莲妮亚' },
    asked: ['how did I beat that hard boss?', '那个很难的boss我打过了吗'],
  },
  {
    told: { en: 'a lost match, ten deaths, against Zed', zh: '输给Zed的一场，死了十次' },
    asked: ['when did Zed destroy me?', '被Zed虐的那一局', 'my worst game'],
  },
  {
    told: { en: 'level 30 was reached', zh: '升到30级' },
    asked: ['when did I level up to thirty?', '我什么时候满级的'],
  },
  {
    told: { en: 'a week of twelve matches, nine of them won', zh: '一周打了十二场，赢了九场' },
    asked: ['how was that good week?', '状态最好的那一周'],
  },
  {
    told: { en: 'a rivalry with Darius: he has won more often', zh: '和Darius的对决，他赢得更多' },
    asked: ['who do I always lose to?', '谁是我的老对手'],
  },
  {
    told: { en: 'my cat is called Dumpling', zh: '我的猫叫团子' },
    asked: ['what is the name of my pet?', '我家宠物叫什么', 'how is Dumpling'],
  },
  {
    told: { en: 'I have an exam on Monday', zh: '我周一有考试' },
    asked: ['do you know about my test?', '我明天要考试了', 'I am studying for school'],
  },
  {
    told: { en: 'my brother and I play together on weekends', zh: '我周末和弟弟一起玩' },
    asked: ['who do I play with?', '我和谁一起打游戏', 'my family'],
  },
  {
    told: { en: 'I work as a nurse on night shifts', zh: '我是上夜班的护士' },
    asked: ['what is my job?', '我的工作是什么', 'I am so tired after the hospital'],
  },
  {
    told: { en: 'a comeback: won after being far behind, with Thresh', zh: '用Thresh大逆风翻盘获胜' },
    asked: ['that time we turned it around', '翻盘的那一局', 'we were losing and still won'],
  },
  {
    told: { en: 'first blood within the first minute, with Draven', zh: '用Draven开局一分钟拿下一血' },
    asked: ['the fastest first kill', '最快的一血'],
  },
  {
    told: { en: 'Baron was stolen, on Summoner’s Rift', zh: '在召唤师峡谷抢到大龙' },
    asked: ['remember that steal?', '抢龙那次', 'when I took the dragon from them'],
  },
  {
    told: { en: 'five defeats in a row in one evening', zh: '一晚上五连败' },
    asked: ['my longest losing streak', '连输的那个晚上'],
  },
  {
    told: { en: 'eight victories in a row', zh: '八连胜' },
    asked: ['my winning streak', '我最长的连胜'],
  },
];
