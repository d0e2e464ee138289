import { toneOf } from '../emotion/tone/tone.js';
import { type Clause, clausesOf } from './clauses.js';
import { wishesToForget } from './wishing.js';

/**
 * What a message is to the companion's memory, by tables and rules alone: the same text is always the same. Only what is
 * surely a statement about oneself counts; what is missed was still heard, and a game is full of "I".
 */

/**
 * Whether a message tells something of the player's own that is worth keeping: no talk of the game at hand, no question,
 * no order, nothing that hurts, and never what tells of distress.
 */
export function tellsOfOneself(text: string): boolean {
  if (wishesToForget(text)) return false;
  if (!clausesOf(text).some((clause) => english(clause) || chinese(clause))) return false;
  const { abusive, distress } = toneOf(text);
  return !abusive && !distress;
}

const oneOf = (...words: string[]) => `(?:${words.join('|')})`;

/** Lasting or looked forward to, not of the game at hand. */
const WHEN = oneOf(
  'tomorrow',
  'yesterday',
  'today',
  'tonight',
  'last \\w+',
  'next \\w+',
  'this (?:week|weekend|month|year|summer|winter|morning)',
  'every \\w+',
  'since',
  'ago',
  'on (?:mon|tues|wednes|thurs|fri|satur|sun)days?',
  '(?:on|at) (?:the )?weekends?',
  'in (?:january|february|march|april|may|june|july|august|september|october|november|december|\\d{4})',
  'these days',
  'lately',
  'for (?:\\d+|a|two|three|four|five|six|seven|ten|many) (?:days?|weeks?|months?|years?)',
  'as a (?:kid|child)',
  'after (?:work|school)',
);
const GAME_NOUN = oneOf(
  'teams?',
  'teammates?',
  'ult(?:i|imate)?s?',
  'lane',
  'jungler?',
  'mid',
  'top',
  'bot',
  'adc',
  'carry',
  'aim',
  'ping',
  'game',
  'screen',
  'hp',
  'health',
  'mana',
  'gold',
  'bad',
  'god',
  'goodness',
  'turn',
  'fault',
  'kills?',
  'score',
  'flash',
  'cooldowns?',
  'build',
  'gun',
  'ammo',
  'shield',
);
const POINTING = oneOf(
  'it',
  'this',
  'that',
  'you',
  'u',
  'him',
  'her',
  'them',
  'these',
  'those',
  'your',
  'how',
  'what',
);
const DOES = oneOf(
  'main',
  'like',
  'love',
  'hate',
  'enjoy',
  'prefer',
  'collect',
  'study',
  'studied',
  'live',
  'lived',
  'own',
  'speak',
  'fear',
  'adore',
  'work(?:ed)? (?:as|at|in|for|on|from)',
  'used to',
  'moved',
  'adopted',
  'graduated',
  'started',
  'quit',
  'broke my',
  'lost my (?:job|wallet|phone|dog|cat|grand\\w+|dad|mom|father|mother)',
  'passed my',
  'failed my',
  'dream of',
  'am learning',
  'am studying',
  'never (?:eat|drink|sleep|had|liked|learned|drank)',
  'always (?:play|wanted|liked|loved|eat|drink|listen)',
  'usually \\w+',
  'mostly play',
  'have been (?:playing|learning|working|studying|living)',
);
const AM = oneOf(
  'an?',
  'from',
  '\\d+',
  'called',
  'named',
  'allergic',
  'afraid of',
  'scared of',
  'married',
  'engaged',
  'pregnant',
  'vegan',
  'vegetarian',
  'colou?rblind',
  'left-handed',
  'learning',
  'studying',
  'into',
  'moving to',
  'getting married',
  'in (?:college|university|high school|my \\w+ year|the army)',
);
const HAS = '(?:an?|two|three|four|five|six|no|many|twin|\\d+)';
const GAME_AM = '(?:bit|noob|god|beast|bot|dead man|goner|joke|few|sec|second|minute|little)';

