/** What players say in Chinese, before what a dictionary says: 奶妈 is a healer here, no wet nurse. `zh en`, many a line. */
const PLAY = `
奶妈 healer; 奶 heal; 奶量 healing; 加血 heal; 回血 heal; 治疗 healer heal; 辅助 support; 坦克 tank; 肉 tank
前排 frontline tank; 射手 marksman adc; 战士 fighter; 法师 mage; 刺客 assassin; 打野 jungler jungle; 野区 jungle
野怪 jungle monster; 反野 invade jungle; 上单 top lane; 中单 mid lane; 下路 bottom lane; 上路 top lane; 中路 mid lane
边路 side lane; 对线 laning phase; 线上 lane; 补刀 last hit farm; 补兵 last hit farm; 发育 farm; 刷钱 farm gold; 经济 gold
小兵 minion; 兵线 minion wave; 推线 push wave; 推塔 destroy tower; 防御塔 tower; 塔 tower; 越塔 tower dive; 水晶 nexus base
基地 base nexus; 高地 high ground inhibitor; 偷家 backdoor base; 偷塔 backdoor tower; 大龙 baron; 小龙 dragon; 暴君 dragon
主宰 baron lord; 先锋 rift herald; 抢龙 steal dragon; 远古龙 elder dragon; 肉山 roshan; 红buff red buff; 蓝buff blue buff
团战 team fight; 开团 start team fight; 团灭 team wiped out ace; 被团灭 our team was wiped out; 单杀 solo kill
双杀 double kill; 三杀 triple kill; 四杀 quadra kill four kills; 五杀 pentakill five kills; 六杀 six kills
连杀 kill streak; 超神 godlike legendary; 一血 first blood; 首杀 first blood first kill; 人头 kill; 击杀 kill; 杀 kill
杀了 killed; 助攻 assist; 阵亡 died; 死 died; 死了 died; 死亡 death; 被杀 was killed; 被秒 was one shot killed
秒杀 one shot kill; 残血 low health; 丝血 almost no health; 满血 full health; 反杀 turned and killed; 抓 gank; 抓人 gank
被抓 was ganked; 蹲 ambush; 草丛 bush; 视野 vision ward; 插眼 place ward; 眼位 ward; 大招 ultimate; 技能 skill ability
闪现 flash; 传送 teleport; 点燃 ignite; 惩戒 smite; 冷却 cooldown; 蓝量 mana; 没蓝 no mana; 出装 item build; 装备 gear item
神装 full build; 符文 rune; 铭文 rune; 天赋 talent; 皮肤 skin; 英雄 hero champion; 选人 champion select; 禁用 ban
上分 rank up climb; 掉分 lost rank points; 排位 ranked; 排位赛 ranked match; 匹配 normal match; 段位 rank
晋级赛 promotion match; 定级赛 placement match; 掉段 demoted; 青铜 bronze; 白银 silver; 黄金 gold rank; 铂金 platinum
钻石 diamond rank; 大师 master; 王者 king rank challenger; 星耀 star rank; 赛季 season; 积分 points; 连胜 winning streak
连败 losing streak; 连跪 losing streak; 赢 win; 赢了 won; 输 lose; 输了 lost; 胜利 victory won; 失败 defeat lost; 平局 draw
翻盘 comeback victory; 碾压 crushing victory stomp; 逆风 losing behind; 顺风 winning ahead; 投降 surrender
掉线 disconnected; 挂机 afk; 卡 lag; 卡顿 lag; 延迟 lag ping; 重连 reconnect; 队友 teammate; 猪队友 bad teammate
对手 opponent; 敌人 enemy; 敌方 enemy; 对面 enemy team; 路人 random players; 开黑 play with friends; 五排 five man party
双排 duo; 单排 solo queue; 坑 bad play feed; 坑货 feeder; 送人头 feeding; 菜 bad noob; 菜鸟 noob; 萌新 new player
小白 new player; 大神 pro player; 大佬 pro player; 高手 skilled player; 带飞 carry; 带躺 carry
躺赢 was carried to victory; 躺 was carried; 凯瑞 carry; 核心 carry; 全场最佳 mvp most valuable player; 最佳 best mvp
战绩 match record; 战队 team; 操作 mechanics play; 走位 positioning; 秀 great play; 意识 game sense; 心态 mood
心态崩了 tilted; 上头 tilted; 喷 flame; 喷子 toxic player; 骂 flame insult; 演员 thrower; 代练 boosting; 外挂 cheat
开挂 cheating; 挂 cheat; 吃鸡 won chicken dinner battle royale; 大吉大利 won chicken dinner; 空投 airdrop
毒圈 poison zone; 缩圈 shrinking zone; 跑毒 run from the zone; 跳伞 parachute land; 落地成盒 died right after landing
舔包 loot; 搜刮 loot; 物资 loot supplies; 三级头 level three helmet; 狙 sniper rifle; 狙击 sniper; 狙击枪 sniper rifle
大狙 awp sniper rifle; 步枪 rifle; 手枪 pistol; 冲锋枪 smg; 霰弹枪 shotgun; 喷枪 shotgun; 手雷 grenade; 烟雾弹 smoke grenade
闪光弹 flashbang; 燃烧弹 molotov; 爆头 headshot; 压枪 recoil control; 瞬狙 quickscope; 盲狙 noscope; 穿墙 wallbang
残局 clutch; 一打五 one versus five clutch; 一打三 one versus three clutch; 拆包 defuse bomb; 下包 plant bomb; 炸弹 bomb
炸弹点 bomb site; 回合 round; 手枪局 pistol round; 经济局 eco round; 起枪 buy rifles; 弹药 ammo; 子弹 bullet ammo
救人 revive teammate; 扶 revive; 倒地 knocked down; 载具 vehicle; 队长 captain; 指挥 shot caller; 报点 callout
架枪 hold angle; 蹲点 camp; 伏地魔 hiding in grass; 副本 dungeon; 团本 raid; 开荒 first raid attempt; 首领 boss
世界首领 world boss; 老怪 boss; 打宝 farm loot; 刷副本 farm dungeon; 刷怪 grind monsters; 刷 grind; 肝 grind
氪金 pay to win spend; 抽卡 gacha pull; 出货 lucky drop; 欧皇 lucky player; 非酋 unlucky player; 脸黑 unlucky; 欧 lucky
爆率 drop rate; 掉落 drop loot; 传说 legendary; 史诗 epic; 稀有 rare; 橙装 legendary gear; 紫装 epic gear; 神器 artifact
升级 level up; 满级 max level; 经验 experience; 任务 quest; 主线 main quest; 支线 side quest; 日常 daily quest
成就 achievement; 解锁 unlocked; 公会 guild; 工会 guild; 帮会 guild; 坐骑 mount; 宠物 pet; 药水 potion; 强化 upgrade
附魔 enchant; 存档 save game; 读档 load save; 通关 finish the game cleared; 关卡 level stage; 难度 difficulty
地狱难度 hell difficulty; 隐藏 hidden secret; 宝箱 treasure chest; 金币 gold coin; 伤害 damage; 输出 damage
暴击 critical hit; 闪避 dodge; 格挡 block; 连招 combo; 控制 crowd control; 眩晕 stun; 减速 slow; 护盾 shield; 无敌 invincible
复活 respawn revive; 买活 buyback; 仇恨 aggro; 新手 beginner; 老玩家 veteran player; 主播 streamer; 直播 stream; 比赛 match
一局 a match; 这局 this match; 上局 last match; 上一局 last match; 上把 last match; 这把 this match; 一把 a match
几把 matches; 局 match; 开局 start of the match; 前期 early game; 中期 mid game; 后期 late game; 破纪录 broke the record
新纪录 new record; 最高 highest best; 手速 reaction speed; 失误 mistake; 翻车 failed badly; 崩了 collapsed; 稳 steady
手感 aim form; 休息 rest break; 下线 log off; 上线 log on; 玩 play; 打游戏 play games; 游戏 game; 角色 character
本命 main favourite champion; 绝活 signature champion; 擅长 good at; 常用 often use
`;

