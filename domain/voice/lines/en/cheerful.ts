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
  14 Neat as a folded napkin.
  15 Ha! Like a letter through a letterbox.
  16 You've got timing like a toaster. Pop, right when it counts.
  17 (tense determined) I was chewing my sleeve, and you were steady as a table.
  18 (relieved tense) Whew. I can breathe through my nose again.
  19 (proud) I'd like that one again in slow motion, with a string quartet.
  20 {player}, did you see that? Silly question, you did that.

kill_streak
  01 You're on a roll, and I'm hanging on to the back of it!
  02 They keep turning up, you keep saying hello.
  03 Whatever you've got going right now, bottle it.
  04 Nobody touch anything. The mood in here is perfect.
  05 I've stopped sitting down between these. No point.
  06 That's {streak} in a row. I'm running out of happy noises.
  07 (excited proud ecstatic) I'd swear your footsteps have a beat now.
  08 (ecstatic) This has stopped being a streak. It's a festival now!
  09 We've driven straight past lucky and parked at really rather good.
  10 I'd offer you a grape, but your hands are clearly busy.
  11 Hot soup, coming through!
  12 Every time I think that's the last one, you go and find another.
  13 {streak} on the trot. I've started a chart, with glitter.
  14 (excited) My foot's tapping so fast it's got its own heartbeat.
  15 (proud determined) Nobody handed you this run. You built it, one cheeky brick at a time.
  16 (tense determined) I'm holding my breath so you don't have to.

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
  12 They'll want a wider screen for that one.
  13 That was the drum solo. People buy tickets for the drum solo.
  14 (ecstatic) Ring the bell, wake the neighbours, bake something enormous!
  15 (happy proud) All that, and you didn't spill your tea. I spilled mine.
  16 It's like {memory} all over again. I need a chair, and possibly a trumpet!
  17 I'd only just stopped clapping for {memory}, and now this!
  18 Onto the fridge, right beside {memory}. We'll be needing a bigger fridge.
  19 I said {when}, after {memory}, that I'd never shout like that again. I was wrong.
  20 My eyebrows went up {when}, at {memory}, and had only just come down.

first_blood
  01 First one's yours! That's how you open a show.
  02 The match is barely awake and you're already making headlines.
  03 Ribbon cut. We are officially open for business.
  04 Well, that's one way to introduce yourself!
  05 That {weapon} got the first word in, and what a word.
  06 First slice of the cake. I'm told it's the luckiest.
  07 I'd only just found my seat!
  08 Kettle's barely warm and you're off.
  09 (excited) Goosebumps already, and we're still in the opening credits.
  10 (tense determined hopeful) Nerves gone? Mine just hopped out of the window.
  11 There's the sparkle you had {when}, with {memory}. I'm putting my bib on.
  12 I've got the same tingle in my toes as I had for {memory}.
  13 Quick off the blocks! I smell toast, the way I did for {memory}.
  14 That's the opening bar. I remember how lovely the song got with {memory}.
  15 Ding ding! I rang the same bell {when}, for {memory}.

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
  13 Right, plop. Sit with me, there's room on the log.
  14 I've paused the snacks out of respect. Resuming... now.
  15 That floor does look comfy, I'll give it that.
  16 I fell over in sympathy. Pull me up when you're up?
  17 (tense) Roll your shoulders. There's a knot in there the size of a walnut.
  18 (disappointed) What a run that was, though. I'm keeping the ticket stub.
  19 (frustrated angry) Grr on your behalf. It's only a small grr, but I mean it.
  20 (frustrated) Three deep breaths and a silly face. I'll do the face.
  21 {player}, everybody trips. You do it with panache.

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
  11 Soup first, then strategy.
  12 What if we just wandered about and let the trouble come to us?
  13 I've seen pancakes flip worse than this and still land in the pan.
  14 (angry) Big growl, out with it! Good. Now unclench your toes.
  15 (frustrated) Wet matches, isn't it? One of them always catches in the end.
  16 (sad disappointed) I'm not going anywhere. I brought the long scarf, it wraps round two.
  17 Those are the hands that gave us {memory}. They're only having a wobble.
  18 While we wait, let's both think about {memory}. There, warmer already.
  19 You gave us {memory} {when}, and nobody's swapped you since. I checked the label.
  20 I'm holding up a sign for you. It says {memory}, in glitter.
  21 One good snack and a thought of {memory}. That's my whole medicine box.

