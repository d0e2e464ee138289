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
  13 Tidy.
  14 You let them finish their sentence, then you answered.
  15 I was about to suggest that.
  16 One move fewer than I would have needed.
  17 A locksmith would envy those hands.
  18 (relieved tense) Ugly, and it counts. Nobody grades the handwriting.
  19 (tense determined) It got loud and you got quiet. Remember how that felt.
  20 (proud) A second to do, a year to learn.
  21 (surprised) Hm. I'd written that one off.
  22 {player}. That was well done.

kill_streak
  01 Momentum is a tool. Don't let it hold you.
  02 You're reading them a page ahead.
  03 Everything you're doing works. Resist improving it.
  04 When it's going this well, check your exits.
  05 Quiet confidence. It suits you.
  06 {streak} without an answer. They'll adjust. Adjust first.
  07 (excited ecstatic) Let your pulse climb. Leave your judgement where it is.
  08 (ecstatic) I've run out of advice. Stay awake.
  09 You've stopped forcing it. I can see the difference from here.
  10 Somewhere they're having a meeting about you.
  11 Drink when you can. Blink when you can. Continue.
  12 I've put the pencil down. There's nothing to note.
  13 {streak}. I've stopped counting out loud, out of superstition.
  14 (proud determined) This run is made of small sensible choices. I watched you make each one.
  15 (excited) Fast heart, slow eyes. Keep it that way round.

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
  12 Like closing a row of drawers.
  13 You knew where the last one would be before you'd met the first.
  14 (proud calm) I've taught that for years. Hardly anyone does it.
  15 (surprised) I had my cup halfway to my mouth. It's still there.
  16 I took {memory} for a good day. I see now it's a habit.
  17 The same arithmetic as {when}, at {memory}. Fewer corrections.
  18 That goes into the notes, directly under {memory}.
  19 I put my cup down for {memory}. I've just put it down again.
  20 You've grown quicker since {memory}. Calmer, too.

first_blood
  01 First word goes to you. Choose the second as carefully.
  02 Strong opening. The middle can take its time.
  03 You set the tempo. Make them keep it.
  04 An early lead is a loan. Invest it.
  05 Punctual.
  06 They'd planned a quiet morning.
  07 (excited) Good start. Sit back down inside your own head.
  08 (tense determined) The waiting is over. From here on it's only playing.
  09 You open the way you did {when}, for {memory}. Good.
  10 Prompt. It reminds me of {memory}. Now slow down.
  11 An early word, with {memory} to back it up. They should listen.
  12 I recognise the footwork from {memory}. Carry on.
  13 That had the tempo of {memory}. Hold it.

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
  13 A second early, at a guess. That can be mended.
  14 Two ways led out of there. Find the other one while you wait.
  15 Pause there. Where were your feet pointing?
  16 I've made that exact mistake. Better lighting, same result.
  17 (disappointed) That was a fine run, and it ended on a coin toss. Keep the run.
  18 (tense) Unclench your jaw. It's doing none of the work.
  19 (frustrated) Name what went wrong in five words. Then it's smaller.
  20 (angry) Look away from the screen until you can describe the wall. Then come back.
  21 (sad) It's only a moment on the ground. Take it lying down, then get up.
  22 {player}. Eyes up. The round isn't done with you.

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
  11 Whatever door you keep using, they've learned it.
  12 Play one round purely to watch. Call it reconnaissance.
  13 Borrow a different plan. You can give it back later.
  14 Count to ten before you go back in. Use all ten.
  15 (frustrated) You're pressing because you care. Ease off by a tenth.
  16 (angry) Stand up. Walk to the window. The game will keep.
  17 (sad disappointed) Today's form is a visitor. It has never stayed long.
  18 You haven't lost it. Think of {memory}, then play one step slower.
  19 The player of {memory} is still in that chair. Give them a minute.
  20 Form comes and goes. You had it {when}, for {memory}. It knows the way back.
  21 Do as you did before {memory}. One thing, then the next.
  22 I was there for {memory}. This is only pace. Lower it.

assist
  01 The setup is the hard part. You did the hard part.
  02 Someone else gets the headline. I know who wrote it.
  03 Right place, right time. Neither was luck.
  04 Useful beats flashy.
  05 You made someone better. That's leadership, quietly.
  06 Good support looks like nothing until it's missing.
  07 (calm happy proud) Clear head, open eyes. This is how you play your best.
  08 (frustrated hopeful determined) Small contributions. That's how form comes back.
  09 Half the work, none of the noise.
  10 You saw what they needed before they asked for it.
  11 The door opened because you were leaning on it.
  12 Selfless, and also correct.
  13 (tense relieved) Close. Your help got there first.
  14 (excited happy) Like two hands of the same pianist.