/** Names that a dictionary has not, or takes apart. */
const NAMES = `
金克丝 Jinx; 亚索 Yasuo; 永恩 Yone; 拉克丝 Lux; 盖伦 Garen; 德莱厄斯 Darius; 诺手 Darius; 艾希 Ashe; 寒冰 Ashe; 寒冰射手 Ashe
薇恩 Vayne; 伊泽瑞尔 Ezreal; 卢锡安 Lucian; 凯特琳 Caitlyn; 女警 Caitlyn; 烬 Jhin; 卡莎 Kaisa; 德莱文 Draven; 泰隆 Talon; 劫 Zed
阿卡丽 Akali; 阿狸 Ahri; 安妮 Annie; 瑞兹 Ryze; 辛德拉 Syndra; 奥莉安娜 Orianna; 发条 Orianna; 李青 Lee Sin; 盲僧 Lee Sin
锤石 Thresh; 蔚 Vi; 娜美 Nami; 索拉卡 Soraka; 琴女 Sona; 布隆 Braum; 莫甘娜 Morgana; 提莫 Teemo; 剑圣 Master Yi; 易大师 Master Yi
石头人 Malphite; 阿木木 Amumu; 蛮王 Tryndamere; 剑姬 Fiora; 菲奥娜 Fiora; 锐雯 Riven; 皮城女警 Caitlyn; 赵信 Xin Zhao; 嘉文 Jarvan
皇子 Jarvan; 皎月 Diana; 千珏 Kindred; 潘森 Pantheon; 佛耶戈 Viego; 格温 Gwen; 悠米 Yuumi; 妖姬 LeBlanc; 维克托 Viktor
卡特琳娜 Katarina; 卡特 Katarina; 艾克 Ekko; 菲兹 Fizz; 小鱼人 Fizz; 李白 Li Bai; 韩信 Han Xin; 貂蝉 Diao Chan
孙尚香 Sun Shangxiang; 鲁班 Lu Ban; 鲁班七号 Lu Ban; 后羿 Hou Yi; 妲己 Da Ji; 吕布 Lu Bu; 赵云 Zhao Yun; 诸葛亮 Zhuge Liang
孙悟空 Sun Wukong; 花木兰 Hua Mulan; 瑶 Yao; 蔡文姬 Cai Wenji; 敌法师 Anti-Mage; 帕吉 Pudge; 屠夫 Pudge; 影魔 Shadow Fiend
幻影刺客 Phantom Assassin; 斧王 Axe; 水晶室女 Crystal Maiden; 主宰剑圣 Juggernaut; 祈求者 Invoker; 卡尔 Invoker
撼地者 Earthshaker; 小牛 Earthshaker; 斯温 Sven; 英雄联盟 League of Legends; 王者荣耀 Honor of Kings; 绝地求生 PUBG
和平精英 Game for Peace; 反恐精英 Counter-Strike; 原神 Genshin Impact; 守望先锋 Overwatch; 无畏契约 Valorant
魔兽世界 World of Warcraft; 我的世界 Minecraft; 沙二 Dust 2; 炙热沙城 Dust 2; 荒漠迷城 Mirage; 炼狱小镇 Inferno
召唤师峡谷 Summoner's Rift; 王者峡谷 King's Canyon; 嚎哭深渊 Howling Abyss; 大乱斗 ARAM
`;