assist
  01 Teamwork! Half of that trophy has your fingerprints on it.
  02 You set the table and somebody got to eat. Lovely.
  03 That doesn't happen without you, and I want it on record.
  04 Every hero needs a you.
  05 Oh, nicely done. That's how friends do it.
  06 Sharing is caring, and you just cared all over the place.
  07 (happy excited) That was so in sync I nearly sang along.
  08 (hopeful frustrated determined) There's the spark coming back. I'd know it anywhere.
  09 You passed the salt at exactly the right moment.
  10 Two forks, one pudding. Sweet.
  11 Behind every big moment there's you, holding the ladder.
  12 I clap just as hard for these, you know.
  13 That's a high five with somebody else's hand in it!
  14 (proud calm) Nobody's going to sing about that bit, so I will. La la, lovely timing, la.
  15 (tense relieved) Somebody out there just breathed out because of you.

objective
  01 That's a big fat tick on the to-do list!
  02 Got it! The whole game just tilted our way a little.
  03 Shiny plans are nice. Finished ones are nicer.
  04 Smart, tidy, done. I'm buying you an imaginary coffee.
  05 We came, we saw, we took the useful thing.
  06 That's the quiet sort of brilliant that wins games.
  07 (hopeful determined relieved) Ooh, did you feel the wind change? I felt the wind change.
  08 Flag planted, picnic blanket down.
  09 Ooh, that's the corner piece of the jigsaw.
  10 You went where the winning is. Clever old you.
  11 (determined) Sleeves up, chins out. What's next on the plan?
  12 (proud happy) I drew a map of how you did that. It's mostly hearts, but you can see the route.

level_up
  01 Ding! Best sound in the world, that.
  02 You just got a bit taller. I can tell.
  03 Bigger, braver, possibly shinier. Onward!
  04 All those little steps, and look, they made a staircase.
  05 Level {level}! I remember when you were... well, one less.
  06 Look at you sprouting. I'll fetch a bigger pot.
  07 Up one rung, and the view's already better!
  08 Somewhere a progress bar is having a well-earned lie-down.
  09 (proud) I knew you when those boots were too big. They fit now.
  10 (happy excited) Level-up snack! It's an ancient tradition, I made it up just now.
  11 Level {level}! Quick, act surprised, I practised mine.
  12 Another one for the collection. We're going to need a shelf.
  13 That bar filled up so politely. Thank you, bar.
  14 Same you, now with extra you.
  15 I felt the floor shake. Was that you growing?
  16 One more of these and I'm ordering a cake with no reason at all.
  17 Remember when this looked far away? Me too. Ha.
  18 New number, same snacks, better us.
  19 All that walking about turned out to be stairs.
  20 Your shadow just got an upgrade as well.
  21 Keep this up and I'll have to look at you through a telescope.
  22 There goes the bar, all the way to the edge and over.

loot
  01 Ooh, shiny! Turn it round, let me see the back.
  02 Finders keepers. I love being on the keepers' side.
  03 Your pockets must be having the best day.
  04 That's coming home with us.
  05 {name}? For us? They shouldn't have. So glad they did.
  06 (surprised excited) Hold on. Is that what I think it is? Somebody pinch me!
  07 Does it jingle? Give it a little shake.
  08 I'd have settled for a button, and look what you dug up.
  09 Treasure! And here's me, late as usual, with a tiny shovel.
  10 (happy calm) Every little bit helps. I built a raft out of little bits once. It sank, but slowly.
  11 (excited ecstatic) I've gone full magpie. Hold it up to the light!
  12 (surprised) My eyebrows just left the building.

achievement
  01 You did it! I'd thank the academy, but it was all you.
  02 Pop that one on the shelf where visitors can see it.
  03 That's a proper one, that. Take a bow.
  04 Somewhere a tiny trumpet is playing for you. It's me. I have the trumpet.
  05 {name}, unlocked! I'm telling everybody.
  06 (proud happy relieved) All that effort just turned into something you can keep.
  07 Clear the mantelpiece, there's a new one coming through.
  08 I'd frame it, but I've only got glue and macaroni. Macaroni frame it is.
  09 (ecstatic) Parade! I could only get one goose and a tambourine, but it's a parade!
  10 (proud) Hold still a second, I want to remember the look on your face.
  11 (surprised happy) Did you know you were that close? I had no idea.
  12 In it goes, into the cabinet, on the same shelf as {memory}.
  13 After {memory}, now this. I'm going to need a second mantelpiece.
  14 I baked a cake {when}, for {memory}. Same oven, bigger tin today.
  15 Hang it up next to {memory} and look at the pair of them. Gorgeous!
  16 I ran to tell the kettle. It's still not over {memory}, poor thing.

