/** One memory and one question whose answer it is, in both languages. */
export type Pair = Record<'en' | 'zh', { memory: string; question: string }>;

/** `memory | question | 记忆 | 问题` */
const pairsOf = (table: string): Pair[] =>
  table
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map(([memory, question, zhMemory, zhQuestion]) => ({
      en: { memory: memory!, question: question! },
      zh: { memory: zhMemory!, question: zhQuestion! },
    }));

/** Weights were chosen by these, and by these alone. */
export const chosenBy = pairsOf(`
You lost the ranked match as Yasuo, 2 kills and 9 deaths | How did my last Yasuo game go? | 你用亚索输掉了排位，2杀9死 | 我上次玩亚索打得怎么样？
You got a pentakill with Kaisa in the last team fight | When did I kill all five enemies? | 你用卡莎在最后的团战里拿了五杀 | 我什么时候拿过五杀？
You reached platinum after a streak of seven wins | What rank did I climb to? | 你七连胜之后上了铂金 | 我上到什么段位了？
Your team stole the baron at the 30 minute mark | Did we ever take the big monster from them? | 你们队在30分钟抢到了大龙 | 我们抢到过大龙吗？
You won chicken dinner in the desert map | Where did I win the battle royale? | 你在沙漠地图吃鸡了 | 我在哪张图吃过鸡？
You found a legendary sword in the dungeon | What rare loot did I get? | 你在副本里拿到了一把传说级的剑 | 我刷到过什么稀有装备？
You were killed four times by the same sniper | Who kept shooting me from far away? | 你被同一个狙击手杀了四次 | 谁老是从远处打死我？
You clutched a round alone against three enemies | Have I ever won a one versus three? | 你一个人打赢了三个敌人的残局 | 我一打三赢过吗？
You finished the main quest of the northern kingdom | Which story did I complete? | 你完成了北方王国的主线任务 | 我做完了哪个剧情任务？
You played healer for the first time and saved the tank | When did I start playing support? | 你第一次玩奶妈，救了坦克 | 我什么时候开始玩辅助的？
You said that your brother plays with you on weekends | Who do I play with on Saturdays? | 你说周末和哥哥一起玩 | 星期六谁陪我打游戏？
You were tilted after five defeats and logged off | Why did I stop playing that night? | 你连输五把心态崩了就下线了 | 那天晚上我为什么不玩了？
You unlocked the achievement for a thousand headshots | What did I get for shooting heads? | 你解锁了一千次爆头的成就 | 我爆头拿到了什么成就？
You defused the bomb with half a second left | When did we nearly run out of time on the bomb? | 你在最后半秒拆掉了炸弹 | 哪次拆包差点来不及？
Your friend Tom joined the guild | Who came into our guild? | 你的朋友小明加入了公会 | 谁进了我们公会？
You upgraded your bow to level twenty | How strong is my bow? | 你把弓强化到了二十级 | 我的弓多少级了？
You beat the fire dragon after twelve tries | Which boss took me so many attempts? | 你试了十二次才打败火龙 | 哪个首领我打了很多次才过？
You destroyed the enemy nexus while they were at baron | Did a backdoor ever win us the game? | 对面打大龙的时候你偷掉了水晶 | 我们偷家赢过吗？
You reached level 60 with your mage | What level is my wizard? | 你的法师升到了60级 | 我的法师多少级？
You disconnected in the middle of the final | When did my internet fail me? | 决赛打到一半你掉线了 | 我什么时候断网了？
`);