/** Words that shape a sentence; beside what it is about they say nothing, or say it badly word by word. */
const SHAPE = `
的; 地; 得; 了; 着; 过; 吗; 呢; 吧; 啊; 呀; 嘛; 哦; 嗯; 把; 被 was; 给; 个; 位; 只; 次 time; 是 is; 就; 才; 也; 都; 又; 还; 很; 太; 和 and
跟 with; 与 and; 在; 那 that; 这 this; 我 I; 你 you; 他 he; 她 she; 我们 we; 咱们 we; 你们 you; 他们 they; 什么 what; 谁 who
哪 which; 哪个 which; 哪里 where; 哪儿 where; 怎么 how; 怎样 how; 为什么 why; 多少 how many; 几 how many; 什么时候 when
几次 how many times; 有 have; 没有 not; 没 not; 不 not; 别 do not; 会 can; 能 can; 想 want; 要 want; 让 let; 用 with
用了 used; 做 do; 说 said; 对 to; 上次 last time; 昨天 yesterday; 今天 today; 刚才 just now; 刚刚 just now; 以前 before
之前 before; 有没有 did; 是不是 is it; 记得 remember; 还记得 remember; 打 play; 打了 played; 打败 defeated; 打赢 won; 打过 played
拿 got; 拿到 got; 拿了 got; 得到 got; 喜欢 like; 讨厌 hate; 最 most; 第一次 first time; 最近 recently; 到; 里 in; 上 on; 下 under
后 after; 前 before; 从 from; 等; 来 come; 去 go; 将; 于; 而; 之; 时 when; 多 many; 一 one; 人 person; 张; 场 match; 为; 以
但 but; 一起 together; 大; 小; 一个 one; 一次 once; 里面 in; 她 she; 它 it; 您 you; 每次 every time; 总是 always; 那次 that time
那时 then
`;