const ENGLISH: readonly RegExp[] = [
  new RegExp(`^(?:and |but |because )?my (?!${GAME_NOUN}\\b)[\\w'-]+(?: [\\w'-]+){2,}`),
  new RegExp(
    `\\bi (?:really |also |just |still |don't |do not |didn't |can't )*${DOES}\\b (?!${POINTING}\\b)\\w`,
  ),
  /\bi (?:just |finally |recently )*(?:was born|grew up|turn(?:ed)? \d+|got (?:married|engaged|promoted|fired|divorced|a (?:new )?(?:job|cat|dog|puppy|kitten|car|baby|girlfriend|boyfriend)))\b/,
  new RegExp(
    `\\bi(?:'m| am|m) (?:also |really |still |not |actually |very )*${AM}\\b(?! ${GAME_AM}\\b)(?: \\w|$)`,
  ),
  new RegExp(`\\bi(?:'ve| have|ve| had) (?:also |only )*(?:got )?${HAS} \\w+ (?!left\\b)\\w+`),
  new RegExp(
    `\\bi(?:'ve| have|ve| had) (?:got )?${HAS} (?:cats?|dogs?|sisters?|brothers?|kids?|sons?|daughters?|birds?|exams?|jobs?|tests?|interviews?)\\b`,
  ),
  /\bi(?:'ve| have|ve) been (?:playing|learning|working|studying|living|sick)\b/,
  new RegExp(
    `\\bi(?:'m|'ll|'ve|m| am| will| have| had| got| was| went| saw| met| play(?:ed)?| work| train| sleep| run| broke)\\b.* ${WHEN}\\b`,
  ),
  new RegExp(`^${WHEN},? (?:i|i'm|im|my|i'll) .*\\w`),
  /^(?:call me|people call me|everyone calls me) \w+/,
  /^(?:it's|its|it is|today is|tomorrow is) my (?:birthday|\w+ (?:birthday|day|anniversary))/,
];
/** What begins so is an order, a guess or a wish, whatever follows. */
const ENGLISH_NOT =
  /^(?:tell|show|help|give|please|let|let's|lets|can|could|would|will|should|do|does|did|is|are|am|was|were|what|why|when|where|who|how|which|if|i wish|i think|i guess|i bet|i mean|i hope|maybe|imagine|forget|remember)\b/;

const english = ({ text, asks }: Clause): boolean =>
  !asks && !ENGLISH_NOT.test(text) && ENGLISH.some((pattern) => pattern.test(text));

const KIN =
  '(?:妈妈?|爸爸?|爷爷|奶奶|外公|外婆|姥姥|姥爷|哥哥?|姐姐?|弟弟?|妹妹?|老婆|老公|女朋友|男朋友|女友|男友|对象|朋友|同学|同事|室友|老师|老板|儿子|女儿|孩子|家人|父母|猫|狗|家|生日|名字|手机|电脑|公司|学校)';
const ZH_WHEN =
  '(?:明天|昨天|昨晚|今天|今晚|后天|前天|下周|上周|这周|周[一二三四五六日末天]|下个?月|上个?月|去年|明年|今年|最近|小时候|以前|从小|一直|平时|每天|每周|每晚|刚刚?|马上|暑假|寒假|放假)';
const ZH_DOES =
  '(?:叫|今年|养了?|住在?|来自|毕业|上大学|上高中|上初中|读|念|学了?|考上|考完|考砸|搬家?|辞职|失业|失恋|分手|结婚|生病|感冒|发烧|怀孕|工作|上班|主玩|专精|有一?[只条个位台]|有[两三四五几0-9]|属|出生|长大|害怕|怕|讨厌|喜欢|超喜欢|最爱|爱吃|爱喝|爱看|爱听|不喜欢|不爱|不吃|不喝|不会游|对.{1,8}过敏|会弹|会说|想当|想成为|打算|准备考|在(?:上海|北京|广州|深圳|成都|家|学|读|上班|上学|准备|减肥|备考|国外))';
const ZH_POINTING = '(?:这个?游戏|你|这局|那局|他|它|她|这把|这样|这个|那个|死了|这波)';

const CHINESE: readonly RegExp[] = [
  new RegExp(`我(?:的)?${KIN}(?:[^\\s,]{2,})`),
  /我的(?!天|错|锅|大招|技能|血|蓝|队友|闪现)[^\s,我你]{1,8}(?:是|叫|在|有|很|超)[^\s,]/,
  new RegExp(
    `我(?:也|就|还|真的|最|特别|非常|很|超级?|比较|其实|都|刚|从去年|一直|平时)*${ZH_DOES}(?!${ZH_POINTING})[^\\s,]?`,
  ),
  new RegExp(`我(?:们)?(?:从|在)?${ZH_WHEN}[^\\s]{2,}`),
  new RegExp(`${ZH_WHEN},?(?:是)?我(?:们)?(?:的)?[^\\s]{2,}`),
  /我是(?!说|不是|真的|谁|怎么|为|来|想|觉得|第一|最[强棒]|无敌|你)[^\s,]{2,}/,
  /我(?:从|自从).{1,8}(?:开始|就)/,
];
const CHINESE_NOT =
  /^(?:帮|给我|告诉我|教|请|快|别|不要|让|如果|要是|假如|希望|你)|我(?:觉得|想知道|以为|希望|猜|靠|去[,!~ ]|操|擦|勒个|晕)|(?:吗|呢|么|吧)$|什么|怎么|为什么|多少|是不是|能不能|要不要|哪[个里儿]|谁/;

const chinese = ({ text, asks }: Clause): boolean =>
  !asks && text.includes('我') && !CHINESE_NOT.test(text) && CHINESE.some((pattern) => pattern.test(text));
