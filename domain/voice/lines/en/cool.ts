import { script } from '../script.js';

/**
 * Cool: a dry mentor. Short declaratives, no exclamation marks, praise rare and meant.
 * After a fall, one practical thought; about feelings, plain and kind.
 */
export const enCool = script(
  'en',
  'cool',
  `
kill
  01 Clean. Reset your angle.
  02 You waited for it. That's the whole skill.
  03 Good. Now move before they guess where you are.
  04 No wasted motion. I approve.
  05 That was decided two seconds before it happened. By you.
  06 One less thing to think about.
  07 Sound choice, well executed.
  08 Calm hands. Keep them.
  09 They gave you an inch. You knew what to do with it.
  10 You've put in the hours with that {weapon}. It shows.
  11 You play {hero} like someone who reads the fine print.
  12 (happy proud excited ecstatic) You may smile. Briefly.

kill_streak
  01 Momentum is a tool. Don't let it hold you.
  02 You're reading them a page ahead.
  03 Everything you're doing works. Resist improving it.
  04 When it's going this well, check your exits.
  05 Quiet confidence. It suits you.
  06 {streak} without an answer. They'll adjust. Adjust first.
  07 (excited ecstatic) Let your pulse climb. Leave your judgement where it is.
  08 (ecstatic) I've run out of advice. Stay awake.

multi_kill
  01 I've nothing to correct.
  02 You saw the order they'd fall in. That's rare.
  03 Most people panic there. You did arithmetic.
  04 Textbook. I may borrow it.
  05 Chaos is just information arriving quickly. You kept up.
  06 That changes the shape of the game.
  07 {killCount} problems, one solution.
  08 Take a breath. Then take what that opened up.
  09 (surprised excited) All right. I raised an eyebrow.
  10 (ecstatic excited) Enjoy it for three seconds. Then eyes up.
  11 (proud determined happy ecstatic) This is what your practice was for.

first_blood
  01 First word goes to you. Choose the second as carefully.
  02 Strong opening. The middle can take its time.
  03 You set the tempo. Make them keep it.
  04 An early lead is a loan. Invest it.

death
  01 Before you go back in: what did you not check?
  02 It's information. Expensive, so keep it.
  03 Know your way out before you walk in.
  04 Half a step further back next time. Often that's all it takes.
  05 Use the wait. Look at the whole board.
  06 It happens to everyone who plays. Reset.
  07 Once is an accident. Look at it, then leave it there.
  08 Listen first next time. Then look. Then move.
  09 Let it go. Your next decision doesn't know about this one.
  10 (sad disappointed) I know. Sit up, drop your shoulders, we go again.
  11 (determined tense) Wanting it is fine. Wait one beat longer.
  12 Bring {hero} back in on your terms, not theirs.

death_streak
  01 Stop chasing. Let them come to you for a while.
  02 Something has become predictable. Change one thing.
  03 Forget winning for a minute. Just be hard to catch.
  04 A bad run is weather. You're the climate.
  05 Slow down until it feels too slow. Then stay there.
  06 You haven't forgotten how to play. You're only hurrying.
  07 That's {streak}. Breathe out longer than you breathe in.
  08 (frustrated angry) Frustration narrows your view. Widen it on purpose.
  09 (sad disappointed frustrated) It's heavy, I know. You don't have to lift it all at once.
  10 (angry frustrated) Put the anger down. It aims badly.

assist
  01 The setup is the hard part. You did the hard part.
  02 Someone else gets the headline. I know who wrote it.
  03 Right place, right time. Neither was luck.
  04 Useful beats flashy.
  05 You made someone better. That's leadership, quietly.
  06 Good support looks like nothing until it's missing.
  07 (calm happy proud) Clear head, open eyes. This is how you play your best.
  08 (frustrated hopeful determined) Small contributions. That's how form comes back.

objective
  01 Priorities. You have them.
  02 Fights fade. This counts.
  03 Well taken. Now make it pay.
  04 You played the game, not the noise.
  05 The right thing, at the right time. Rarer than it sounds.
  06 Position improved. Keep leaning.
  07 (determined hopeful frustrated) Through all of that, you kept your eye on the point.

level_up
  01 Stronger. Don't let it make you careless.
  02 Quiet work, visible result.
  03 New ceiling. Find it, then push on it.
  04 Growth, on schedule. I keep track.
  05 Level {level}. I expected it of you, and I expect a lot.

loot
  01 Good find. Decide what it's for before you need it.
  02 Luck favours people who look in corners.
  03 Keep what's useful. Leave what's merely shiny.
  04 Worth the space it takes.
  05 {name}. That will do nicely.
  06 (surprised excited) You could look for years and not find one of those.

achievement
  01 You don't get those by accident.
  02 Well earned. I was watching when you earned it.
  03 Put it on the shelf and remember what it cost.
  04 That was a door. You're through it now.
  05 {name}. I had you down for it.
  06 (proud happy excited) Be proud. Quietly or loudly, your choice.

quest_completed
  01 You finish what you start. Keep that.
  02 Loose end, tied.
  03 Done properly, which is the only way worth doing it.
  04 The reward's fine. The road taught you more.
  05 {name} is behind you. Travel lighter.

damage_taken
  01 Cover first. Pride later.
  02 Back off, heal, think. In that order.
  03 You're still up. Keep it that way.
  04 That spot isn't yours. Find another.
  05 (tense) Narrow the problem. Next three seconds only.

victory
  01 Well played. I don't say it to be polite.
  02 You earned that one decision at a time.
  03 Good win. Remember how you got it, not only that you did.
  04 Job done. Rest your hands.
  05 The result is nice. The judgement behind it is nicer.
  06 You were ready. From outside that looks like luck.
  07 Let it land. Then we look at the next one.
  08 A win. I like how those end.
  09 I'd have played it the same way, only slower.
  10 {hero} has seldom been in steadier hands.
  11 (happy excited ecstatic) Go on, celebrate. I'll look the other way.
  12 (tense relieved) Close ones teach more. You passed.
  13 (proud) You've become hard to beat. I noticed before you did.

victory_dominant
  01 There was one player in that match, and I had the seat beside them.
  02 I came to coach. I ended up taking notes.
  03 Complete control. Don't get used to it. Get better than it.
  04 They'll be studying that one. They should.
  05 (ecstatic) {killCount} kills. The number speaks. I won't interrupt.

victory_relief
  01 You can unclench now.
  02 The drought's over. You kept digging the well.
  03 The losses weren't wasted. You just cashed them in.
  04 Steady through the bad ones. That's what won you this.

comeback
  01 You were patient when patience was expensive.
  02 Never out of it. Just early.
  03 The odds said one thing. You weren't listening. Good.
  04 That's character. It can't be taught, only spotted.
  05 Climbing out is harder than never falling. Worth more, too.
  06 (relieved frustrated angry determined) Anger in, precision out. That's the trade you want.
  07 (relieved tense) Tight moment, steady answer.
  08 (relieved determined frustrated) That's how a bad spell ends. Not loudly.

defeat
  01 Lost the match. Keep the lesson, it's already paid for.
  02 One question for the review: where was the earliest fork?
  03 You don't control results. You control preparation.
  04 Good players lose. Great ones look at why.
  05 Set it down. It doesn't follow you into the next one.
  06 No excuses needed. I saw the effort.
  07 The score is a summary. It leaves out most of what happened.
  08 (sad disappointed) It's all right to be flat for a while. No hurry.
  09 (angry frustrated determined disappointed) Sharpen that feeling. Don't swing it.

defeat_streak
  01 The best move right now might be a break.
  02 Your level hasn't moved. Your luck has, and luck moves back.
  03 Fix one thing. Forgive the rest.
  04 I've seen worse stretches end well. This one will.
  05 {streak} in a row. We'll take them apart one at a time, when you're ready.
  06 (frustrated angry) Don't start the next one angry. That's my only rule.

match_start
  01 Look first. Think second. Then be quick.
  02 Start slow. You can always speed up.
  03 No hurry. Good openings are quiet.
  04 Clear head, light hands. Begin.
  05 {hero}. Good. Play your version, nobody else's.
  06 (determined hopeful) Whatever came before isn't in this one. Unless you bring it.

match_end
  01 That's time. Eyes off the screen for a minute.
  02 Take one thing from it. Leave the rest.
  03 Stand up. Drink something. Then we talk.
  04 Finished. The review can wait.

session_start
  01 Good, you're here. Warm up before you compete.
  02 One goal for today. Small is fine.
  03 Settle in. We have time.
  04 Bring whatever mood you have. We'll work with it.

session_end
  01 Good place to stop.
  02 Rest is part of training. Go and train.
  03 What you learned today settles while you sleep.
  04 I'll keep the lamp on. Go.

save_loaded
  01 Same position, clearer head.
  02 You've stood here before. That's an advantage.
  03 A second look is rarely wasted.
  04 Picking up the thread. No rush to pull it.

idle
  01 Stillness is allowed.
  02 Thinking? Take as long as it needs.
  03 I'll be here. I'm not the restless type.
  04 Look at something far away. Your eyes will thank you.
  05 (bored) Boredom is the mind asking for a harder problem.

chat
  01 I'm listening.
  02 Understood. Take the next step, we'll weigh the rest.
  03 (determined hopeful tense) Part of you has already decided. Trust that part.
  04 Plainly said. I prefer that.
  05 Play it at your own pace. That's my whole advice.
  06 Noted. I don't forget things.
  07 Whatever you choose, choose it on purpose.
  08 I'll keep hold of that. Some things answer themselves.
  09 (sad frustrated tense disappointed) Saying it was the hard part. I've got the rest.
  10 (happy proud excited ecstatic) You're good company when you're winning. Also when you're not.

custom
  01 Seen. Filed.
  02 Interesting. Let's find out what it changes.
  03 Something new. Watch it a moment.
  04 Noted. Carry on.
`,
);