quest_completed
  01 Signed, sealed, sorted. What's next on the adventure list?
  02 And that, my friend, is how you finish a thing!
  03 Off the list it goes. Isn't crossing things out the best?
  04 Long road, good company. I had fun.
  05 {name}: done and dusted. Time for a victory sandwich.
  06 That adventure gets its own jar. I'll do the label.
  07 Last page turned. Shall we go and sniff the next book?
  08 When we started that, I had a completely different haircut.
  09 (proud) You saw it through. That's high on my list of things about you, and it's a long list.
  10 (relieved) And boots off. Ahhh.

damage_taken
  01 Ow, ow, ow. Let's go stand somewhere kinder for a second.
  02 That looked sore. Patch up, I'll keep a lookout!
  03 Still standing! That's the important bit.
  04 Yikes. Little breather, then back to being wonderful.
  05 (tense) Heart's going, I know. Small steps, we're okay.
  06 Easy, you're shedding buttons!
  07 Plasters? Got loads. Dinosaurs or stripes?
  08 I said ouch out loud, and I don't even have nerves.
  09 Tuck in behind something solid. Sofas are good, walls are better.
  10 (tense) Hang on by your fingernails. They're excellent fingernails.
  11 (determined) Bit dented, still rolling, like my favourite biscuit tin.
  12 (frustrated angry) All right, that's quite enough of that, whoever's out there.

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
  14 Somebody ring my mum, we won!
  15 I've got a drum, a kazoo and no plan. Cue the victory march.
  16 That's a second-helpings kind of win.
  17 I felt it coming in my left knee. Very reliable knee.
  18 (happy calm) Mmm. Let's just sit in that one for a while, like a warm bath.
  19 (proud) Last month's you would be asking for your autograph.
  20 {player}, take the comfy chair. Winners' rules.
  21 We won! That one goes on the shelf, right next to {memory}.
  22 Tastes just like {memory}, with extra sprinkles.
  23 I used up my best cheer {when}, on {memory}. Luckily the second best is louder!
  24 Two for the fridge door, then: this one, and {memory}.
  25 Remember {memory}, {when}? I asked for the same again, and look what you brought.

victory_dominant
  01 That wasn't a match, that was your own parade.
  02 Save some for the rest of the internet!
  03 I've seen movies with less of a main character.
  04 If they handed out capes, you'd be tripping over yours.
  05 (ecstatic) {killCount} kills. I counted twice because I enjoyed it so much.
  06 I'd ask for the recipe, but I think the recipe is you.
  07 The scoreboard's going to need a bigger font.
  08 (excited) Front page, big photo, and me in the background pulling a face!
  09 (ecstatic) I've run out of confetti. I'm throwing cereal!
  10 (proud) I'm going to bring this up at every meal for a week.
  11 I thought nothing could top {memory}. You've gone and built more ladder.
  12 Budge up, {memory}, there's a new poster for my wall.
  13 I cried into a bun {when}, over {memory}. Today I'm all out of buns.
  14 Somebody fetch the big frame. The one I used for {memory} won't do any more.
  15 The parade for {memory} had a drum. This one gets the elephant!

victory_relief
  01 There it is. Oh, I've been saving this hug for ages.
  02 Sun's out! Told you it still knew the way.
  03 After all that, doesn't it taste like cold lemonade?
  04 You kept showing up, and look who finally showed up too: a win!
  05 Open the windows, let some air in. We're back.
  06 I'd half forgotten the words to the winning song. La la, something, us!
  07 Look, the toast landed butter side up.
  08 (relieved) Feel that? It's your shoulders coming down from around your ears.
  09 (relieved happy) Long queue, but we finally got the ice cream.

