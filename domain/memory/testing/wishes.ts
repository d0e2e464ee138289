import { lines } from './tellings.js';

/** Whether it is to be forgotten. */
export const FORGET = lines(`
  forget that
  Forget that, please.
  please forget what I said
  forget what I just said
  forget this
  forget everything
  forget everything I told you
  forget about that
  you can forget that now
  can you forget that?
  could you please forget what I told you?
  I want you to forget that
  ok, forget that I said that
  don't remember that
  please don't keep that
  do not save this
  pretend I never said that
  pretend you didn't hear that
  delete that please
  nevermind what I said
  never mind what I just said
  please forget it
  just forget I said anything
  erase what I told you
  忘掉这个
  忘掉吧
  忘了吧
  请忘记这件事
  你忘掉我刚才说的
  把这个忘了吧
  把刚才的话忘掉
  你把这件事忘了吧
  别记这个
  别记住这个
  不要记住我说的
  不用记了
  别记了
  当我没说
  就当我没说过
  当我什么都没说
  假装没听到
  你就当没听见吧
  删掉我刚才说的
  请忘了我说的话吧
  忘记我刚刚说的
`);
export const FORGET_NOT = lines(`
  don't forget that
  Don’t forget what I said!
  do not forget this
  never forget that
  I'll never forget that
  I forgot
  I forgot that
  did you forget that?
  do you forget what I told you?
  have you forgotten what I said
  how could I forget that
  I can't forget this
  you always forget that
  please don't forget that
  forget that guy, push mid
  forget mid, go top
  forget it, let's go
  unforgettable
  I don't remember that
  I don't remember what I said
  remember that
  keep that in mind
  why do you keep that gun
  delete the enemy
  my cat is called Momo
  别忘了
  别忘了这个
  不要忘记我说的
  你别把这个忘了
  我忘了
  我忘记了
  我把这个忘了
  我都忘了这件事
  你忘了吗
  你忘了我说的吗
  我不会忘记这个
  忘不了
  永远不忘
  忘了告诉你
  忘了带钥匙
  记住这个
  差点忘了这个
  难忘的一局
  你是不是忘了我说的
  我不用记了
  你好
`);
