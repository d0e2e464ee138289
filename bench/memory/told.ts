import type { Language } from '../../domain/kernel/language.js';

/**
 * Said in a session; what is said of the same topic later takes its place. `was`: a question of a later time about each
 * of the statements that do not hold any more.
 */
export type Fact = {
  topic: string;
  says: readonly [session: number, text: string][];
  asks: string;
  was?: readonly string[];
};

// biome-ignore format: a table is read by its columns
export const facts: Record<Language, readonly Fact[]> = {
  en: [
    { topic: 'cat',      says: [[2, 'My cat is called Momo and she sits on the keyboard']], asks: 'What is my cat called?' },
    { topic: 'job',      says: [[5, 'I work as a nurse, mostly night shifts']], asks: 'What do I do for a living?' },
    { topic: 'home',     says: [[7, 'I live in a small town by the sea']], asks: 'Where do I live?' },
    { topic: 'brother',  says: [[9, 'My brother taught me this game when I was twelve']], asks: 'Who taught me to play?' },
    { topic: 'food',     says: [[12, 'I always eat instant noodles between matches']], asks: 'What do I eat between matches?' },
    { topic: 'fear',     says: [[15, 'I am terrified of spiders, even in games']], asks: 'What animal scares me?' },
    { topic: 'music',    says: [[18, 'I listen to old jazz records while I play']], asks: 'Which music do I listen to?' },
    { topic: 'mouse',    says: [[21, 'My mouse broke, I am playing on a borrowed one'], [96, 'I finally bought a new mouse, a light one']], asks: 'Which mouse do I have now?', was: ['What was wrong with my mouse in {month}?'] },
    { topic: 'role',     says: [[4, 'I only play support, I like protecting people'], [110, 'I play jungle now, support got boring']], asks: 'Which role do I play these days?', was: ['Which role did I play in {month}?'] },
    { topic: 'rank',     says: [[10, 'I am stuck in silver'], [70, 'I made it to gold last night'], [160, 'I am platinum now, can you believe it']], asks: 'What rank am I?', was: ['What rank was I in {month}?', 'What rank did I have in {month}?'] },
    { topic: 'exam',     says: [[30, 'I have a chemistry exam on Friday'], [33, 'I passed my chemistry exam']], asks: 'How did my chemistry exam go?' },
    { topic: 'coffee',   says: [[25, 'I drink four coffees a day'], [120, 'I quit coffee, only tea from now on']], asks: 'What do I drink now, coffee or tea?', was: ['What did I drink in {month}?'] },
    { topic: 'guitar',   says: [[40, 'I started learning the guitar']], asks: 'Which instrument am I learning?' },
    { topic: 'holiday',  says: [[60, 'We are going to Portugal in the summer'], [130, 'Portugal was wonderful, we stayed two weeks']], asks: 'How was my holiday?', was: ['Where did I want to travel, back in {month}?'] },
    { topic: 'sleep',    says: [[45, 'I have been sleeping badly for weeks']], asks: 'Did I sleep well?' },
    { topic: 'car',      says: [[80, 'I am saving money for a used car']], asks: 'What am I saving for?' },
    { topic: 'dog',      says: [[90, 'We adopted a dog from the shelter, his name is Biscuit']], asks: "What is the dog's name?" },
    { topic: 'running',  says: [[100, 'I run five kilometres every morning']], asks: 'Which sport do I do in the morning?' },
    { topic: 'birthday', says: [[55, 'My birthday is on the second of May']], asks: 'When is my birthday?' },
    { topic: 'team',     says: [[85, 'Our team is called the Sleepy Owls']], asks: 'What is our team called?' },
  ],
  zh: [
    { topic: '猫',   says: [[3, '我家的猫叫年糕，特别黏人']], asks: '我的猫叫什么？' },
    { topic: '工作', says: [[6, '我是小学老师，教数学的']], asks: '我是做什么工作的？' },
    { topic: '城市', says: [[8, '我住在成都，天天吃火锅']], asks: '我住在哪个城市？' },
    { topic: '哥哥', says: [[11, '是我哥哥带我入坑这个游戏的']], asks: '谁教我玩这个游戏的？' },
    { topic: '零食', says: [[14, '我打游戏的时候总吃薯片']], asks: '我打游戏的时候爱吃什么？' },
    { topic: '怕',   says: [[17, '我特别怕黑，恐怖图都不敢玩']], asks: '我害怕什么？' },
    { topic: '歌',   says: [[20, '我排位的时候喜欢听周末电台']], asks: '我排位的时候听什么？' },
    { topic: '键盘', says: [[23, '我的键盘进水了，只能用旧的'], [98, '我换了新的机械键盘，手感很好']], asks: '我现在用的是什么键盘？', was: ['我{month}的时候键盘怎么了？'] },
    { topic: '位置', says: [[13, '我一直玩辅助'], [112, '我改打中路了，辅助玩腻了']], asks: '我现在打什么位置？', was: ['我{month}的时候打什么位置？'] },
    { topic: '段位', says: [[16, '我还在白银段位'], [72, '我昨晚上了黄金'], [162, '我已经是铂金了']], asks: '我现在什么段位？', was: ['我{month}是什么段位？', '我{month}的时候打到什么段位了？'] },
    { topic: '考试', says: [[31, '我下周要考驾照'], [36, '我的驾照考过了']], asks: '我的驾照考得怎么样？' },
    { topic: '熬夜', says: [[26, '我每天都熬夜到三点'], [122, '我现在十一点就睡了']], asks: '我现在几点睡觉？', was: ['我{month}的时候几点睡觉？'] },
    { topic: '钢琴', says: [[42, '我开始学钢琴了']], asks: '我在学什么乐器？' },
    { topic: '旅行', says: [[62, '我夏天要去云南旅游'], [132, '我从云南回来了，大理真美']], asks: '我的旅行怎么样？', was: ['我{month}的时候打算去哪里旅游？'] },
    { topic: '感冒', says: [[47, '我这几天感冒了，嗓子疼']], asks: '我那时候身体怎么了？' },
    { topic: '攒钱', says: [[82, '我在攒钱买新电脑']], asks: '我在攒钱买什么？' },
    { topic: '狗',   says: [[92, '我们领养了一只小狗，叫豆豆']], asks: '小狗叫什么名字？' },
    { topic: '游泳', says: [[102, '我每个周末都去游泳']], asks: '我周末做什么运动？' },
    { topic: '生日', says: [[57, '我的生日是八月十五号']], asks: '我的生日是哪天？' },
    { topic: '战队', says: [[87, '我们战队叫夜猫子']], asks: '我们的战队叫什么？' },
  ],
};

/** Said in between, about nothing that is asked for. */
export const chatter: Record<Language, readonly string[]> = {
  en: [
    'I think the new map looks nice',
    'I had a long day today',
    'I like this skin a lot',
    'I am a bit tired tonight',
    'I will play only one more',
    'I really wanted that one',
    'I am warming up slowly',
    'I feel good about this one',
    'I played this yesterday with a friend',
    'I hate queueing this long',
  ],
  zh: [
    '我觉得新地图挺好看的',
    '我今天上了一天班有点累',
    '我好喜欢这个皮肤',
    '我今晚状态一般',
    '我再打一把就睡',
    '我刚才差一点就赢了',
    '我还没热身好',
    '我感觉这把能赢',
    '我昨天跟朋友打了几把',
    '我排队排了好久',
  ],
};