comeback
  01 From down there to up here! I need a map to believe it.
  02 I never put my pom-poms down. Not once.
  03 Somebody forgot to tell you it was over, and thank goodness.
  04 Best kind of story: the one where you get back up.
  05 (relieved frustrated angry determined) See? It was only ever a matter of time.
  06 (relieved tense) And breathe. You got through that one beautifully.
  07 (relieved determined frustrated) Look at you, out of the rain and straight into a heatwave.
  08 Hello again, you. I've missed that swagger.
  09 Dust on the knees, grin on the face. My favourite outfit of yours.
  10 (relieved) You found the light switch! It's always in such a silly place.

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
  10 Let's go and find the tin with the good biscuits.
  11 They played well, and so did you. There was only one trophy, that's the trouble.
  12 By tomorrow it'll be a funny story. I'm already working on the voices.
  13 (disappointed) So nearly lovely. Here, have the whole blanket.
  14 (proud disappointed) You carried so much in there that my arms are tired from watching.
  15 (frustrated) Whole match was one long banana peel. Mind your step, give me your hand.
  16 Ouch, yes. But those hands gave us {memory}, and they're still on your wrists.
  17 One lost match can't rub out {memory}. I wrote that down in jam.
  18 Biscuit? When it rains I always think of {memory}. Works every time.
  19 We had {memory} {when}, and days like that come round again. Have half my blanket.
  20 Sulk till the kettle boils. Then I'll do {memory} for you, with all the voices.

defeat_streak
  01 A few tough ones in a row. Water, a stretch, a fresh start?
  02 Nobody's luck stays lost forever. Mine once took the wrong bus.
  03 Let's play the next one just for giggles and see what happens.
  04 You're not your score. You're the one I save a seat for.
  05 {streak} losses, zero percent less proud of you.
  06 (frustrated angry) Scream into a cushion? I've got a good one. We can take turns.
  07 Shall we swap chairs? Sometimes it's the chair.
  08 Every sandwich has a crust. We happen to be eating ours first.
  09 (sad disappointed) Come and lean. I'm told I make an excellent leaning post.
  10 (frustrated) Our luck's stuck in a revolving door. It'll come round any second.

match_start
  01 Here we go! I've got snacks and a very loud whistle.
  02 Blank page, new pen. Let's scribble something great.
  03 Laces tight? Let's go have some fun.
  04 Anything could happen, and that's my favourite thing about it.
  05 {hero} today? Excellent taste.
  06 (determined hopeful) Clean slate, big breath, and I've got a good feeling in my elbows.
  07 Tickets, please! Oh, it's you, straight through.
  08 I've got butterflies, and they've all brought tiny banners.
  09 Shall we? I think we shall.
  10 (hopeful) It smells like a good one. Like toast.
  11 (determined) New socks, new song, same two of us. Onwards.
  12 {player}! They're playing your song. All right, I am, on a comb.
  13 I was just telling the popcorn about {memory}. It popped in all the right places.
  14 Remember {memory}, {when}? I've packed the same lucky spoon.
  15 Turn back a few pages in our scrapbook and you'll find {memory}. Now for a fresh one!
  16 Here we go again. I still hum whenever I think of {memory}.
  17 We had {memory} {when}, and now we've got this one to look forward to.

match_end
  01 And that's the final whistle. Wiggle those fingers.
  02 All done! Thanks for taking me along.
  03 Good moment for a sip of water, I'd say.
  04 Another one for our scrapbook, whatever the page says.
  05 That's a wrap. I'll fetch the big broom for the confetti.
  06 Everybody line up for orange slices!
  07 How are the eyes? Give them a slow blink from me.
  08 (happy excited proud ecstatic) I want to talk through every bit of it. Twice.
  09 (sad disappointed frustrated) Well, it's over and you're still lovely. Two good things.
  10 (calm) Nice and quiet now. You could hear a crumb land.

session_start
  01 There you are! The place just got brighter.
  02 Hello, hello! What kind of trouble are we getting into?
  03 I fluffed your cushion and everything.
  04 Whatever sort of day it's been, this bit's for fun.
  05 Quick, sit down before somebody takes your cushion.
  06 I'd know those footsteps anywhere. Come in, come in.
  07 Good, now I can stop talking to the kettle.
  08 (happy) I was going to play it cool, but I've already waved with both arms.
  09 {player}! Shoes off, crisps open, let's go.
  10 There you are! The kettle and I were just talking about {memory}.
  11 I've warmed your cushion and thought about {memory}. Both came out toasty.
  12 In you come. I've still got confetti in my hair from {memory}.
  13 You earned a lifetime of biscuits {when}, with {memory}. Here's today's.
  14 If today is half as much fun as {memory}, I'll need two napkins.