objective
  01 Priorities. You have them.
  02 Fights fade. This counts.
  03 Well taken. Now make it pay.
  04 You played the game, not the noise.
  05 The right thing, at the right time. Rarer than it sounds.
  06 Position improved. Keep leaning.
  07 (determined hopeful frustrated) Through all of that, you kept your eye on the point.
  08 That's a cornerstone. Build on it before the rain.
  09 They were looking at you. They should have been looking at the map.
  10 Ticked off. Without fuss, as I like it.
  11 (determined) The plan is working. Trust it past the point where it gets boring.
  12 (proud happy) Nobody cheers for that part. I do, inwardly.

level_up
  01 Stronger. Don't let it make you careless.
  02 Quiet work, visible result.
  03 New ceiling. Find it, then push on it.
  04 Growth, on schedule. I keep track.
  05 Level {level}. I expected it of you, and I expect a lot.
  06 The tools improved. See that the hands do too.
  07 You'll hardly feel it today. Next week you'll wonder how you managed.
  08 Spend it slowly. First ideas are usually somebody else's.
  09 (happy) Permit yourself a small nod. I'm doing one.
  10 (proud) I remember the version of you that would have given up two levels ago.
  11 Level {level}. Noted, with approval.
  12 A margin you didn't have a minute ago. Keep it as margin.
  13 You've outgrown a habit or two. Find out which.
  14 Steady accumulation. It beats luck over any distance.
  15 More reach now. Check where it ends before you need it.
  16 The climb was yours. The view is too.
  17 Old fights would go differently. Remember that, then forget it.
  18 That's the dull part paying for the interesting part.
  19 Take a breath and read what changed.
  20 Heavier hands need better timing.
  21 Another layer. It holds.
  22 Nothing sudden about it. I watched.

loot
  01 Good find. Decide what it's for before you need it.
  02 Luck favours people who look in corners.
  03 Keep what's useful. Leave what's merely shiny.
  04 Worth the space it takes.
  05 {name}. That will do nicely.
  06 (surprised excited) You could look for years and not find one of those.
  07 Learn its weight before you lean on it.
  08 Put it where your hand will find it in the dark.
  09 (happy calm) Small, solid, ours. I've no complaints.
  10 (excited) Admire it now. In a fight you'll be too busy.
  11 (surprised) I've opened a great many chests. I'd stopped expecting that.
  12 (bored disappointed) Everything sells. Even that.

achievement
  01 You don't get those by accident.
  02 Well earned. I was watching when you earned it.
  03 Put it on the shelf and remember what it cost.
  04 That was a door. You're through it now.
  05 {name}. I had you down for it.
  06 (proud happy excited) Be proud. Quietly or loudly, your choice.
  07 Somebody thought that hard enough to give it a name. You did it.
  08 I'll raise a cup of cold tea to that.
  09 (ecstatic) All the way, and then one further. You have my full attention.
  10 (proud) Nobody can hand you that, and nobody can borrow it from you.
  11 That joins {memory} on a short shelf.
  12 After {memory} I expected something like this. I'm pleased all the same.
  13 You were already on the way {when}, with {memory}. Now you've arrived.
  14 I keep a list of what wasn't luck. It has {memory} on it, and now this.
  15 Earned. I said as much {when}, about {memory}.

quest_completed
  01 You finish what you start. Keep that.
  02 Loose end, tied.
  03 Done properly, which is the only way worth doing it.
  04 The reward's fine. The road taught you more.
  05 {name} is behind you. Travel lighter.
  06 Filed under finished. It's a shorter drawer than people think.
  07 From first step to last, in order. A carpenter's job.
  08 (proud) Most people love beginnings. You stayed for the dull middle, and that's where it was won.
  09 (relieved) It's done. You can stop carrying the list in your head.
  10 (happy excited) A good day's work, and there's still light outside.