/** What is measured. */
export const measuredBy = pairsOf(`
You won as Jinx with 12 kills | Did I win the last time I played Jinx? | 你用金克丝赢了，拿了12个人头 | 上次我用金克丝赢了吗？
You were most valuable player in a match of 45 minutes | When was I the best on the team? | 你在一场45分钟的比赛里拿了MVP | 我哪次是全场最佳？
You took first blood against Lee Sin at level two | Did I ever get the first kill of a match? | 你二级拿了李青的一血 | 我拿过一血吗？
You drew six legendary items out of ten boxes | When was I really lucky with loot boxes? | 你开十个箱子出了六件橙装 | 我哪次运气特别好？
You dropped from diamond to platinum | Did I get demoted? | 你从钻石掉到了铂金 | 我掉段了吗？
You came back from a deficit of ten thousand gold | What was my greatest comeback? | 你们落后一万经济还翻盘了 | 我最厉害的一次翻盘是哪次？
You landed on the roof of the school and died at once | Where did I die right after the parachute jump? | 你跳伞落在学校屋顶，马上就死了 | 我在哪里落地成盒？
You hit an enemy through the wall with the AWP | Did I ever kill someone through a wall? | 你用大狙穿墙打死了一个敌人 | 我穿墙杀过人吗？
You healed your team for 50,000 points in the raid | How much healing did I do? | 你在团本里奶了队友五万血 | 我的治疗量有多少？
You said that you have an exam tomorrow | What do I have to study for? | 你说明天要考试 | 我有什么要复习的？
You said that you hate playing against Teemo | Which champion annoys me the most? | 你说最讨厌对面有提莫 | 我最烦哪个英雄？
Your cat jumped onto the keyboard and you lost the round | What did my pet do during the game? | 你的猫跳上键盘，那回合就输了 | 我的宠物打游戏时干了什么？
You bought the red dragon skin for Lux | Which outfit did I buy? | 你给拉克丝买了红龙皮肤 | 我买了哪个皮肤？
You were flamed by a teammate and muted him | Who was rude to me? | 你被队友喷了，把他屏蔽了 | 谁骂过我？
You finished the game on the hardest difficulty | Have I cleared it on hell mode? | 你在最高难度下通关了 | 我地狱难度过了吗？
You lost your save file and started again from the beginning | Why did I have to start over? | 你的存档丢了，只好从头开始 | 我为什么重新开始玩？
You played for six hours without a break | When did I play far too long? | 你连续玩了六个小时没有休息 | 我哪次玩得太久了？
You discovered the hidden cave behind the waterfall | What secret place did I find? | 你发现了瀑布后面的隐藏山洞 | 我找到过什么秘密的地方？
You tamed a white wolf as a mount | What animal do I ride? | 你驯服了一只白狼当坐骑 | 我骑的是什么动物？
You broke your own record with 31 kills in one match | What is my highest number of kills? | 你一局杀了31个，打破了自己的纪录 | 我最多一局杀过多少人？
You saved your teammate by a flash in front of the hook | Whom did I protect with my own body? | 你闪现挡钩救了队友 | 我替谁挡过技能？
You ran out of ammunition and won with a knife | When did I fight without bullets? | 你没子弹了，用刀赢了 | 我哪次没子弹还打赢了？
You were carried by the jungler and thanked him | Who won the game for me? | 你被打野带躺，还谢谢了他 | 谁带我赢的？
You failed the promotion match by one game | How close was I to ranking up? | 你晋级赛差一局没过 | 我离上分差多少？
You went to the tournament in Shanghai with your team | Where did we compete? | 你和战队去上海打了比赛 | 我们去哪里比赛过？
You drove the car off the cliff and everybody died | Which vehicle accident killed us all? | 你把车开下悬崖，全队都死了 | 哪次开车害死了全队？
You sold your house in the village for 900 gold coins | How much money did I get for my home? | 你把村里的房子卖了900金币 | 我卖房子拿了多少钱？
You married an elf at the end of the story | Who became my wife in the game? | 你在剧情最后和精灵结婚了 | 我在游戏里和谁结婚了？
You opened with a smoke and took bomb site B on Mirage | How did we attack on Mirage? | 你在荒漠迷城封烟打下了B点 | 荒漠迷城我们是怎么进攻的？
Your ping was above 300 the whole evening | When was the connection terrible? | 那天晚上你的延迟一直在300以上 | 哪天特别卡？
You reached the top hundred of the server | How high am I on the leaderboard? | 你进了全服前一百名 | 我排行榜第几？
You forgot to buy potions and died to poison | What did I forget before the boss? | 你忘了买药水，被毒死了 | 我打首领前忘了什么？
You destroyed three towers alone in the side lane | How did I win by pushing? | 你一个人在边路推了三座塔 | 我推线推赢过吗？
You taught a new player how to last hit | Which beginner did I help? | 你教一个萌新怎么补刀 | 我帮过哪个新手？
You stood in the bush for two minutes and killed Zed | Whom did I ambush? | 你在草丛蹲了两分钟，杀了劫 | 我蹲死过谁？
You were wiped out by the world boss on the first try | How did our first raid end? | 你们第一次打世界首领就团灭了 | 我们开荒结果怎么样？
You celebrated your birthday in the game with fireworks | What happened on my birthday? | 你在游戏里放烟花过生日 | 我生日那天做了什么？
You surrendered after fifteen minutes | Which match did I give up early? | 你十五分钟就投降了 | 我哪局很早就放弃了？
You fished the whole night and caught a golden carp | What was my best catch? | 你钓了一整夜的鱼，钓到一条金色鲤鱼 | 我钓到过最好的鱼是什么？
You gave the rare shield to your friend as a gift | What present did I give away? | 你把稀有的盾牌送给了朋友 | 我送过朋友什么？
`);