/** What players say in English, in words that everybody knows. */
const SLANG = `
pentakill five kills; quadrakill four kills; ace team wiped out; adc marksman; mid middle lane
bot bottom lane; jg jungler; jungler jungle; supp support; gank ambush; ganked ambushed; feed die often
feeder teammate who dies often; afk away idle; gg good game; ggwp good game; ff surrender; noob beginner
newbie beginner; smurf strong player in low rank; tilted upset mood; toxic rude insult; flame insult
flamed insulted; mvp most valuable best player; elo rank; demoted lost rank; promo promotion match
ult ultimate ability; cd cooldown; oom no mana; cs minions last hit; cc crowd control; aoe area damage
dps damage; crit critical hit; nuke burst damage; nexus base; inhib inhibitor
baron big neutral monster boss; nashor baron; drake dragon; roshan big neutral monster boss
backdoor attack base secretly; dive attack under tower; splitpush push side lane; snowball winning lead
throw lose a lead; thrower who loses on purpose; carry win the game for the team; carried won by teammates
clutch win alone against many; awp sniper rifle; awper sniper; hs headshot
noscope sniper shot without aiming; wallbang shot through wall; frag kill; frags kills; eco cheap round
nade grenade; molly fire grenade; flashbang blinding grenade; defuse stop the bomb; rez revive; res revive
respawn live again; loot item reward; drop item reward; gear equipment; legendary very rare
gacha random draw; pull random draw; whale spends much money; grind play long repeat; farm collect
raid dungeon boss group; dungeon boss level; mob monster; npc character; aggro monster attention
tank protects front; healer support heal; buff stronger; nerf weaker; op too strong; pvp against players
pve against monsters; wipe all died; wiped all died; guild clan team; clan guild team; lag slow connection
ping connection delay; dc disconnected; disconnected lost connection; alt second character
pb personal best record; speedrun finish fast; duo two players; solo alone; premade friends team
teammates team; comeback win after losing; stomp easy win; griefing harming own team; camper hides and waits
camped hid and waited; chicken battle royale win; xp experience
`;

/** Chinese to English; an empty text where nothing is to be said. */
export const terms: ReadonlyMap<string, string> = mapOf(PLAY, NAMES, SHAPE);

/** What a word of players means, to be said after it. */
export const slang: ReadonlyMap<string, string> = mapOf(SLANG);

function mapOf(...tables: readonly string[]): Map<string, string> {
  const entries = tables.flatMap((table) => table.split(/[;\n]/).map((entry) => entry.trim().split(' ')));
  return new Map(entries.map(([word, ...gloss]) => [word!, gloss.join(' ')]));
}
