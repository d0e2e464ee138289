import { lines } from '../tellings.js';

/** Written before the rules, and not looked at while they were tuned by the sets beside this file: how well they do on what is new. */
export const ASIDE_TELLS_EN = lines(`
  turns out I'm lactose intolerant, no more milkshakes for me
  my wife is due in march
  we're moving to Lisbon in the spring
  I drive a bus for a living
  finally paid off my student loan
  I don't eat meat anymore
  our daughter started kindergarten this week
  I've got a rabbit and two hamsters at home
  I switched from console to PC a few months ago
  I only play on weekends because of the kids
  got my driver's license yesterday!!
  I'm the captain of our school's volleyball team
  I can play the violin a little
  my grandfather passed away last winter
  I have a dentist appointment on thursday
  I wear glasses so small text is hard for me
  I prefer sniper rifles over shotguns
  peaked at platinum last season
  saving up for a new graphics card
  me and my cousin always duo on friday nights
`);
export const ASIDE_NOT_EN = lines(`
  we need to group up before the next fight
  my shield broke, falling back
  I had him one shot, so unlucky
  this queue is taking forever
  I'm so tilted right now
  our mid is feeding again
  well played everyone, see you next time
  I can't believe he missed that
  wow the lighting on this map is gorgeous
  I'll take the left side, you go right
  I've got two potions left
  you play like my grandma
  do I get a reward for this level?
  I was about to ult when he stunned me
  ok I will buy the sword next
  I'm laughing so hard
  someone is behind the red house
  I feel so empty, nothing matters to me anymore
  why did the chicken join my team? to cross the lane
  thanks, I owe you one
`);
export const ASIDE_TELLS_ZH = lines(`
  终于把驾照考下来了
  我不喝奶茶了，在控糖
  我们家上个月搬到杭州了
  我老婆预产期在三月
  我是开出租车的
  我改打上单了，以前玩射手
  上周把工作辞了，准备考研
  我只有周末能玩，平时要带孩子
  家里有两只仓鼠和一只兔子
  我近视五百度
  我和表弟每周五都一起双排
  我上赛季打到了铂金
  我在攒钱换显卡
  我们学校下周开运动会，我跑八百米
  我不太能吃辣
  我女儿今年上幼儿园了
  星期四约了牙医
  我会拉一点小提琴
  外公去年冬天走了
  我当了三年兵
`);
export const ASIDE_NOT_ZH = lines(`
  我们先抱团再打龙
  我盾碎了，先撤
  刚才差一点就杀了他，太可惜
  今天排队怎么这么久
  气死我了
  我们中路又在送
  大家打得不错，下次见
  这张图的光影真好看
  我走左边，你走右边
  我还有两瓶药
  你打得跟我奶奶似的
  过了这关有奖励吗
  我正要开大就被晕了
  行，下一件我出剑
  笑死我了
  红房子后面有人
  我觉得好空虚，活着没意思
  我这把手感真好
  谢谢，欠你一次
  等我一下，我去倒杯水
`);