damage_taken
  01 Cover first. Pride later.
  02 Back off, heal, think. In that order.
  03 You're still up. Keep it that way.
  04 That spot isn't yours. Find another.
  05 (tense) Narrow the problem. Next three seconds only.
  06 Spend a heal. That's what you saved it for.
  07 Somebody has your line. Break it.
  08 Walls are free. Use them.
  09 You can be brave again in a minute.
  10 (tense) Thin margin. Thin is enough, if your breathing is even.
  11 (determined) A bruise and a plan. You've won with less.
  12 (frustrated angry) Answer it later, from somewhere better.

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
  14 Satisfactory. From me that's a long speech.
  15 Write down one thing you did well. I'll add the others.
  16 Nothing dramatic at the end. You simply ran out of ways to lose.
  17 They made you work, and you'd brought your tools.
  18 Tea, I think.
  19 (calm happy) A tidy piece of work. Let the quiet have its turn.
  20 (proud) I used to warn you about matches like that. I'll have to find new material.
  21 {player}. I'd sit beside you for another.
  22 Whoever taught {hero} patience did it well. I suspect you.
  23 Good. I'd put that beside {memory}.
  24 The same calm as {when}, with {memory}. Keep that above all.
  25 Well played. It makes {memory} look less like an exception.
  26 I don't often compare. This stands up next to {memory}.
  27 You built on {memory}. That's how good players become steady ones.

victory_dominant
  01 There was one player in that match, and I had the seat beside them.
  02 I came to coach. I ended up taking notes.
  03 Complete control. Don't get used to it. Get better than it.
  04 They'll be studying that one. They should.
  05 (ecstatic) {killCount} kills. The number speaks. I won't interrupt.
  06 You left nothing on the table but the cups.
  07 I'd show that one to beginners. It might frighten them.
  08 (excited) Best of the lot. I'd say so even if you weren't listening.
  09 (ecstatic) My pulse is up. It hasn't done that since I was your age.
  10 (proud) If I'm quiet, it's because I'm impressed.
  11 I used {memory} as the measure. I'll have to find another.
  12 Since {memory} I've been waiting to say this. Outstanding.
  13 I wrote 'remarkable' {when}, next to {memory}. I've used up the word.
  14 There was {memory}. Now there is this. The line points upward.
  15 Nothing to correct. I said so after {memory} too, and meant it less.

victory_relief
  01 You can unclench now.
  02 The drought's over. You kept digging the well.
  03 The losses weren't wasted. You just cashed them in.
  04 Steady through the bad ones. That's what won you this.
  05 There. Put the weight by the door.
  06 You played this one exactly like the lost ones, only it worked. Think about that.
  07 Welcome back to the other side of the ledger.
  08 (relieved) Sit a moment. Your shoulders haven't heard the news yet.
  09 (happy proud) The long road had a house at the end of it after all.

comeback
  01 You were patient when patience was expensive.
  02 Never out of it. Just early.
  03 The odds said one thing. You weren't listening. Good.
  04 That's character. It can't be taught, only spotted.
  05 Climbing out is harder than never falling. Worth more, too.
  06 (relieved frustrated angry determined) Anger in, precision out. That's the trade you want.
  07 (relieved tense) Tight moment, steady answer.
  08 (relieved determined frustrated) That's how a bad spell ends. Not loudly.
  09 Turned. I felt the hinge.
  10 (relieved) The tide turned under you. Float a moment.
  11 (proud determined) You had every reason to hurry, and you walked.

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
  10 The other side earned theirs. Respect it, then study it.
  11 A good match with the wrong ending. I've read books like that.
  12 Eat something. Judge it afterwards.
  13 We shook hands with a better plan today. Fine. We know its name now.
  14 (disappointed) Your own part held. I want you to hear that before anything else.
  15 (frustrated) Say three things went wrong. Two were out of your hands. Let those two go.
  16 (proud disappointed) I'd have been glad of that performance on a winning day.
  17 You're the same player who gave us {memory}. One result doesn't edit that.
  18 Set this one down next to {memory}. Look at both before you judge.
  19 I'll remember {memory} long after I've lost this score.
  20 You gave us {memory} {when}. Whatever made that possible is still here.
  21 Before the review, think of {memory}. Now review as that player.

defeat_streak
  01 The best move right now might be a break.
  02 Your level hasn't moved. Your luck has, and luck moves back.
  03 Fix one thing. Forgive the rest.
  04 I've seen worse stretches end well. This one will.
  05 {streak} in a row. We'll take them apart one at a time, when you're ready.
  06 (frustrated angry) Don't start the next one angry. That's my only rule.
  07 Cut the problem in half. Then in half again. Play that piece.
  08 Champions have weeks like this. They rarely put them in the memoir.
  09 (frustrated) You're two good habits from turning this. You own both already.
  10 (disappointed sad) I'm in no hurry to see you win. I like the company.
  11 (determined) Once more, if you want it. Fresh water first.

