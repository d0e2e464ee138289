import { clausesOf } from './clauses.js';

/** Whether the player wants something forgotten that was told; not to be reminded, and not what they forgot themselves. */
export function wishesToForget(text: string): boolean {
  return clausesOf(text).some(({ text: said }) =>
    wishes.some(({ when, unless }) => when.test(said) && !unless.test(said)),
  );
}

const EN_WHAT =
  "(?:(?:about |all )?(?:that|this|everything)(?= *(?:,|$|please|pls|ok\\b|now\\b|thing|again|i\\b|immediately|right|for me|then))|(?:that |about )?what i(?:'ve| have)?(?: just)? (?:said|told|wrote|say|typed)|(?:that )?i(?: ever| just)? (?:said|told|mentioned|wrote)|my (?:last|previous) (?:message|words)|it(?= *(?:please|pls)))";
const wishes: readonly { when: RegExp; unless: RegExp }[] = [
  {
    when: new RegExp(
      `(?:^|,|\\b(?:please|pls|just|you|you to|then|now|better|let's|and|ok|okay|can|should|may)) *(?:forget|delete|erase|unlearn|scratch|strike) ${EN_WHAT}|^please forget it`,
    ),
    unless:
      /(?:n't|not|never|cannot|did you|do you|have you|if you|why|how|always|dont) (?:\w+ ){0,2}(?:forget|delete|erase)/,
  },
  {
    when: /\b(?:don't|do not|dont|never|stop) (?:please )?(?:remember|keep|save|store|memori[sz]e|remembering|keeping)(?: in mind)? (?:that|this|it|what i)|\bpretend (?:that )?i (?:never|didn't|did not)(?: ever)? (?:said|say|told|tell|mention)|\bpretend you (?:never|didn't|did not) (?:hear|heard|read|see)|\b(?:act|as) (?:as )?if i (?:never|hadn't|didn't) (?:said|say|told|tell)|\bnever ?mind what i (?:just )?(?:said|told)/,
    unless: /\b(?:i don't|i do not|i dont|i never|i can't|why|did i) (?:\w+ )?(?:remember|keep|know)/,
  },
  {
    when: /(?:^|,)[那你请就快都全能可以不帮我麻烦]*忘(?:掉|记|了)(?:它|这|那|刚|我(?:刚才|刚刚|刚|之前|上面)?(?:说|讲|告诉)|一切|所有|吧|$)|把.{1,14}(?:忘掉|忘了|忘记)|(?:^|[,你请就])(?:删掉|删除|清除|抹掉|抹去)(?:它|这|那|刚|我(?:刚才|刚刚|之前)?(?:说|讲))/,
    unless:
      /(?:别|不要|不|没|没有|勿|莫|难|差点|不会|不能|不许|永远|怎么|为什么)(?:把.{1,14})?忘|忘(?:不|带|拿|关|买|说|告诉|了说|了告诉|了带|记带)|我(?:都|也|又|已经|好像|总是|全|可能|把.{1,14})*忘|(?:忘了|忘记了|忘掉了?|忘)(?:.{0,6})吗|是不是|^忘了(?!.*吧)|忘记.*了$/,
  },
  {
    when: /(?:别|不要|不用|不必|甭)(?:再|去)?记(?:住|着|得|下来|下|录)?(?:了|它|这|那|我(?:刚|说|讲|的)|刚|在|$)|(?:当|当作|当做|假装)(?:作|是)?(?:我|你)?(?:什么都|什么也|从来?|根本)?没有?(?:说|讲|听|提|看)/,
    unless: /我(?:不要|不用|不必|别)|别当|不要当/,
  },
];
