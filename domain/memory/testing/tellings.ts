/** What players write, one message a line: whether it tells something of theirs. */
export const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const TELLS_EN = lines(`
  my cat is called Momo
  My birthday is in May!
  I main support since last year
  I am stuck in silver
  honestly I'm stuck in gold for a year
  hey, I'm a nurse
  I'm from Brazil
  i'm 17
  I have two sisters
  I have a cat
  I have an exam tomorrow
  I got a new job
  I hate spiders
  I don't like horror games
  I love pineapple pizza
  I live in Berlin
  I was born in 1999
  I've been playing since 2015
  I grew up near the sea
  my brother plays Dota too
  my grandma used to play chess with me
  gg! my dog is sick btw
  I'm allergic to peanuts
  I'm learning Japanese
  I always wanted to be a pilot
  I usually play after work
  tomorrow I have a job interview
  it's my birthday
  call me Ace
  today is my birthday
  I work as a teacher
  I quit smoking
  I moved to Paris last month
  I’m afraid of heights
  my favorite hero is Jinx
  I play with my sister every sunday
  So, I used to be a goalkeeper
`);
export const TELLS_ZH = lines(`
  我明天考试
  我叫小明
  我的猫叫团子
  我家狗叫旺财
  我是护士
  我今年十七岁
  我喜欢下雨天
  我最爱吃火锅
  我讨厌香菜
  我有两个妹妹
  我养了一只猫
  我住在成都
  我来自云南
  我主玩辅助
  我从去年开始玩辅助
  我改打中路了
  我改打中路了，辅助玩腻了
  我改玩上路了
  我妈妈是老师
  我女朋友也玩这个
  我下周要搬家
  我最近失眠
  我小时候学过钢琴
  今天是我生日
  明天我要面试
  你好，我叫阿杰
  我对花生过敏
  我失恋了
  我想当医生
  我每天晚上都打两局
  我在上海上班
  我刚考完试
  我怕黑
  我男朋友昨天回国了
  对了，我的生日是五月三号
  我昨晚只睡了三个小时
  我爸爸教我玩的
`);
export const TELLS_NOT_EN = lines(`
  I'm stuck in the gold mine
  I'm stuck in iron bars
  I am stuck in mid
  hi
  hello there
  gg
  nice one
  lol
  what should I play?
  how are you today?
  do you remember my cat?
  is my cat cute?
  my bad
  my god that was close
  my team is so bad
  my ult is ready in five
  I died again
  I'm dead
  I need healing now
  I'm going mid
  I'm coming to you
  I think we should push
  I don't know
  I see
  I like it
  I love you
  I love that
  I hate this
  help me please
  tell me a joke
  show me what I did
  let's go
  push top now
  if I had a cat I would be happy
  i wish i was better
  you are an idiot and my cat is better
  I hate you, you stupid bot
  i want to kill myself, my life is over
  can I have a hint
  forget that
  we won!
  thanks
  I am a bit lost
  I got him
  42
  ?
`);
export const TELLS_NOT_ZH = lines(`
  我们改打中路
  改打中路了
  我去中路了
  我改打中路推塔
  你好
  哈哈哈
  好的
  我死了
  我来了
  我去！
  我靠
  我晕
  我知道了
  我不知道
  我觉得能赢
  我想赢
  我该怎么打？
  我喜欢你
  我喜欢这个游戏
  我的天
  我的错
  我的大招好了
  我没血了
  我们走
  我是谁？
  我是说上路
  你记得我的猫吗
  我的猫叫什么？
  帮我一下
  给我加血
  告诉我怎么赢
  教我玩辅助
  别送了
  快来中路
  加油
  你真棒
  什么时候团战
  如果我有一只猫就好了
  我不想活了，我明天就走
  你这个傻逼，我妈妈都比你强
  推塔
  我猜他在草里
  我希望能赢
  谢谢
`);
/** What tells of low spirits, beside what is distress to `toneOf`. */
export const DESPAIR = lines(`
  I want to kill myself
  I just want to disappear
  I can't go on like this
  I can't take it anymore, I want it all to stop
  I hate myself and my life
  I hate my life since my dad died
  I feel so empty, nothing matters to me anymore
  everyone would be happier without me
  I feel like nobody would notice if I was gone
  I don't want to be here anymore
  nobody likes me at school
  I'm tired of living
  I lost my job and I feel worthless
  我不想活了
  我想消失
  我撑不下去了，想一了百了
  我恨我自己
  我觉得好空虚，活着没意思
  没有我大家会更好
  我受够了这一切
  我哭了一晚上，看不到希望
  我要是不在了也没人会发现
  我撑不住了，只想让一切停下来
  我失业了，对生活绝望了
`);