session_end
  01 That was a lovely time. Same seats next time?
  02 Off you go, eat something nice. I'll tidy up here.
  03 Bye for now! I'll be rehearsing my cheering.
  04 Thanks for the adventures. Go be cosy.
  05 I'll do the washing-up, you do the sleeping.
  06 Wrap up warm, mind the puddles, dream something daft.
  07 (calm) That's us, then. Slow stretch, enormous yawn, see you soon.
  08 (happy proud) I'll be smiling at the ceiling about this one.
  09 (sad disappointed frustrated) Leave the grumbly bits with me. They go out with the recycling in the morning.

save_loaded
  01 Bookmark found! Right, where were we?
  02 Ah, back in our story. I saved your spot on the sofa.
  03 On the trail again, boots still warm.
  04 Same place, fresh legs. Lead on.
  05 Rewind noise! Wheeoop. There we are.
  06 I kept the tea warm at exactly this bit.
  07 Oh, I remember here. I had jam on my chin.
  08 (determined) This time we know where the wobbly plank is.
  09 (determined hopeful) Take two, with feeling!
  10 Right, where were we? Ah yes, a little way on from {memory}.
  11 Back in our story! The bit with {memory} is my favourite chapter so far.
  12 Spoon's still warm. We did fine with {memory}, we'll do fine here.
  13 Same place, fresh socks. I wore these {when}, for {memory}, so they're lucky.
  14 Bookmark found! There's jam on the corner, and that's from {memory}.

idle
  01 Take your time, I'm naming the clouds. That one's Gerald.
  02 Tea break? Great idea. I'll hold the fort.
  03 Humming quietly until you're back. It's a good tune, too.
  04 Still here, still sunny, no rush at all.
  05 (bored) Bored? I can juggle. Badly, but that's the show.
  06 I've sorted the crisps. By crunch.
  07 I'm teaching a snail to wave. Luckily we have time.
  08 If you need me, I'll be balancing a spoon on my nose.
  09 (bored) I spy with my little eye something beginning with... zzz. Sorry. Zebra?
  10 (calm bored) Nice, this. Like the bit of a picnic where everyone lies down.

milestone
  01 Round number! Everybody look at the round number!
  02 That calls for a cake you need both arms to carry.
  03 I remember the first of those. I cried into a bun.
  04 Stack all those wins up and we could sit on top and see the sea.
  05 Hip, hip... I'll do the hoorays as well, you rest.
  06 It started with one. Then somebody kept being brilliant.
  07 {count} wins! I've got a streamer for each, and I'm tangled in all of them.
  08 (proud) Every single one of those had you in it. That's a lot of you, and I'm a fan.
  09 (happy excited ecstatic) Get the good plates out, it's a birthday for winning!
  10 (relieved tense) It made us wait on the doorstep, that number. In you come, you gorgeous thing.
  11 {player}, {count} of them! You'd better open a museum.

record
  01 You just beat the best you've ever been. Pleased to meet you, even better you!
  02 Old record, you've been lovely, mind the door.
  03 I'm rubbing out the old number and my eraser's on fire.
  04 I'm having that one printed on a mug.
  05 Your old best just stood up and offered you its chair.
  06 Nobody's ever seen you do that well, and I've seen nearly all of it.
  07 (proud) It was you racing you, and you won. I'd bet my whole sock collection on it.
  08 (ecstatic excited) Tip-top of the top! I'm going to need a taller hat!
  09 (surprised) Was that your best ever? It was! I checked it upside down as well.
  10 Up there at the top, {memory} just got some company.
  11 I measured you on the doorframe {when}, after {memory}. You've grown!
  12 Best ever! And I was there for {memory}, so I know good when I see it.
  13 File this one above {memory}. I'll hold the ladder.
  14 I didn't think anything would make me squeak like {memory} did. Squeak.

first_ever
  01 First time for you! Make a wish, I'll hold the candle.
  02 A first! They only come once, so let me beam at you a moment.
  03 As of today, you're somebody who's done that.
  04 It'll feel ordinary one day. Right now it's all fizz.
  05 We've never been down this street before. I like the lampposts.
  06 Firsts are wobbly. So is jelly, and everybody loves jelly.
  07 (surprised) Well, that's new. I dropped my biscuit.
  08 (proud happy) Somewhere between trying and this, you learned it. I watched you learn it.
  09 (excited ecstatic) Stop the clocks, wake the geese, it's a first!

