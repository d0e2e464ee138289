import { lines } from '../tellings.js';

/** Written when the rules were done, and not tuned by: how well they do on what is new. */
export const ASIDE_TELLS_EN = lines(`
  my aunt sends me a jar of honey every winter
  I shaved my head for charity
  I'm not a student anymore, I graduated
  our cat went missing on friday
  I play bass in a punk band
  I switched to controller, my hands like it better
  the doctor told me to sit less
  I'm afraid of deep water
  we finally bought a house
  my son turns six tomorrow
  I speak Welsh with my nan
  I've never liked tomatoes
  I take the train to work
  I got a scholarship
  I don't play at night anymore, it ruined my sleep
  I'm the treasurer of our guild
  I miss living by the sea
  I usually skip breakfast
  I have a stammer
  I'm retaking the driving test in two weeks
`);
export const ASIDE_NOT_EN = lines(`
  I thought he was going left
  I'm waiting at the shop
  my crosshair is broken today
  we nearly had it
  I have zero gold
  nice, I got the blue one
  I love it when you cheer
  someone steal that camp for me
  I always get the worst spawn
  these graphics are insane
  I'll never trust that bridge again
  I owe you a beer
  our tank left the game
  I'm so done with this map
  I finished the quest
  I've been stuck on this puzzle for an hour
  oh no my poor horse
  you should see my face right now
  ready when you are
  I can't take it anymore, I want it all to stop
`);
export const ASIDE_TELLS_ZH = lines(`
  我姑姑每年冬天都寄一罐蜂蜜来
  我为了募捐剃了光头
  我不是学生了，毕业了
  我家猫周五走丢了
  我在一个朋克乐队弹贝斯
  我换手柄了，手舒服多了
  医生让我少坐着
  我怕深水
  我们终于买房了
  我儿子明天满六岁
  我跟外婆说温州话
  我从来不爱吃番茄
  我坐火车上班
  我拿了奖学金
  我晚上不打了，影响睡眠
  我是公会的财务
  我怀念住在海边的日子
  我通常不吃早饭
  我说话有点结巴
  我两周后补考科目二
`);
export const ASIDE_NOT_ZH = lines(`
  我以为他要往左
  我在商店等着
  我准星今天歪了
  我们就差那么一点
  我一分钱都没有了
  好耶，我拿到蓝的了
  我喜欢你给我加油
  谁帮我偷一下那个野怪
  我总是出生在最差的点
  这画面绝了
  我再也不信那座桥了
  我欠你一瓶啤酒
  我们坦克退了
  我真受够这张图了
  我任务做完了
  这个谜题我卡了一个小时
  哎呀我可怜的马
  你真该看看我现在的表情
  你好了就开始
  我撑不住了，只想让一切停下来
`);
