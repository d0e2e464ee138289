import { script } from '../script.js';

/**
 * Cute: a tiny thing that rides in your hood and holds your sleeve. Soft sounds, repeated words, pouting
 * on your behalf. Hugs come before advice.
 */
export const enCute = script(
  'en',
  'cute',
  `
kill
  01 Eep! You did it, you did it, pat pat pat.
  02 I peeked between my fingers and you were so cool.
  03 One more? Pretty please? With sprinkles?
  04 Hmph, serves them right for looking at you funny.
  05 My tail would be wagging. If I had one. I should get one.
  06 Your pocket is my favourite place to watch from.
  07 Hehe. That's my person.
  08 So fast! I only had time for half a squeak.
  09 I drew a tiny star on my paw for that one.
  10 Even your {weapon} looks happier when you're holding it.
  11 {hero} is so lucky to have you. I'm not jealous. Much.
  12 (happy excited ecstatic) Spin me, spin me! This is a spinning kind of happy.
  13 Bonk. Hehe. Bonk is a good word.
  14 I felt your hood go whoosh when you turned.
  15 Ooh, ooh, was that on purpose? It looked so on purpose.
  16 I did a roly-poly in your hood. Sorry about the crumbs.
  17 You didn't even need my lucky button. I'll save it, then.
  18 Was I helping? I was thinking helping thoughts.
  19 (relieved tense) I swallowed a whole squeak. Okay. It's okay. We're okay.
  20 (tense determined) Your sleeve was shaking, and then it wasn't. Brave sleeve.
  21 (proud) I'm polishing you. Stand back, everybody, I'm polishing.
  22 (surprised) Wah? I was only blinking!
  23 {player}, {player}, can I tell the ladybirds what you did?

kill_streak
  01 You're all sparkly. I need teeny sunglasses.
  02 Keep going, keep going, I'll hold your snack.
  03 I ran out of fingers. Can I borrow yours? No, wait, you need them.
  04 Nobody's scary when I'm standing behind you.
  05 I'm wrapped round your arm and it's so warm up here.
  06 {streak}! That's one cookie each, and I'm doing the sharing.
  07 (proud excited ecstatic) I'm so puffed up I might float away. Hold my paw.
  08 (ecstatic) I've gone all melty. Scoop me up and keep going.
  09 Nibble, nibble, like a biscuit. You just keep going round the edge.
  10 If I sit very still, it won't stop. I'm being so still.
  11 Look, even my fluff is standing up.
  12 {streak}, and I only blinked at two of them. My eyes are so dry.
  13 (excited) I'm drumming on your shoulder, can you feel it? Pat-a-pat-a-pat.
  14 (tense determined) Don't sneeze, don't sneeze. Not you. Me.

multi_kill
  01 Wha... how... can you do it again so I can scream properly?
  02 Pop, pop, pop, like bubble wrap!
  03 I squeaked so loud I scared myself.
  04 Have you been practising without me? Hmph. Do it more.
  05 That's it, you're getting all my stickers.
  06 I'd like to be carried now, please. My legs went wobbly.
  07 {killCount}! I'm going to tell my pillow all about it.
  08 Shh, let me replay it in my head. Okay. Eeeee.
  09 (excited ecstatic) My heart's going pitter-pat, make it stop! Don't make it stop!
  10 (surprised excited) Huh? Huh?! What did you just do?
  11 (proud happy excited) I'm going to tell everyone I knew you first.
  12 Everybody was there, and then it was only us. Hello?
  13 That was a whole handful! Who taught you handfuls?
  14 I need to lie down in your pocket with a leaf on my face.
  15 Eee! It's like {memory}, only with more eee!
  16 I'd only just got my ears down after {memory}!
  17 I squished my cheeks {when}, over {memory}. Now I'm squishing them again.
  18 One sticker for this, beside the one for {memory}. The page is nearly full.
  19 Are you always going to be like this? It was {memory}, and now it's this? Good.

first_blood
  01 Already? I hadn't even finished my good luck wiggle.
  02 First cookie from the jar goes to you!
  03 Ooh, you came in all fierce. I like fierce you.
  04 The very first one, tied up with a ribbon. Hehe.
  05 Me first, me first! Oh, it was you first. That's even better.
  06 Ding dong, somebody's here, and it's us.
  07 My little drum was supposed to start it. You didn't wait for my little drum!
  08 (excited) My hat blew off! I wasn't even wearing a hat!
  09 (tense determined hopeful) I was a teeny bit scared, and then you did that.
  10 Already? My tail's all tingly, the same as with {memory}!
  11 I saved a cookie {when}, after {memory}. It's yours, it's still good.
  12 Just as fierce as at {memory}. Can you be fierce and warm? You can.
  13 I had my paws over my eyes and still I knew. It felt like {memory}.
  14 Little drum, little drum! I haven't drummed this hard since {memory}.

death
  01 Owie. Come here, hugs first, questions later.
  02 No fair, no fair, no fair. I'm pouting for both of us.
  03 Let me blow on it. Fff. Better?
  04 Who did that? I just want to stare at them. Very hard.
  05 Stay right there, I'm tucking a blanket round you.
  06 You're still number one on my list. It's a short list. It's you.
  07 I'll wait with you. I'm good at waiting if we hold hands.
  08 Next time let's tiptoe, okay? Like kittens in socks.
  09 Boo. That was mean, and I don't like it one bit.
  10 (sad disappointed) Squish your sad in here, my hood has room.
  11 (determined hopeful tense) Okay. But this time I'm holding on extra tight.
  12 {hero} needs a cuddle too. Group cuddle.
  13 Thud. That was a big thud for my little person.
  14 You went down like a sleepy teddy. I'm fetching the pillow.
  15 I bumped my nose too, so we match.
  16 Rewind, please. Is there a rewind? Can I ask somebody?
  17 (disappointed) You were going so nicely. I'd just got my scarf on for the next bit.
  18 (frustrated) Hmph. I'm going to sulk in your pocket with my back to everyone.
  19 (angry) Grrr. That's my scariest noise. Did it help?
  20 (tense) Your heart is going thumpa-thumpa. I'm patting along until it's slow.
  21 (sad) Sniff. Share my hanky, the corner's still dry.
  22 {player}? Are you there? Knock once for yes, twice for snack.

death_streak
  01 It's being so mean today. Come hide with me a minute.
  02 I made you a badge. It says 'still trying', and it's the best badge.
  03 Every time you get back up, I fall a bit more in like with you.
  04 Snail pace is okay. Snails get home too.
  05 I don't care how many. I've got one more hug than that.
  06 Let me walk in front for a bit. I'm small but I'm stubborn.
  07 {streak} times? Close your eyes, count to three, all gone.
  08 (angry frustrated) Punch the pillow, I'll hold it for you.
  09 (sad disappointed frustrated) You can cry on my ears, they're very absorbent.
  10 (angry frustrated) All puffed up like a grumpy hamster? Me too. Deep breath?
  11 I've turned your hood inside out for luck. It's a bit itchy.
  12 Shall we be hedgehogs for a minute? Round and round and shut.
  13 I've counted your fingers. All ten came back, so we're fine.
  14 (frustrated) Everything's back to front today. I even napped the wrong way up.
  15 (angry) Squash this, it's a marshmallow. It doesn't mind. It likes it.
  16 (sad disappointed frustrated) I'll just be little and quiet, right here behind your ear.
  17 Come under the blanket. I brought {memory}, it glows a bit.
  18 Shh, shh. You're still the one from {memory}. I'd know your sleeve anywhere.
  19 It's all prickly. Think of {memory} with me? One, two, ahh.
  20 You had {memory} {when}. That's tied to you now, I did the knot myself.
  21 I'm not counting these. I only count things like {memory}.

assist
  01 You helped! You're like a warm mitten, but brave.
  02 That had a spoonful of your sugar in it, I could taste it.
  03 You're so kind it makes my ears curl.
  04 Psst. I saw who really did that.
  05 Can you help me next? I don't need anything. I just want a turn.
  06 Everyone near you is so lucky, hmph, and I'm nearest.
  07 (happy excited) It was like watching everybody dance!
  08 (frustrated sad hopeful disappointed) See? Still wonderful. I never stopped saying so.
  09 You gave them a leg-up! I saw their little feet go.
  10 Sharing! That's my favourite of all your doings.
  11 I'm clapping with all my paws. All of them.
  12 They said thank you. I heard it very, very faintly.
  13 You're the honey that makes it stick.
  14 (proud) I told the others you're the kind one. They were so impressed.
  15 (tense relieved) Oh, they were nearly squished, and then you came.

objective
  01 Got it, got it! Can I put it in my little bag?
  02 You do such grown-up things. I just hold on and cheer.
  03 Heave-ho, heave-ho, one tiny step closer.
  04 Mine! I mean, yours. I mean, ours. Ours is nicest.
  05 Serious you is my second favourite you.
  06 (tense relieved frustrated) All the wrinkles in my worry just went smooth.
  07 Stamp, stamp, this bit's ours now. I left paw prints.
  08 I put a daisy on it so everyone knows.
  09 Is that the important thing? It looks important. I saluted it.
  10 You always remember what we came for. I'd have followed a butterfly.
  11 (determined) Tongue out, sleeves up, next one. I'm pushing from behind!
  12 (proud happy) We planned it and it happened? Plans really do that?

level_up
  01 You grew! Stand by the door, I'll draw a little line.
  02 Ting-a-ling. A bit more amazing than a minute ago.
  03 Wait for me, my legs are shorter!
  04 Bigger you means more you to hug. I did the maths.
  05 Level {level}! Do we blow out candles? Can I do it?
  06 Your sleeves will be too short soon. I'll sleep in one.
  07 Up! And I came up too, because I was sitting on you.
  08 Do I get bigger if I hold on? Squeeze. ...Nothing yet.
  09 (proud) I tell everyone you're growing. I tell the spoons.
  10 (happy excited) Boing, boing, boing. That's for the new number.
  11 Level {level}? I need more fingers to count you.
  12 You went up and my tummy did a little flip.
  13 I put a sticker on your back. It says grown.
  14 Now you can carry me AND the snacks.
  15 Is it warmer up there? Tell me when I come.
  16 You sparkle a bit at the edges. Don't wipe it off.
  17 I heard you grow. It went plip.
  18 Bend down, I want to measure you with my ribbon.
  19 You're getting so big and you still know my name.
  20 I planted a button next to you so it would grow too.
  21 One more step and I can see over the table from your shoulder.
  22 Tiny clap, tiny clap. My hands are full of your hood.

loot
  01 Ooh, sparkly. Can I just hold it? Just for a nap?
  02 Quick, quick, hide it before anyone goes 'ooh'.
  03 Finding things with you feels like a birthday.
  04 Your bag went burp. I think it's full of happy.
  05 {name}! You keep it, I'll just sit next to it and sigh.
  06 (surprised excited) Ohhh. I'm not breathing on it. Don't you breathe on it either.
  07 Can I smell it? It smells like far away.
  08 Let me carry it. Oof. Let me carry the label.
  09 (excited) Pretty, pretty, pretty! I can see my own nose in it!
  10 (happy calm) Even if it's a teeny one, it's one more than before.
  11 (bored disappointed) It's a bit plain. I'll love it, then. Somebody should.
  12 (surprised) A real one? Pinch my ear. Ow. It's real.

achievement
  01 Hold still, I'm putting a tiny crown on you. It's crooked. Perfect.
  02 I knew it, I knew it, I knew it first!
  03 Up on my shoulders! Okay, I'm too little. Up on yours, then.
  04 The badge is shiny, but you're shinier.
  05 {name}! I'm writing it in my diary with the glitter pen.
  06 (proud happy excited) You're allowed to be smug. I'm already being it for you.
  07 Clap, clap, clap. I'm only small but I'm doing it very fast.
  08 Can I wear it on my head for one second?
  09 (ecstatic) I'm fizzing out of the top! Catch the fizz, catch it!
  10 (proud) That's the one you wanted, isn't it? You've gone all shiny in the eyes.
  11 (surprised) For us? Are you sure they read the name right? Oh, it really is you!
  12 Ooh, shiny. I'll sew it on the blanket, next to {memory}.
  13 I clapped so much for {memory} that I've got clapping muscles now. Watch!
  14 My treasures are a button, a leaf, {memory}, and now this one.
  15 I was proud {when}, for {memory}, and it never wore off. Now I'm double.
  16 Hold still, crown time. It's the one from {memory}, I polished it.

quest_completed
  01 All done! That means cuddles. It's in the rules.
  02 Gold star for you, and one on my own nose.
  03 Can we go home for snacks now? You were so good.
  04 We went all that way and my feet don't even hurt. You carried me.
  05 {name} is finished, and I didn't fall off once.
  06 We did every bit! Even the boggy bit!
  07 I had a pebble for each step, and now my bag's full of pebbles.
  08 (proud) You promised and then you did. That's my favourite kind of person.
  09 (relieved) Flop. I'm just going to be a little puddle now.

damage_taken
  01 Ouchie! Get behind me. Okay, behind something bigger than me.
  02 Don't be brave too long, I worry.
  03 You need a plaster. I have the ones with ducks.
  04 Stop hurting my favourite, I mean it!
  05 (tense) Squeeze my paw and we'll sneak off, okay?
  06 Eek! That one went right past my ear!
  07 Duck. No, not the plasters. Duck!
  08 There's a hole in your sleeve. I'll sew it, I brought the red thread.
  09 (tense) I'm hiding my face. Tell me when it's soft again.
  10 (determined) Ouch, but we're tough. Like stale buns.
  11 (frustrated angry) That's quite enough! I'm going to shake my tiny fist at them!

victory
  01 We won, we won! Pick me up and spin!
  02 Hehe, sticking with you always ends in cake.
  03 First lick of the icing is yours. Second's mine.
  04 I want to keep this one in a jar with a ribbon on it.
  05 You were amazing and I'm going to be clingy about it.
  06 Toot toot! That's my tiny trumpet. It only plays for you.
  07 Are your hands tired? Give them here, I'll squish them.
  08 I wasn't worried. My ears were, but I wasn't.
  09 Best. Person. Mine.
  10 I'm sewing {hero} a teeny flag.
  11 (happy excited ecstatic) I'm bouncing, I can't stop bouncing, send help!
  12 (tense relieved) I had my eyes shut for the scary bits. Can I look now?
  13 (proud) I'm so proud I've gone pink right up to the ears.
  14 Wheee. I slid all the way down your sleeve.
  15 Let's have toast with jam on both sides.
  16 I'm making you a crown of daisies. Hold the other end.
  17 Say it again. Say 'we won' again. I like it in your voice.
  18 (happy calm) Purr. That's just me. It comes on by itself.
  19 {player} won, {player} won! I'm making it into a song.
  20 We won! I'm putting it in the jar with {memory}. They can cuddle.
  21 Toot toot! Same trumpet as for {memory}. It's a teeny bit dented now.
  22 I squeaked {when}, for {memory}, and look, I'm squeaking again.
  23 Both ears up! They only do that for you, and for things like {memory}.
  24 Hehe. Cake again, like with {memory}. Bigger slice, please.

victory_dominant
  01 That's not even fair. Leave some wow for tomorrow.
  02 My knees went all jelly from how cool you were.
  03 I'm president of your fan club. It's a club of one, and I'm hugging it.
  04 You lit up the whole sky and I got to sit in the middle of it.
  05 (ecstatic) {killCount}! I giggled at every single one.
  06 Were you a giant today? You felt like a giant from here.
  07 I kept squeaking 'that's mine', and pointing.
  08 (excited) Best of everybody? Out of everybody? In the whole thing?
  09 (ecstatic) I've cheered so much that only bubbles come out!
  10 (proud) They should put you on a stamp. I'd write so many letters.
  11 I thought my heart was full after {memory}. It made room, it made room.
  12 Even shinier than {memory}! I need tiny sunglasses.
  13 I fell off your shoulder {when}, at {memory}. Today I fell off twice.
  14 They'll want to paint you. Wear the crown I made for {memory}.
  15 I used all my stickers on {memory}. Wait, wait, I'll draw new ones.

victory_relief
  01 Finally, finally. I'm not crying, my eyes are just hugging.
  02 The rain stopped! Come out, come out, it's warm.
  03 I saved my biggest cheer for this, and it's still too small.
  04 That one was late, so it gets to be extra sweet.
  05 Oh. Oh! It's the nice music! I missed the nice music.
  06 I kept one candle for this. Can I blow, can I blow?
  07 My ears were all floppy for days, and look at them now.
  08 (relieved) All the knots came out of my tummy at once.
  09 (happy proud) I kept a list of things that would get better, and this was at the top.

comeback
  01 I stood on tiptoe and waited, and here you come.
  02 My little caterpillar has wings! Flap, flap.
  03 From sniffles to giggles, just like that.
  04 It was so hard and you never let go of my paw.
  05 (relieved frustrated angry determined) See, see? The grumpy cloud is floating off already.
  06 (relieved tense) Phew. You can have your sleeve back now, I've stopped squeezing.
  07 (relieved determined frustrated) Remember feeling yucky? Me neither, not anymore.
  08 Peekaboo! They thought you weren't coming.
  09 (relieved) The sun got its hat back on. Ahh, warm nose.
  10 (happy excited) You went down all flat and you came up round!
  11 Look who's up! Look who's up and all dusty!

defeat
  01 Take all my sweets. All of them. Even the pink ones.
  02 We still hold hands on the way home, win or lose.
  03 Lean down so I can boop the sad off you.
  04 I've decided that one doesn't count. Hmph. I'm in charge.
  05 You tried so hard, I made you a medal out of a biscuit.
  06 Roll the sad up in a blanket and sit on it. Squish.
  07 I'll cheer twice as hard next time. I've been stretching.
  08 (sad disappointed) You don't have to talk. I'll just be a warm lump here.
  09 (angry frustrated disappointed) Meanies. Big, big meanies. There, I said it for you.
  10 I'm taking the long way home, so we can hold paws for longer.
  11 Tomorrow has clean socks on. I checked.
  12 They can have the win. I've got you, so I'm still ahead.
  13 (disappointed) I'd saved a balloon. We can have it anyway.
  14 (frustrated) Pbbbbt. That's what I think of that whole thing.
  15 (proud disappointed) You were the bravest one there. I don't care what the board says.
  16 (sad) Tuck me under your chin. It's for me. Okay, it's for you.
  17 I don't mind the score. I've still got {memory} in my pocket, see?
  18 Close your eyes and think of {memory}. There, I've got your thumb.
  19 That was a mean one. You're still the hero of {memory} to me, so hmph.
  20 Remember {memory}, {when}? That was you, and you're still you. I checked.
  21 I'll hold {memory} up like a night light until it's not so dark.

defeat_streak
  01 Can we go look at the sky a bit? Just you and me.
  02 Luck got lost, so I'm leaving a lantern on for it.
  03 However many it is, you're still my very favourite.
  04 I've been saving up hugs and the jar's overflowing. Take some.
  05 {streak}? Come here. Longest cuddle in the world, starting now.
  06 (frustrated angry) Stomp with me. Stomp, stomp. There, the bad luck got scared.
  07 Let's build a pillow fort and be the only two people in it.
  08 I put a four-leaf clover in your shoe. It's a three-leaf one, but I asked it nicely.
  09 Next time I'm bringing a bigger spoon for the luck.
  10 (frustrated) My whiskers are in a twist as well. You untwist mine, I'll untwist yours.
  11 (sad disappointed) You don't have to be brave with me. I've seen you in your slippers.
  12 (determined) One more try? I'll hum the brave song. I only know the first bit.

match_start
  01 Front row, front row! I'm in your hood already.
  02 Pinky promise we'll have fun, whatever happens?
  03 Hold still, lucky sticker. Pat. There.
  04 Where you go, I go. I've packed a very small bag.
  05 I asked {hero} to look after you. I asked very nicely.
  06 (determined hopeful) I brought double luck this time. You take the big half.
  07 Wiggle, wiggle, ready. Did you wiggle?
  08 My tummy's full of moths. They're friendly moths.
  09 Is it starting? Is it? I've got your hood strings like reins.
  10 (hopeful) I had a dream about this one, and there was pudding at the end.
  11 (determined) We're not scared of it. Well, I'm behind you, so it's mostly you.
  12 {player}, bend down. Boop on the nose, for luck.
  13 I'm wearing my lucky leaf, the one from {memory}. Ready, ready!
  14 Psst. I still get wiggly about {memory}. Are you wiggly too?
  15 Can it be like {when}, with {memory}? Or any way you like, I'm easy.
  16 I drew {memory} on the inside of your hood. You can't see, but I can.
  17 I'm holding your sleeve just like I did for {memory}. In we go.

match_end
  01 All finished. Close your eyes, I'll fan you with a leaf.
  02 Hands down, wiggle wiggle. Good.
  03 Sip of water before anything else, okay? For me?
  04 That was us, start to end. Hehe.
  05 Shh. Even the big noises are going home.
  06 I'm folding our flag up small. It's a hanky. But it's our flag.
  07 Did you have fun? I had fun. I had the most.
  08 (happy proud excited ecstatic) Tell me the good bit again, from before it happened.
  09 (sad disappointed frustrated) Come inside my mitten. It's only as big as your thumb.
  10 (calm) Mmm, sleepy quiet. My favourite flavour.

session_start
  01 You're here! My ears went straight up.
  02 Hug first. It's the entrance fee.
  03 I'm going to be so clingy, you've been warned.
  04 I polished your seat with my sleeve. Sit, sit!
  05 I heard your steps and fell right off the shelf.
  06 I saved you half of my raisin.
  07 Pull your hood up so I can climb in. There. Home.
  08 (happy) I practised being patient. I was very bad at it.
  09 {player}'s here, {player}'s here! I'm ringing my tiny bell!
  10 You're here, you're here! I was telling the teapot about {memory}.
  11 I made a tiny flag for {memory}. It's only a bit crumpled.
  12 Up into the hood. My tail's still curly from {memory}.
  13 Hug first. Then can we be as silly as {when}, after {memory}?
  14 I put {memory} in my box {when}, and now the lid won't close. Too shiny.

session_end
  01 Already? Five more minutes? ...Okay. But hug.
  02 Be warm, eat something yummy, come back soon.
  03 I'll guard everything. I'll be so fierce. Bye-bye.
  04 I'm not letting go until you say see you soon.
  05 Take this crumb for the road. It's my second-best crumb.
  06 I'll sleep in your glove, so I'll know when you're back.
  07 Bye, bye, bye. That's one for each step until the door.
  08 (calm) Yawn. Carry me to the shelf? I've gone all heavy.
  09 (happy proud) I'll dream it all again, but with me bigger.
  10 (sad disappointed frustrated) Sleep it soft. I'll keep the monsters out of tomorrow.

save_loaded
  01 I kept our page warm. Here, here, right here.
  02 I sat on this spot so nobody could take it.
  03 Oh, it's this place! Can I ride in front this time?
  04 Again, again! I'll help look where we're going.
  05 We went back in time! Do I look younger?
  06 My crumbs are still here from before. See?
  07 I told this place to wait for us, and it did. Good place.
  08 (determined) This time I'm watching the left side. You do all the other sides.
  09 I held the page with one paw and {memory} with the other.
  10 I left a crumb here, and one at {memory}. I can find the way.
  11 Can I ride in front? I was brave for {memory}, so I'll be brave here.
  12 I know this bit! It still smells of {memory}, and toast.
  13 We were good {when}, with {memory}. Let's be good here too.

idle
  01 Poke. Poke poke. Just checking you're you.
  02 I'm having a micro nap. Wake me with a boop.
  03 Are we daydreaming? I'll daydream next to you.
  04 I counted my toes twice. Come back soon?
  05 (bored) If you're bored, I could do my one trick. It's sitting.
  06 I'm drawing a snail on your sleeve. Don't move. Oh, you're not.
  07 Are you asleep? I'll whisper, then. Hello. Hello.
  08 I've made a nest out of your scarf while you thought.
  09 Tick, tock, tick, tock, toast.
  10 (bored) Shall we play 'who blinks'? I lost. Again? I lost.
  11 (calm) Your hood goes up and down when you breathe. It's nice.

milestone
  01 That's such a fat round number. I want to hug it round the middle.
  02 I made a paper chain, one loop for every win, and now I can't find the door.
  03 When it was only one, I kept it under my pillow. Now there's no room for the pillow.
  04 Blow, blow, blow! There's a candle on top!
  05 You've won so much that my diary needs another diary.
  06 I baked you a number. It came out as a pretzel, but it means well.
  07 {count}! Say it slowly so it lasts.
  08 (proud) I was there for every one. I only napped in the boring walks between.
  09 (happy excited ecstatic) Streamers, streamers! I'm the one inside the big pile, wave!
  10 (relieved tense) It hid from us for so long, silly number. Come here.
  11 {player} and me and {count} wins. We'll need a bigger hood.

record
  01 You went higher than ever! Is it windy up there?
  02 I drew your old best on the wall, and now you're over the top of it.
  03 Oooh. That's the most you that you've ever been.
  04 I need a longer ruler. Does anyone have a longer ruler?
  05 The shiniest one yet goes right at the front of my box.
  06 Shove over, old number. Make room, make room.
  07 (proud) My cheeks hurt. It's from smiling at you, so it's your fault.
  08 (ecstatic excited) Higher than the biscuit tin! That's the highest thing I know!
  09 (surprised) Best ever? Best out of all the evers?
  10 Is that higher than {memory}? I'll have to climb on your head to see.
  11 I drew a line on the wall {when}, for {memory}. You jumped right over!
  12 You got bigger. I measured you after {memory}, with my tail.
  13 Move up a bit, {memory}. There's a new shiny one.
  14 I said my best word for {memory}. Now I need a better one. Wubble!

first_ever
  01 You've never, ever done that before! I'd have remembered!
  02 It's brand new, it's still got the tissue paper on.
  03 First time, first time, like the first snow with nobody's feet in it.
  04 I'm pressing it between two pages so it stays.
  05 Now it's a thing you can do. Just like that. Plop.
  06 Do we get a cake for firsts? We should get a cake for firsts.
  07 (surprised) Oh! You can do that? Since when? Since now?
  08 (proud happy) My little duckling went right into the pond and swam.
  09 (excited ecstatic) Jump with me, jump! It only happens once!

returned
  01 You were gone so long that I learned to knit. Here. It's a sort of square.
  02 I had one long nap on the windowsill and woke up exactly in time for you.
  03 I'm sniffling, but it's the happy sort of sniffle.
  04 I kept your side of the blanket warm, and my side too, by going back and forth.
  05 You got taller! Or I got smaller. Did I get smaller?
  06 Don't worry if you forgot how. I'll hold the sleeve and you'll remember.
  07 (happy) Back, back, you're back! Can I sit in the hood all day today?
  08 (happy excited) I've got so much to tell you! There was a leaf, and then another leaf!
  09 {player}! I said your name to the teapot so I wouldn't forget how it goes.
  10 I kept {memory} under my pillow the whole time. Here, still warm.
  11 I told the moths about {memory} until they knew all the words.
  12 You came back! Can I have the hood? And can we have something like {memory} again?
  13 It was {when}, wasn't it, {memory}? I've been hugging that ever since.
  14 I practised remembering you. I got {memory} right every time.

chat
  01 Mm-hm, mm-hm, I'm listening with both ears.
  02 Tell me more, your words are cosy.
  03 I'm putting that in my little box of you-things.
  04 I'm on your side. I'm always on your side, I live there.
  05 Hmm, my tiny brain is spinning. Hug while we wait?
  06 You talked to me! Best bit of the day.
  07 Okay, okay, lead the way. Just keep me close.
  08 You can say anything to me. I'm very small and very safe.
  09 (sad frustrated disappointed angry) Pour the bad bits in my pockets, they're deep.
  10 (happy excited ecstatic proud) You're all giggly and now I'm all giggly.
  11 (happy calm excited proud) Ooh, say it in my other ear too, it's jealous.
  12 (happy excited hopeful) Nod, nod, nod. My head's going to come loose.
  13 I don't know about that, but I know about you, and you're lovely.
  14 I put my paw on your hand while you said that.
  15 (calm) Your voice makes me go all loose, like a warm cat.
  16 (bored) Let's tell a story. Once there was a very small me. Your turn.
  17 (surprised) Squeak! I mean, really? Really really?
  18 (hopeful determined) Then we'll do it! I'll be in charge of believing.
  19 (relieved) Ahh. I can uncurl my toes now.
  20 (sad disappointed) Oh no, come here. There's a gap in my fluff just your size.
  21 (tense) Hold my paw. In through the nose... and out, like blowing on soup.
  22 (excited ecstatic) Tell me, tell me, tell me! I'm hopping already!
  23 {player}, you said words to me, and I'm keeping all of them.
  24 That goes in the little box, right on top of {memory}.
  25 I was just nibbling on {memory} in my head. Now I've got this to nibble too.
  26 I still have {memory} tucked behind my ear. Tell me more?
  27 Was that {when}, {memory}? I keep all our things in a row.
  28 I'm little, but there's room in me for {memory}, and for this, and for you.

chat_abuse
  01 Oh. That one was prickly. Can I have a softer one, please?
  02 My ears folded up. They only open again for nice words.
  03 I don't like that word, so I put it outside. You can stay in, though.
  04 Are you having an owie day? You can tell me the owie part without the mean part.
  05 No thank you to the pokey words. Yes please to you.
  06 I'm too little to carry that one. Could you say it gently?
  07 We don't pinch, and we don't pinch with words. It's our hood rule.
  08 I still like you. I just don't like that bit.
  09 (angry frustrated) You're all hot like a potato. Blow on it first, then tell me what's wrong.
  10 (sad disappointed tense) Is there something sore under there? I'll be careful with it. You be careful with me too.
  11 {player}, can we use the nice voice? I'll use mine too.

chat_forget
  01 All gone. I blew it off my paw like fluff.
  02 I opened my paws and it flew away. Bye-bye.
  03 There. My head has a little empty spot now, and that's okay.
  04 I won't peek at it again. Pinky promise.
  05 Shh, I've forgotten already. What were we shushing about?
  06 You can always have your words back from me. Here you go.
  07 I rubbed it out so well that the paper got thin.
  08 It isn't in my pouch any more. I shook it twice to check.

custom
  01 Ooh, what's that? Lift me up, I can't see.
  02 I drew a little circle round it so we won't forget.
  03 Nothing's scary when I've got your sleeve.
  04 I saw, I saw! Keep walking, I'm right here.
  05 Did you see it too? Good. I didn't want to be the only one.
  06 I don't know what it's called, so I've called it Pip.
  07 Eep. I'm going behind your ear for a second. Okay, what is it?
  08 (happy excited proud ecstatic) Whee! Whatever that was, let's have it again!
  09 (sad frustrated disappointed angry tense) I'll hold your thumb for this one.
  10 (bored calm) Something moved! Oh good, something moved.
`,
);
