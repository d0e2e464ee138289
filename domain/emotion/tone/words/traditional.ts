/** Pairs: a traditional character, then the simplified one that the tables are written in. */
const pairs =
  '開开贏赢輸输難难煩烦氣气樂乐愛爱這这個个們们沒没無无為为麼么嗎吗媽妈馬马罵骂裡里對对錯错強强帥帅厲厉謝谢爛烂壞坏' +
  '歡欢興兴奮奋慘惨虧亏傷伤淚泪憤愤恥耻慮虑驚惊嚇吓緊紧張张壓压鬱郁悶闷絕绝廢废殺杀雞鸡賤贱豬猪腦脑殘残還还過过來来說说' +
  '讓让給给點点連连勝胜戰战敗败隊队輔辅線线團团復复發发終终於于總总級级鑽钻運运穩稳溫温貓猫滾滚閉闭噴喷髒脏話话約约軟软' +
  '種种國国歲岁歷历應应該该會会離离結结傢家誰谁嗚呜嘆叹讚赞後后時时間间嘍喽啞哑夠够幹干遊游戲戏';

export const simplified: ReadonlyMap<string, string> = new Map(
  [...pairs.matchAll(/(.)(.)/gu)].map(([, traditional, simple]) => [traditional!, simple!]),
);
