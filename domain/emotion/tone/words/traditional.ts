/** Pairs: a traditional character, then the simplified one that the tables are written in. */
const pairs =
  '開开贏赢輸输難难煩烦氣气樂乐愛爱這这個个們们沒没無无為为麼么嗎吗媽妈馬马罵骂裡里對对錯错強强帥帅厲厉謝谢爛烂壞坏' +
  '歡欢興兴奮奋慘惨虧亏傷伤淚泪憤愤恥耻慮虑驚惊嚇吓緊紧張张壓压鬱郁悶闷絕绝無无聊聊廢废殺杀雞鸡賤贱豬猪腦脑殘残智智' +
  '還还過过來来說说讓让給给點点連连勝胜戰战敗败隊队輔辅線线團团復复發发終终於于總总級级鑽钻運运穩稳溫温崩崩貓猫滾滚閉闭' +
  '噴喷髒脏話话約约軟软種种鬼鬼國国歲岁歷历應应該该會会離离開开結结束束傢家誰谁嗚呜嘆叹讚赞後后時时間间嗨嗨嘍喽啞哑夠够';

export const simplified: ReadonlyMap<number, number> = new Map(
  Array.from({ length: pairs.length / 2 }, (_, at) => [
    pairs.charCodeAt(at * 2),
    pairs.charCodeAt(at * 2 + 1),
  ]),
);
