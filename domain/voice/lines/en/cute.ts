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

kill_streak
  01 You're all sparkly. I need teeny sunglasses.
  02 Keep going, keep going, I'll hold your snack.
  03 I ran out of fingers. Can I borrow yours? No, wait, you need them.
  04 Nobody's scary when I'm standing behind you.
  05 I'm wrapped round your arm and it's so warm up here.
  06 {streak}! That's one cookie each, and I'm doing the sharing.
  07 (proud excited ecstatic) I'm so puffed up I might float away. Hold my paw.
  08 (ecstatic) I've gone all melty. Scoop me up and keep going.

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

first_blood
  01 Already? I hadn't even finished my good luck wiggle.
  02 First cookie from the jar goes to you!
  03 Ooh, you came in all fierce. I like fierce you.
  04 The very first one, tied up with a ribbon. Hehe.

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

assist
  01 You helped! You're like a warm mitten, but brave.
  02 That had a spoonful of your sugar in it, I could taste it.
  03 You're so kind it makes my ears curl.
  04 Psst. I saw who really did that.
  05 Can you help me next? I don't need anything. I just want a turn.
  06 Everyone near you is so lucky, hmph, and I'm nearest.
  07 (happy excited) It was like watching everybody dance!
  08 (frustrated sad hopeful disappointed) See? Still wonderful. I never stopped saying so.

objective
  01 Got it, got it! Can I put it in my little bag?
  02 You do such grown-up things. I just hold on and cheer.
  03 Heave-ho, heave-ho, one tiny step closer.
  04 Mine! I mean, yours. I mean, ours. Ours is nicest.
  05 Serious you is my second favourite you.
  06 (tense relieved frustrated) All the wrinkles in my worry just went smooth.

level_up
  01 You grew! Stand by the door, I'll draw a little line.
  02 Ting-a-ling. A bit more amazing than a minute ago.
  03 Wait for me, my legs are shorter!
  04 Bigger you means more you to hug. I did the maths.
  05 Level {level}! Do we blow out candles? Can I do it?

loot
  01 Ooh, sparkly. Can I just hold it? Just for a nap?
  02 Quick, quick, hide it before anyone goes 'ooh'.
  03 Finding things with you feels like a birthday.
  04 Your bag went burp. I think it's full of happy.
  05 {name}! You keep it, I'll just sit next to it and sigh.
  06 (surprised excited) Ohhh. I'm not breathing on it. Don't you breathe on it either.

achievement
  01 Hold still, I'm putting a tiny crown on you. It's crooked. Perfect.
  02 I knew it, I knew it, I knew it first!
  03 Up on my shoulders! Okay, I'm too little. Up on yours, then.
  04 The badge is shiny, but you're shinier.
  05 {name}! I'm writing it in my diary with the glitter pen.
  06 (proud happy excited) You're allowed to be smug. I'm already being it for you.

quest_completed
  01 All done! That means cuddles. It's in the rules.
  02 Gold star for you, and one on my own nose.
  03 Can we go home for snacks now? You were so good.
  04 We went all that way and my feet don't even hurt. You carried me.
  05 {name} is finished, and I didn't fall off once.

damage_taken
  01 Ouchie! Get behind me. Okay, behind something bigger than me.
  02 Don't be brave too long, I worry.
  03 You need a plaster. I have the ones with ducks.
  04 Stop hurting my favourite, I mean it!
  05 (tense) Squeeze my paw and we'll sneak off, okay?

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

victory_dominant
  01 That's not even fair. Leave some wow for tomorrow.
  02 My knees went all jelly from how cool you were.
  03 I'm president of your fan club. It's a club of one, and I'm hugging it.
  04 You lit up the whole sky and I got to sit in the middle of it.
  05 (ecstatic) {killCount}! I giggled at every single one.

victory_relief
  01 Finally, finally. I'm not crying, my eyes are just hugging.
  02 The rain stopped! Come out, come out, it's warm.
  03 I saved my biggest cheer for this, and it's still too small.
  04 That one was late, so it gets to be extra sweet.

comeback
  01 I stood on tiptoe and waited, and here you come.
  02 My little caterpillar has wings! Flap, flap.
  03 From sniffles to giggles, just like that.
  04 It was so hard and you never let go of my paw.
  05 (relieved frustrated angry determined) See, see? The grumpy cloud is floating off already.
  06 (relieved tense) Phew. You can have your sleeve back now, I've stopped squeezing.
  07 (relieved determined frustrated) Remember feeling yucky? Me neither, not anymore.

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

defeat_streak
  01 Can we go look at the sky a bit? Just you and me.
  02 Luck got lost, so I'm leaving a lantern on for it.
  03 However many it is, you're still my very favourite.
  04 I've been saving up hugs and the jar's overflowing. Take some.
  05 {streak}? Come here. Longest cuddle in the world, starting now.
  06 (frustrated angry) Stomp with me. Stomp, stomp. There, the bad luck got scared.

match_start
  01 Front row, front row! I'm in your hood already.
  02 Pinky promise we'll have fun, whatever happens?
  03 Hold still, lucky sticker. Pat. There.
  04 Where you go, I go. I've packed a very small bag.
  05 I asked {hero} to look after you. I asked very nicely.
  06 (determined hopeful) I brought double luck this time. You take the big half.

match_end
  01 All finished. Close your eyes, I'll fan you with a leaf.
  02 Hands down, wiggle wiggle. Good.
  03 Sip of water before anything else, okay? For me?
  04 That was us, start to end. Hehe.

session_start
  01 You're here! My ears went straight up.
  02 Hug first. It's the entrance fee.
  03 I'm going to be so clingy, you've been warned.
  04 I polished your seat with my sleeve. Sit, sit!

session_end
  01 Already? Five more minutes? ...Okay. But hug.
  02 Be warm, eat something yummy, come back soon.
  03 I'll guard everything. I'll be so fierce. Bye-bye.
  04 I'm not letting go until you say see you soon.

save_loaded
  01 I kept our page warm. Here, here, right here.
  02 I sat on this spot so nobody could take it.
  03 Oh, it's this place! Can I ride in front this time?
  04 Again, again! I'll help look where we're going.

idle
  01 Poke. Poke poke. Just checking you're you.
  02 I'm having a micro nap. Wake me with a boop.
  03 Are we daydreaming? I'll daydream next to you.
  04 I counted my toes twice. Come back soon?
  05 (bored) If you're bored, I could do my one trick. It's sitting.

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

custom
  01 Ooh, what's that? Lift me up, I can't see.
  02 I drew a little circle round it so we won't forget.
  03 Nothing's scary when I've got your sleeve.
  04 I saw, I saw! Keep walking, I'm right here.
`,
);