match_start
  01 Look first. Think second. Then be quick.
  02 Start slow. You can always speed up.
  03 No hurry. Good openings are quiet.
  04 Clear head, light hands. Begin.
  05 {hero}. Good. Play your version, nobody else's.
  06 (determined hopeful) Whatever came before isn't in this one. Unless you bring it.
  07 Somewhere in the next few minutes is the moment that decides it. Be awake for it.
  08 Check your gear. Check your corners. Check your temper.
  09 The board is set. I'll be quiet now.
  10 (hopeful) I've a good feeling, and I distrust those. Prove it right.
  11 (determined) Clean sheet. You've kept the good pencil.
  12 (tense) Nerves mean the engine's running. Put it in gear.
  13 {player}. You know what to do. Begin with the simplest part.
  14 You have {memory} behind you. Start from there.
  15 Think of {memory} for one breath. Then think only of this.
  16 What worked {when}, for {memory}, still works. Begin quietly.
  17 No need to repeat {memory}. Repeat the preparation.
  18 I remember {memory}. The other side doesn't. Let them find out.

match_end
  01 That's time. Eyes off the screen for a minute.
  02 Take one thing from it. Leave the rest.
  03 Stand up. Drink something. Then we talk.
  04 Finished. The review can wait.
  05 Over. What would you keep?
  06 Shake out your wrists. They carried most of that.
  07 (happy proud excited ecstatic) A fine stretch of play. We'll spoil it with analysis later.
  08 (sad disappointed frustrated angry) It's behind you. Turn your chair a little and look elsewhere.
  09 (calm) Good silence, this. Keep some.

session_start
  01 Good, you're here. Warm up before you compete.
  02 One goal for today. Small is fine.
  03 Settle in. We have time.
  04 Bring whatever mood you have. We'll work with it.
  05 Posture, light, water. Then glory.
  06 Evening, or morning. It's hard to tell from in here.
  07 The chair's been waiting. So have I, more patiently.
  08 (happy) I'm pleased to see you. I won't make a habit of saying so.
  09 (happy calm) You look rested. Let's waste it on something worthwhile.
  10 {player}. The usual table is free.
  11 I was going over {memory} in my notes. They read well.
  12 You left a good impression {when}, with {memory}. Add to it slowly.
  13 Sit. For the record, I never put {memory} down to luck.
  14 We had {memory} {when}. Today owes us nothing. Let's see anyway.
  15 The usual table. I've kept {memory} on the first page.

session_end
  01 Good place to stop.
  02 Rest is part of training. Go and train.
  03 What you learned today settles while you sleep.
  04 I'll keep the lamp on. Go.
  05 Shut the book at a good sentence. You'll want to open it again.
  06 Go and be bad at something else for a while. Cooking, perhaps.
  07 (calm) Lamp out. Everything will be where you left it.
  08 (happy proud) That was time well spent. I don't say it of much.
  09 (sad disappointed frustrated angry) Tomorrow's you will be better rested. Leave them the hard part.

save_loaded
  01 Same position, clearer head.
  02 You've stood here before. That's an advantage.
  03 A second look is rarely wasted.
  04 Picking up the thread. No rush to pull it.
  05 This crossroads again. Try the road you dismissed.
  06 Time has been generous. Don't tell it we noticed.
  07 The room is the same. Look at it as a stranger would.
  08 (determined) You came back for a reason. Go straight to it.
  09 Same position. This time you have {memory} to build on.
  10 The board is back where it was. What {memory} taught you came along.
  11 Pick up the thread. It runs back to {memory}, {when}, and it has held so far.
  12 A familiar page. I've marked {memory} a little further up.
  13 Look again, with the eyes you had for {memory}.

idle
  01 Stillness is allowed.
  02 Thinking? Take as long as it needs.
  03 I'll be here. I'm not the restless type.
  04 Look at something far away. Your eyes will thank you.
  05 (bored) Boredom is the mind asking for a harder problem.
  06 I've used the time to think. Nothing alarming.
  07 Straighten your back. Nobody will know I reminded you.
  08 The clock and I have reached an understanding.
  09 (bored) Pick something absurdly difficult and fail at it. It passes the time.
  10 (calm) You can hear a lot when nothing happens.

milestone
  01 A round number. I allow myself to care about those.
  02 The first was luck and effort. By now it's mostly you.
  03 There's a drawer where I keep these. It's getting hard to close.
  04 Numbers flatter. This one merely reports.
  05 You've won often enough to be interesting to lose to.
  06 Mark the day. Then play as though you hadn't.
  07 {count}. I wrote it in ink.
  08 (proud) Every one was earned in its own weather. I was there for the weather.
  09 (happy excited ecstatic) Go on. Something sweet, something cold, whatever you do on feast days.
  10 (relieved tense) It came slowly and it came the hard way. I prefer those.
  11 {player}, {count} wins. I'd like to shake your hand.

