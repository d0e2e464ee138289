/** A question, and the match that the right memory is of: written down before anything was measured. */
export type Question = { player: string; lang: 'zh' | 'en'; asks: string; match: string };

const P0 = 'lol-pros-day0-match0';
const P1 = 'lol-pros-day0-match2';
const P2 = 'lol-pros-day1-match0';
const P3 = 'lol-pros-day1-match2';
const P4 = 'lol-pros-day2-match0';
const P5 = 'lol-pros-day2-match2';
const A0 = 'lol-amateurs-day0-match0';
const A1 = 'lol-amateurs-day0-match2';
const A2 = 'lol-amateurs-day1-match1';
const A3 = 'lol-amateurs-day2-match0';
const A4 = 'lol-amateurs-day2-match2';
const overpassFirst = 'csgo-de_overpass-1518463513-81f8c6c5';
const nuke = 'csgo-de_nuke-1519069329-37b606ed';
const trainFirst = 'csgo-de_train-1519492878-0b2beda5';
const overpassLost = 'csgo-de_overpass-1519673456-40ff2984';
const overpassBack = 'csgo-de_overpass-1519678193-c1080546';
const trainAgain = 'csgo-de_train-1520283135-05fa76a0';
const cobble = 'csgo-de_cbble-1520887094-6332de21';
const mirage = 'csgo-de_mirage-1522089590-9cb32519';

// biome-ignore format: a table is read by its columns
const asked: readonly [player: string, lang: 'zh' | 'en', asks: string, match: string][] = [
  ['pros-0', 'en', 'Do you remember my game as Zed?', P0],
  ['pros-0', 'zh', '我用Sylas拿了十九个人头的那把还记得吗？', P1],
  ['pros-0', 'en', 'That awful match where I died eleven times', P2],
  ['pros-0', 'zh', 'Ryze那局是不是输得很惨', P3],
  ['pros-0', 'en', 'Did I ever win with Diana?', P5],
  ['pros-0', 'zh', '第一次玩Diana的时候输了，对吧', P4],
  ['pros-0', 'en', 'my best game, nineteen kills', P1],
  ['pros-0', 'zh', '艾克那把我只杀了一个', P2],
  ['pros-1', 'en', 'first blood with Senna', P0],
  ['pros-1', 'zh', '我用Morgana一次都没死', P1],
  ['pros-1', 'en', 'How did I do as Nami?', P2],
  ['pros-1', 'zh', '死了十四次的那场', P3],
  ['pros-1', 'en', 'when I played Nautilus', P4],
  ['pros-1', 'zh', '锤石那把我们赢了', P5],
  ['pros-2', 'en', 'the quadra kill', P5],
  ['pros-2', 'zh', '我用Darius杀了二十个', P5],
  ['pros-2', 'en', 'a win on Fiora without a single death', P1],
  ['pros-2', 'zh', '盖伦那局输了吗', P3],
  ['pros-2', 'en', 'I lost with Yorick', P2],
  ['pros-2', 'zh', 'Sion那把死得最多', P4],
  ['pros-2', 'en', 'Jayce, the day we started', P0],
  ['pros-4', 'en', 'our victory with Kai\'Sa', P0],
  ['pros-4', 'zh', '用Kai\'Sa输掉的那一场', P3],
  ['pros-4', 'en', 'Lucian, nobody killed me', P1],
  ['pros-4', 'zh', 'Heimerdinger拿了一血', P4],
  ['pros-4', 'en', 'the match as Varus', P5],
  ['pros-4', 'zh', '上次玩Jhin是什么时候', P2],
  ['amateurs-0', 'en', 'fifteen kills as Jax', A0],
  ['amateurs-0', 'zh', '兰博那把我零死', A1],
  ['amateurs-0', 'en', 'the only match I lost', A3],
  ['amateurs-0', 'zh', 'Miss Fortune赢的那局', A2],
  ['amateurs-0', 'en', 'What happened in my last game with Jhin?', A4],
  ['amateurs-0', 'zh', '我玩武器大师拿过一血吗', A0],
  ['STEAM-cde8d2899d', 'en', 'Have we ever played nuke?', nuke],
  ['STEAM-cde8d2899d', 'zh', 'cbble那张图四杀', cobble],
  ['STEAM-cde8d2899d', 'en', 'the loss on overpass', overpassLost],
  ['STEAM-cde8d2899d', 'zh', '在overpass输掉之后马上赢回来的那场', overpassBack],
  ['STEAM-cde8d2899d', 'en', 'my first win on train', trainFirst],
  ['STEAM-cde8d2899d', 'zh', 'mirage那把赢了吗', mirage],
  ['STEAM-cde8d2899d', 'en', 'the second time on train, fourteen kills', trainAgain],
  ['STEAM-cde8d2899d', 'zh', '我们第一次一起打的比赛', overpassFirst],
  ['STEAM-cde8d2899d', 'en', 'twenty-two kills on nuke', nuke],
  ['STEAM-25836a9aa0', 'en', 'first blood on train', trainFirst],
  ['STEAM-25836a9aa0', 'zh', '一场四次三杀的比赛', overpassBack],
  ['STEAM-25836a9aa0', 'en', 'I died more often than I killed, and still won', cobble],
  ['STEAM-25836a9aa0', 'zh', '输掉的那场', overpassLost],
  ['STEAM-25836a9aa0', 'en', 'twenty-four kills and a win on train', trainAgain],
  ['STEAM-25836a9aa0', 'zh', 'nuke打得怎么样', nuke],
  ['STEAM-25836a9aa0', 'en', 'our last match, on mirage', mirage],
  ['STEAM-25836a9aa0', 'zh', '最早在overpass赢的那次', overpassFirst],
];

export const questions: readonly Question[] = asked.map(([player, lang, asks, match]) => ({
  player,
  lang,
  asks,
  match,
}));
