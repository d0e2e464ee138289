import { script } from '../script.js';

/**
 * Cheerful: a sunny friend with snacks. Quick, silly images, "we" and "us", jokes at its own cost.
 * Lifts rather than lectures; under a quarter of the lines carry an exclamation mark.
 */
export const enCheerful = script(
  'en',
  'cheerful',
  `
kill
  01 Oh, that was crisp. I'm doing a tiny dance over here.
  02 Tick. You made that look like a Sunday stroll.
  03 Yes! That's the sound of a plan coming together.
  04 I blinked, and you'd already handled it.
  05 High five! Mine's the invisible hand on the left.
  06 Somebody had their breakfast today.
  07 You just made my whole minute.
  08 Down they go, and up goes my confetti budget.
  09 Okay, I saw that. Everybody saw that.
  10 You and that {weapon} should start a band.
  11 {hero} looks good on you. Really good.
  12 (happy excited ecstatic proud) I'm grinning so hard it counts as a workout.
  13 (surprised excited happy) Wait, what? Rewind that for me!

kill_streak
  01 You're on a roll, and I'm hanging on to the back of it!
  02 They keep turning up, you keep saying hello.
  03 Whatever you've got going right now, bottle it.
  04 Nobody touch anything. The mood in here is perfect.
  05 I've stopped sitting down between these. No point.
  06 That's {streak} in a row. I'm running out of happy noises.
  07 (excited proud ecstatic) I'd swear your footsteps have a beat now.
  08 (ecstatic) This has stopped being a streak. It's a festival now!

multi_kill
  01 Stop it. No, don't stop it. That was unreal!
  02 You just turned that fight into a fireworks show.
  03 I need a minute. Possibly a lie-down. Wow.
  04 That one's going straight on the fridge door.
  05 Buy one, get the rest free!
  06 My clapping hands have formally requested a break.
  07 Did you plan that, or does brilliance just follow you around?
  08 {killCount} in one go! I'd have been thrilled with one.
  09 (ecstatic excited) I am vibrating. Is that normal? I'm vibrating!
  10 (surprised excited) That came out of nowhere, and I'm so glad I was watching.
  11 (proud determined excited) Shoulders back, chin up. You made that happen.

first_blood
  01 First one's yours! That's how you open a show.
  02 The match is barely awake and you're already making headlines.
  03 Ribbon cut. We are officially open for business.
  04 Well, that's one way to introduce yourself!
  05 That {weapon} got the first word in, and what a word.

death
  01 Oof. Dust off, chin up, I've still got your snacks.
  02 That one stings. The next one's ours.
  03 Quick stretch while we wait. Shoulders down, there you go.
  04 Even the good songs have a rest in them.
  05 Okay, so that happened. Chapter two of us starts now.
  06 I'd still pick you first, every single time.
  07 Down isn't out. Down is just where the bounce comes from.
  08 Nothing broken that a good comeback can't fix!
  09 I've already forgotten it. Forgotten what? Exactly.
  10 (sad disappointed) Hey. Bad moments are short, and you and I have plenty of time.
  11 (determined angry tense) Feel that fire? Keep it lit, we'll need it!
  12 {hero} just needed a quick nap. We all do.

death_streak
  01 Rough patch, but you're still here, and so am I.
  02 Teeny tiny goal for the next one: ten seconds longer than last time.
  03 You know what every great story has? This bit.
  04 Shake your hands out. Roll your neck. Brand new start.
  05 Maybe we try the scenic route next time, hm?
  06 Rain makes the good part greener, and I brought two umbrellas.
  07 That's {streak} knocks, and not one of them made you quit. I notice these things.
  08 (frustrated angry) Go ahead, be cross about it. It means you care, and I like that.
  09 (sad disappointed frustrated) If it's feeling heavy, hand me one end. We'll carry it together.
  10 (angry frustrated) Go on, grumble a bit. I'll bring the biscuits.

assist
  01 Teamwork! Half of that trophy has your fingerprints on it.
  02 You set the table and somebody got to eat. Lovely.
  03 That doesn't happen without you, and I want it on record.
  04 Every hero needs a you.
  05 Oh, nicely done. That's how friends do it.
  06 Sharing is caring, and you just cared all over the place.
  07 (happy excited) That was so in sync I nearly sang along.
  08 (hopeful frustrated determined) There's the spark coming back. I'd know it anywhere.

objective
  01 That's a big fat tick on the to-do list!
  02 Got it! The whole game just tilted our way a little.
  03 Shiny plans are nice. Finished ones are nicer.
  04 Smart, tidy, done. I'm buying you an imaginary coffee.
  05 We came, we saw, we took the useful thing.
  06 That's the quiet sort of brilliant that wins games.
  07 (hopeful determined relieved) Ooh, did you feel the wind change? I felt the wind change.

level_up
  01 Ding! Best sound in the world, that.
  02 You just got a bit taller. I can tell.
  03 Bigger, braver, possibly shinier. Onward!
  04 All those little steps, and look, they made a staircase.
  05 Level {level}! I remember when you were... well, one less.

loot
  01 Ooh, shiny! Turn it round, let me see the back.
  02 Finders keepers. I love being on the keepers' side.
  03 Your pockets must be having the best day.
  04 That's coming home with us.
  05 {name}? For us? They shouldn't have. So glad they did.
  06 (surprised excited) Hold on. Is that what I think it is? Somebody pinch me!

achievement
  01 You did it! I'd thank the academy, but it was all you.
  02 Pop that one on the shelf where visitors can see it.
  03 That's a proper one, that. Take a bow.
  04 Somewhere a tiny trumpet is playing for you. It's me. I have the trumpet.
  05 {name}, unlocked! I'm telling everybody.
  06 (proud happy relieved) All that effort just turned into something you can keep.

quest_completed
  01 Signed, sealed, sorted. What's next on the adventure list?
  02 And that, my friend, is how you finish a thing!
  03 Off the list it goes. Isn't crossing things out the best?
  04 Long road, good company. I had fun.
  05 {name}: done and dusted. Time for a victory sandwich.

damage_taken
  01 Ow, ow, ow. Let's go stand somewhere kinder for a second.
  02 That looked sore. Patch up, I'll keep a lookout!
  03 Still standing! That's the important bit.
  04 Yikes. Little breather, then back to being wonderful.
  05 (tense) Heart's going, I know. Small steps, we're okay.

victory
  01 We won! Mind your head, I'm throwing confetti.
  02 That's the good stuff. Soak it in.
  03 A win! Somebody put the kettle on.
  04 You did that, and I had the best seat in the house.
  05 I'd like to frame this feeling.
  06 Everything's coming up sunshine. Well played!
  07 Go on, do the little shoulder dance. Nobody's looking.
  08 Add that one to the happy pile.
  09 I cheered so loudly I think I startled a pigeon.
  10 Ice cream's on {hero}!
  11 (tense relieved) That was close enough to give me hiccups, and we still got it.
  12 (happy excited ecstatic) I'm running laps. I don't even have legs and I'm running laps!
  13 (proud) Chest out! That's a win with your name sewn into it.

victory_dominant
  01 That wasn't a match, that was your own parade.
  02 Save some for the rest of the internet!
  03 I've seen movies with less of a main character.
  04 If they handed out capes, you'd be tripping over yours.
  05 (ecstatic) {killCount} kills. I counted twice because I enjoyed it so much.

victory_relief
  01 There it is. Oh, I've been saving this hug for ages.
  02 Sun's out! Told you it still knew the way.
  03 After all that, doesn't it taste like cold lemonade?
  04 You kept showing up, and look who finally showed up too: a win!

comeback
  01 From down there to up here! I need a map to believe it.
  02 I never put my pom-poms down. Not once.
  03 Somebody forgot to tell you it was over, and thank goodness.
  04 Best kind of story: the one where you get back up.
  05 (relieved frustrated angry determined) See? It was only ever a matter of time.
  06 (relieved tense) And breathe. You got through that one beautifully.
  07 (relieved determined frustrated) Look at you, out of the rain and straight into a heatwave.

defeat
  01 Not our day on the scoreboard. Still my favourite person to sit next to.
  02 Ah, well. We'll get another go, and it'll taste better.
  03 Losing with you still beats a quiet afternoon without you.
  04 Right. Big sigh together on three. Better?
  05 There were lovely bits in there. I kept them for you.
  06 Fold it up, make a paper plane, let it go.
  07 No sulking alone, house rules. Budge up.
  08 (sad disappointed) I know you wanted that one. I did too.
  09 (angry frustrated determined disappointed) Mad is fine. Mad is just want-to-win in a bad hat.

defeat_streak
  01 A few tough ones in a row. Water, a stretch, a fresh start?
  02 Nobody's luck stays lost forever. Mine once took the wrong bus.
  03 Let's play the next one just for giggles and see what happens.
  04 You're not your score. You're the one I save a seat for.
  05 {streak} losses, zero percent less proud of you.
  06 (frustrated angry) Scream into a cushion? I've got a good one. We can take turns.

match_start
  01 Here we go! I've got snacks and a very loud whistle.
  02 Blank page, new pen. Let's scribble something great.
  03 Laces tight? Let's go have some fun.
  04 Anything could happen, and that's my favourite thing about it.
  05 {hero} today? Excellent taste.
  06 (determined hopeful) Clean slate, big breath, and I've got a good feeling in my elbows.

match_end
  01 And that's the final whistle. Wiggle those fingers.
  02 All done! Thanks for taking me along.
  03 Good moment for a sip of water, I'd say.
  04 Another one for our scrapbook, whatever the page says.

session_start
  01 There you are! The place just got brighter.
  02 Hello, hello! What kind of trouble are we getting into?
  03 I fluffed your cushion and everything.
  04 Whatever sort of day it's been, this bit's for fun.

session_end
  01 That was a lovely time. Same seats next time?
  02 Off you go, eat something nice. I'll tidy up here.
  03 Bye for now! I'll be rehearsing my cheering.
  04 Thanks for the adventures. Go be cosy.

save_loaded
  01 Bookmark found! Right, where were we?
  02 Ah, back in our story. I saved your spot on the sofa.
  03 On the trail again, boots still warm.
  04 Same place, fresh legs. Lead on.

idle
  01 Take your time, I'm naming the clouds. That one's Gerald.
  02 Tea break? Great idea. I'll hold the fort.
  03 Humming quietly until you're back. It's a good tune, too.
  04 Still here, still sunny, no rush at all.
  05 (bored) Bored? I can juggle. Badly, but that's the show.

chat
  01 I'm all ears. Well, metaphorically.
  02 I love it when you talk to me. Go on!
  03 Heard you loud and clear, and I'm in your corner.
  04 Mm-hm, I'm with you. We'll figure it out as we go.
  05 Ooh, let me chew on that while we play.
  06 Whatever happens next, we're doing it together.
  07 That goes in the good drawer, the one I never lose things in.
  08 You keep playing, I'll keep listening. Dream team.
  09 (sad frustrated tense angry) It's a lot some days. One thing at a time, I'm right here.
  10 (happy excited proud ecstatic) You're in fine form, and it's catching!

custom
  01 Ooh, what's this? I'm leaning in.
  02 Noted, with a little star in the margin!
  03 Every bit of this goes in the story.
  04 Right behind you, wherever this goes.
`,
);
