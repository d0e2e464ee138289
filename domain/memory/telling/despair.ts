import { oneOf } from './signs.js';

/**
 * Low spirits that are not yet what `toneOf` calls distress: a companion that reminded of them would hurt. More is caught here
 * than should be, and costs nothing but a memory.
 */
const DESPAIR = new RegExp(
  oneOf(
    `\\b(?:nothing matters|worthless|hopeless|no reason to (?:live|go on|wake|try|be)|hurt(?:ing)? myself|end it all)\\b`,
    `\\bhate (?:myself|my life|my body|being alive)\\b, \\b(?:no one|nobody) (?:cares|loves|likes|would)\\b`,
    `\\bfeel (?:so |completely |totally )?(?:empty|alone|dead|numb)\\b, \\bcan(?:'t|not) go on\\b`,
    `\\bcan(?:'t|not) (?:take|do|bear|stand|handle) (?:it|this|life|things) (?:all )?any ?(?:more|longer)\\b`,
    `
    \\bwant (?:it|this|everything|things) (?:all )?to (?:stop|end|be over)\\b,
    \\bwant to (?:die|disappear|vanish|give up)\\b
  `,
    `\\b(?:don't|do not|dont) want to (?:be here|live|wake up|exist|be alive)\\b, \\bbeing alive\\b`,
    `\\b(?:happier|better|better off) without me\\b, \\bif i (?:was|were) gone\\b, \\bdone with (?:everything|life)\\b`,
    `
    \\btired of (?:living|life|everything|being me)\\b,
    \\bsee (?:the|a|any) point (?:$|in living|any ?more|of living)|\\bsee the point$
  `,
    `
    消失, 一了百了, 活着[没好真]?, 没(?:什么)?意思, 不想活, [撑熬坚持]不(?:下去|住了), 恨(?:我)?自己, 绝望,
    崩溃, 没有意义, 没人(?:会|爱|在乎|理|喜欢我)
  `,
    `
    解脱, 轻生, 没有我大家, 受够了(?:一切|这一切|生活), 一切(?:都)?停下, 看不到希望, 我要是(?:死|没|不在)了?,
    不在了也, 好空虚
  `,
  ),
);

export const despairs = (clause: string): boolean => DESPAIR.test(clause);