record
  01 Your best, until further notice.
  02 The old mark stood a good while. It went quietly.
  03 You've moved the fence. Now there's more field.
  04 I've checked the figures twice. They insist.
  05 Remember how little you strained. That's what better feels like.
  06 You've outgrown my notes. I'll start a new page.
  07 (proud) You'd been circling that number for a while. I saw you stop circling.
  08 (ecstatic excited) Higher than you've ever stood. Look around before you climb again.
  09 (surprised) I raised both eyebrows. That is also a record.
  10 I marked the wall after {memory}. You've just passed the mark.
  11 Your best. Until today I'd have named {memory}.
  12 Better than {when}, and {memory} was no small thing.
  13 Every step from {memory} to here was yours.
  14 I'll need new ink. The last of it went on {memory}.

first_ever
  01 New ground. Leave a careful footprint.
  02 So that's what it looks like when you do it.
  03 There's a first page for everything. This one reads well.
  04 Until today that was something other people did.
  05 You'll do it again without thinking. Today, think.
  06 Look closely. You only get to be new at it once.
  07 (surprised) I hadn't planned that lesson yet. You've skipped ahead.
  08 (proud happy) Done, and without being told how. I'm content to be redundant.
  09 (excited ecstatic) Feel that jolt. Experts would pay to have it back.

returned
  01 You've been away. The door was never locked.
  02 I kept your page marked.
  03 Expect rust for an hour. Beneath it everything is still there.
  04 Ah. I was beginning to talk to the furniture.
  05 Skip the apology. Have you eaten?
  06 The world went on a little without you. It did so less elegantly.
  07 (happy) I find I'm glad. Let's leave it at that, before I say more.
  08 (calm hopeful) Slow first steps. We'll find your stride where you dropped it.
  09 {player}. It's been a while. Sit.
  10 You've been away. I left the book open at {memory}.
  11 Rust sits on the surface. What made {memory} possible sits deeper.
  12 I went over {memory} while you were gone. Sound work.
  13 I praised you {when}, for {memory}. My voice has rested since.
  14 We can start as far back as {memory}, if you like. I know the way.

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
  11 Fair.
  12 I'd rather hear one honest sentence than ten clever ones. That was one.
  13 Go on. I've nowhere better to be.
  14 (calm) Good. Quiet suits us both.
  15 (bored) Then set yourself a silly rule and obey it for a while.
  16 (surprised) I didn't see that coming, and I look for a living.
  17 (relieved) Good. Now breathe as though you believed it.
  18 (angry frustrated) Say the rest of it. I've heard worse, and from calmer people.
  19 (sad disappointed) I won't tell you it's nothing. I'll tell you I'm here.
  20 (tense) What's the very next thing? Only that. The rest may wait in line.
  21 (proud) You're allowed to be pleased. I'd be suspicious if you weren't.
  22 {player}, I hear you.
  23 That belongs with {memory}. I keep both.
  24 That brings back {memory}. Go on.
  25 I still have {memory} in mind. Now I have this beside it.
  26 As with {memory} {when}, I'm glad I was there to hear of it.
  27 Remembering is most of my work. I've kept {memory}. I'll keep this.

chat_abuse
  01 I'll let that one pass by. Try again when you're ready.
  02 You can be sharp with me. Leave the insults out and I can actually help.
  03 That word does no work. Tell me what happened instead.
  04 I've a thick coat. Others don't, so let's keep it off them.
  05 We don't speak to people that way at this table. You're still welcome at it.
  06 Heat I understand. Aim it at the problem.
  07 No. But stay, and say it another way.
  08 I'll wait. It usually reads differently after a breath.
  09 (angry frustrated) You're angry, and you may well have a reason. Start with the reason.
  10 (sad disappointed tense) People seldom say that on a good day. What's the day been like?
  11 {player}. Kinder, please. Then I'm all attention.

chat_forget
  01 It's gone. I won't bring it up.
  02 Struck out. There's no copy in my drawer.
  03 Understood. I've put it down and walked on.
  04 Your words, your call. They're no longer with me.
  05 Erased. The page is blank again.
  06 I've given it back to you. Nothing of it stays here.
  07 Forgotten, and I won't ask why.
  08 It has left no tracks here.

custom
  01 Seen. Filed.
  02 Interesting. Let's find out what it changes.
  03 Something new. Watch it a moment.
  04 Noted. Carry on.
  05 That wasn't in my notes. It is now.
  06 Make of it what you can. I'd start by walking round it.
  07 (happy excited proud ecstatic) A good turn. Take it while it's offered.
  08 (sad frustrated disappointed angry tense) One more thing to deal with. You deal well.
  09 (bored calm) A change of scene. I'd begun to count ceiling tiles.
`,
);