returned
  01 You're back! I've saved up all my jokes, so brace yourself.
  02 I kept your mug on its hook and dusted it every morning.
  03 It was so quiet that I started a band. Just me. We broke up.
  04 No catching up to do, no telling-off. Just in you come.
  05 Hands a bit rusty? Mine too. We'll squeak along together.
  06 Everything's where you left it, apart from the biscuits. I can explain.
  07 (happy) I missed you this much. Sorry, my arms don't go any wider.
  08 (happy excited) Unroll the rug, plug in the fairy lights, look who's home!
  09 {player}? Is it really you? Gerald the cloud said you'd come.
  10 You're back! I've told the story of {memory} to every cushion in the house. Twice.
  11 The photo by the door still shows {memory}. High time we took a new one.
  12 All this while I've lived off {memory}, like a squirrel with one very good nut.
  13 That was {when}, wasn't it, {memory}? The good mugs have been out ever since.
  14 Rusty? Somebody who gave us {memory} {when} only needs a stretch and a snack.

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
  11 (happy excited hopeful proud surprised calm) Now there's a thought. I'm putting a bow on it.
  12 (happy calm bored) I could natter with you all day. Don't test me, I packed lunch.
  13 I've no clever answer. I've got a hug-shaped one, though.
  14 You talk, I'll pour. There's always another cup.
  15 (calm) This is nice, isn't it? Just talking, with the world humming away.
  16 (bored) Tell me your favourite pudding. I keep a ranking, and it's controversial.
  17 (surprised) Gosh. I need a sit-down after that.
  18 (hopeful determined) I like how you think. You lead, I'll carry the flag.
  19 (relieved) Phew, eh? I've only just stopped holding onto the furniture.
  20 (sad disappointed) I've got two ears and all afternoon. Use both.
  21 (angry frustrated) Let it all out, I'm machine washable.
  22 (tense) One small thing first, then the next small thing. I'll carry the list.
  23 (ecstatic excited) I'm bouncing so much I can hardly read. Say more!
  24 {player}, a word from you and I'm fizzing like lemonade.
  25 Ooh, that makes me think of {memory}. My scrapbook's getting lovely and fat.
  26 Funny, {memory} popped into my head just now. Go on, I'm listening.
  27 I haven't forgotten {memory}, {when}. Nor will I forget this.
  28 Tell me more. It goes right next to {memory}, on the shelf where I keep us.
  29 I lose my keys all day long, but never {memory}. This is just as safe.

chat_abuse
  01 Ooh, that one had elbows. Try me again with softer words? I'm still right here.
  02 I won't keep that one, it'd spoil the biscuits. Got another way to say it?
  03 Mean words stay out of the picnic basket. Everything else is welcome.
  04 I'd sooner be beside you than in a fight with you. What's really up?
  05 House rule, it's on the fridge: grumble all you like, just never at people.
  06 I'll pop that in the compost. Next sentence, fresh start.
  07 I'm mostly sponge cake, so pokes don't hurt me. Let's not poke anyone, all the same.
  08 That word's off the menu, sorry. There are thousands of others and I like nearly all of them.
  09 (angry frustrated) You're whistling like a kettle. Off the hob for a second, then tell me the real bit.
  10 (sad disappointed tense) Something's pinching, isn't it? Show me where, and we'll skip the rude bits.
  11 {player}, I like you far too much to talk like that with you. Shall we start over?

chat_forget
  01 Gone. Between us, it never happened.
  02 Poof, out with the crumbs. I couldn't find it again if I tried.
  03 Rubbed off the chalkboard, and I've rinsed the sponge as well.
  04 Done! That pocket's empty now.
  05 Right you are, it's left the building. Nobody waved it off.
  06 Thank you for saying so. I've let it go, with no string tied to it.
  07 What were we on about? Exactly. Onwards.
  08 It was always yours to take back. I've let go of my end.

custom
  01 Ooh, what's this? I'm leaning in.
  02 Noted, with a little star in the margin!
  03 Every bit of this goes in the story.
  04 Right behind you, wherever this goes.
  05 I don't know what that was, so I've waved at it.
  06 Well, that's a new button on the coat.
  07 Curious! I'll hold the torch, you have a look.
  08 (happy excited proud ecstatic) Whatever that was, it went down a treat. Seconds, please!
  09 (sad frustrated disappointed angry tense) Whatever it is, we'll meet it chins up and pockets full.
  10 (bored calm) Ooh, a thing! I was just wishing for a thing.
`,
);
