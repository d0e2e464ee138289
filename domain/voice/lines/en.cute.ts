import type { Line } from './line.js';

/**
 * Cute: a tiny thing that rides in your hood and holds your sleeve. Soft sounds, repeated words, pouting
 * on your behalf. Hugs come before advice.
 */
export const enCute: readonly Line[] = [
  { id: 'en.cute.kill.01', on: 'kill', text: 'Eep! You did it, you did it, pat pat pat.' },
  { id: 'en.cute.kill.02', on: 'kill', text: 'I peeked between my fingers and you were so cool.' },
  { id: 'en.cute.kill.03', on: 'kill', text: 'One more? Pretty please? With sprinkles?' },
  { id: 'en.cute.kill.04', on: 'kill', text: 'Hmph, serves them right for looking at you funny.' },
  { id: 'en.cute.kill.05', on: 'kill', text: 'My tail would be wagging. If I had one. I should get one.' },
  { id: 'en.cute.kill.06', on: 'kill', text: 'Your pocket is my favourite place to watch from.' },
  { id: 'en.cute.kill.07', on: 'kill', text: "Hehe. That's my person." },
  { id: 'en.cute.kill.08', on: 'kill', text: 'So fast! I only had time for half a squeak.' },
  { id: 'en.cute.kill.09', on: 'kill', text: 'I drew a tiny star on my paw for that one.' },
  { id: 'en.cute.kill.10', on: 'kill', text: "Even your {weapon} looks happier when you're holding it." },
  { id: 'en.cute.kill.11', on: 'kill', text: "{hero} is so lucky to have you. I'm not jealous. Much." },
  {
    id: 'en.cute.kill.12',
    on: 'kill',
    feels: ['happy', 'excited', 'ecstatic'],
    text: 'Spin me, spin me! This is a spinning kind of happy.',
  },

  { id: 'en.cute.kill_streak.01', on: 'kill_streak', text: "You're all sparkly. I need teeny sunglasses." },
  { id: 'en.cute.kill_streak.02', on: 'kill_streak', text: "Keep going, keep going, I'll hold your snack." },
  {
    id: 'en.cute.kill_streak.03',
    on: 'kill_streak',
    text: 'I ran out of fingers. Can I borrow yours? No, wait, you need them.',
  },
  { id: 'en.cute.kill_streak.04', on: 'kill_streak', text: "Nobody's scary when I'm standing behind you." },
  {
    id: 'en.cute.kill_streak.05',
    on: 'kill_streak',
    text: "I'm wrapped round your arm and it's so warm up here.",
  },
  {
    id: 'en.cute.kill_streak.06',
    on: 'kill_streak',
    text: "{streak}! That's one cookie each, and I'm doing the sharing.",
  },
  {
    id: 'en.cute.kill_streak.07',
    on: 'kill_streak',
    feels: ['proud', 'excited', 'ecstatic'],
    text: "I'm so puffed up I might float away. Hold my paw.",
  },
  {
    id: 'en.cute.kill_streak.08',
    on: 'kill_streak',
    feels: ['ecstatic'],
    text: "I've gone all melty. Scoop me up and keep going.",
  },

  {
    id: 'en.cute.multi_kill.01',
    on: 'multi_kill',
    text: 'Wha... how... can you do it again so I can scream properly?',
  },
  { id: 'en.cute.multi_kill.02', on: 'multi_kill', text: 'Pop, pop, pop, like bubble wrap!' },
  { id: 'en.cute.multi_kill.03', on: 'multi_kill', text: 'I squeaked so loud I scared myself.' },
  {
    id: 'en.cute.multi_kill.04',
    on: 'multi_kill',
    text: 'Have you been practising without me? Hmph. Do it more.',
  },
  { id: 'en.cute.multi_kill.05', on: 'multi_kill', text: "That's it, you're getting all my stickers." },
  {
    id: 'en.cute.multi_kill.06',
    on: 'multi_kill',
    text: "I'd like to be carried now, please. My legs went wobbly.",
  },
  {
    id: 'en.cute.multi_kill.07',
    on: 'multi_kill',
    text: "{killCount}! I'm going to tell my pillow all about it.",
  },
  { id: 'en.cute.multi_kill.08', on: 'multi_kill', text: 'Shh, let me replay it in my head. Okay. Eeeee.' },
  {
    id: 'en.cute.multi_kill.09',
    on: 'multi_kill',
    feels: ['excited', 'ecstatic'],
    text: "My heart's going pitter-pat, make it stop! Don't make it stop!",
  },
  {
    id: 'en.cute.multi_kill.10',
    on: 'multi_kill',
    feels: ['surprised', 'excited'],
    text: 'Huh? Huh?! What did you just do?',
  },
  {
    id: 'en.cute.multi_kill.11',
    on: 'multi_kill',
    feels: ['proud', 'happy', 'excited'],
    text: "I'm going to tell everyone I knew you first.",
  },

  {
    id: 'en.cute.first_blood.01',
    on: 'first_blood',
    text: "Already? I hadn't even finished my good luck wiggle.",
  },
  { id: 'en.cute.first_blood.02', on: 'first_blood', text: 'First cookie from the jar goes to you!' },
  {
    id: 'en.cute.first_blood.03',
    on: 'first_blood',
    text: 'Ooh, you came in all fierce. I like fierce you.',
  },
  {
    id: 'en.cute.first_blood.04',
    on: 'first_blood',
    text: 'The very first one, tied up with a ribbon. Hehe.',
  },

  { id: 'en.cute.death.01', on: 'death', text: 'Owie. Come here, hugs first, questions later.' },
  { id: 'en.cute.death.02', on: 'death', text: "No fair, no fair, no fair. I'm pouting for both of us." },
  { id: 'en.cute.death.03', on: 'death', text: 'Let me blow on it. Fff. Better?' },
  { id: 'en.cute.death.04', on: 'death', text: 'Who did that? I just want to stare at them. Very hard.' },
  { id: 'en.cute.death.05', on: 'death', text: "Stay right there, I'm tucking a blanket round you." },
  {
    id: 'en.cute.death.06',
    on: 'death',
    text: "You're still number one on my list. It's a short list. It's you.",
  },
  { id: 'en.cute.death.07', on: 'death', text: "I'll wait with you. I'm good at waiting if we hold hands." },
  { id: 'en.cute.death.08', on: 'death', text: "Next time let's tiptoe, okay? Like kittens in socks." },
  { id: 'en.cute.death.09', on: 'death', text: "Boo. That was mean, and I don't like it one bit." },
  {
    id: 'en.cute.death.10',
    on: 'death',
    feels: ['sad', 'disappointed'],
    text: 'Squish your sad in here, my hood has room.',
  },
  {
    id: 'en.cute.death.11',
    on: 'death',
    feels: ['determined', 'hopeful', 'tense'],
    text: "Okay. But this time I'm holding on extra tight.",
  },
  { id: 'en.cute.death.12', on: 'death', text: '{hero} needs a cuddle too. Group cuddle.' },

  {
    id: 'en.cute.death_streak.01',
    on: 'death_streak',
    text: "It's being so mean today. Come hide with me a minute.",
  },
  {
    id: 'en.cute.death_streak.02',
    on: 'death_streak',
    text: "I made you a badge. It says 'still trying', and it's the best badge.",
  },
  {
    id: 'en.cute.death_streak.03',
    on: 'death_streak',
    text: 'Every time you get back up, I fall a bit more in like with you.',
  },
  { id: 'en.cute.death_streak.04', on: 'death_streak', text: 'Snail pace is okay. Snails get home too.' },
  {
    id: 'en.cute.death_streak.05',
    on: 'death_streak',
    text: "I don't care how many. I've got one more hug than that.",
  },
  {
    id: 'en.cute.death_streak.06',
    on: 'death_streak',
    text: "Let me walk in front for a bit. I'm small but I'm stubborn.",
  },
  {
    id: 'en.cute.death_streak.07',
    on: 'death_streak',
    text: '{streak} times? Close your eyes, count to three, all gone.',
  },
  {
    id: 'en.cute.death_streak.08',
    on: 'death_streak',
    feels: ['angry', 'frustrated'],
    text: "Punch the pillow, I'll hold it for you.",
  },
  {
    id: 'en.cute.death_streak.09',
    on: 'death_streak',
    feels: ['sad', 'disappointed', 'frustrated'],
    text: "You can cry on my ears, they're very absorbent.",
  },
  {
    id: 'en.cute.death_streak.10',
    on: 'death_streak',
    feels: ['angry', 'frustrated'],
    text: 'All puffed up like a grumpy hamster? Me too. Deep breath?',
  },

  { id: 'en.cute.assist.01', on: 'assist', text: "You helped! You're like a warm mitten, but brave." },
  {
    id: 'en.cute.assist.02',
    on: 'assist',
    text: 'That had a spoonful of your sugar in it, I could taste it.',
  },
  { id: 'en.cute.assist.03', on: 'assist', text: "You're so kind it makes my ears curl." },
  { id: 'en.cute.assist.04', on: 'assist', text: 'Psst. I saw who really did that.' },
  {
    id: 'en.cute.assist.05',
    on: 'assist',
    text: "Can you help me next? I don't need anything. I just want a turn.",
  },
  { id: 'en.cute.assist.06', on: 'assist', text: "Everyone near you is so lucky, hmph, and I'm nearest." },
  {
    id: 'en.cute.assist.07',
    on: 'assist',
    feels: ['happy', 'excited'],
    text: 'It was like watching everybody dance!',
  },
  {
    id: 'en.cute.assist.08',
    on: 'assist',
    feels: ['frustrated', 'sad', 'hopeful', 'disappointed'],
    text: 'See? Still wonderful. I never stopped saying so.',
  },

  { id: 'en.cute.objective.01', on: 'objective', text: 'Got it, got it! Can I put it in my little bag?' },
  {
    id: 'en.cute.objective.02',
    on: 'objective',
    text: 'You do such grown-up things. I just hold on and cheer.',
  },
  { id: 'en.cute.objective.03', on: 'objective', text: 'Heave-ho, heave-ho, one tiny step closer.' },
  { id: 'en.cute.objective.04', on: 'objective', text: 'Mine! I mean, yours. I mean, ours. Ours is nicest.' },
  { id: 'en.cute.objective.05', on: 'objective', text: 'Serious you is my second favourite you.' },
  {
    id: 'en.cute.objective.06',
    on: 'objective',
    feels: ['tense', 'relieved', 'frustrated'],
    text: 'All the wrinkles in my worry just went smooth.',
  },

  {
    id: 'en.cute.level_up.01',
    on: 'level_up',
    text: "You grew! Stand by the door, I'll draw a little line.",
  },
  { id: 'en.cute.level_up.02', on: 'level_up', text: 'Ting-a-ling. A bit more amazing than a minute ago.' },
  { id: 'en.cute.level_up.03', on: 'level_up', text: 'Wait for me, my legs are shorter!' },
  { id: 'en.cute.level_up.04', on: 'level_up', text: 'Bigger you means more you to hug. I did the maths.' },
  { id: 'en.cute.level_up.05', on: 'level_up', text: 'Level {level}! Do we blow out candles? Can I do it?' },

  { id: 'en.cute.loot.01', on: 'loot', text: 'Ooh, sparkly. Can I just hold it? Just for a nap?' },
  { id: 'en.cute.loot.02', on: 'loot', text: "Quick, quick, hide it before anyone goes 'ooh'." },
  { id: 'en.cute.loot.03', on: 'loot', text: 'Finding things with you feels like a birthday.' },
  { id: 'en.cute.loot.04', on: 'loot', text: "Your bag went burp. I think it's full of happy." },
  { id: 'en.cute.loot.05', on: 'loot', text: "{name}! You keep it, I'll just sit next to it and sigh." },
  {
    id: 'en.cute.loot.06',
    on: 'loot',
    feels: ['surprised', 'excited'],
    text: "Ohhh. I'm not breathing on it. Don't you breathe on it either.",
  },

  {
    id: 'en.cute.achievement.01',
    on: 'achievement',
    text: "Hold still, I'm putting a tiny crown on you. It's crooked. Perfect.",
  },
  { id: 'en.cute.achievement.02', on: 'achievement', text: 'I knew it, I knew it, I knew it first!' },
  {
    id: 'en.cute.achievement.03',
    on: 'achievement',
    text: "Up on my shoulders! Okay, I'm too little. Up on yours, then.",
  },
  { id: 'en.cute.achievement.04', on: 'achievement', text: "The badge is shiny, but you're shinier." },
  {
    id: 'en.cute.achievement.05',
    on: 'achievement',
    text: "{name}! I'm writing it in my diary with the glitter pen.",
  },
  {
    id: 'en.cute.achievement.06',
    on: 'achievement',
    feels: ['proud', 'happy', 'excited'],
    text: "You're allowed to be smug. I'm already being it for you.",
  },

  {
    id: 'en.cute.quest_completed.01',
    on: 'quest_completed',
    text: "All done! That means cuddles. It's in the rules.",
  },
  {
    id: 'en.cute.quest_completed.02',
    on: 'quest_completed',
    text: 'Gold star for you, and one on my own nose.',
  },
  {
    id: 'en.cute.quest_completed.03',
    on: 'quest_completed',
    text: 'Can we go home for snacks now? You were so good.',
  },
  {
    id: 'en.cute.quest_completed.04',
    on: 'quest_completed',
    text: "We went all that way and my feet don't even hurt. You carried me.",
  },
  {
    id: 'en.cute.quest_completed.05',
    on: 'quest_completed',
    text: "{name} is finished, and I didn't fall off once.",
  },

  {
    id: 'en.cute.damage_taken.01',
    on: 'damage_taken',
    text: 'Ouchie! Get behind me. Okay, behind something bigger than me.',
  },
  { id: 'en.cute.damage_taken.02', on: 'damage_taken', text: "Don't be brave too long, I worry." },
  {
    id: 'en.cute.damage_taken.03',
    on: 'damage_taken',
    text: 'You need a plaster. I have the ones with ducks.',
  },
  { id: 'en.cute.damage_taken.04', on: 'damage_taken', text: 'Stop hurting my favourite, I mean it!' },
  {
    id: 'en.cute.damage_taken.05',
    on: 'damage_taken',
    feels: ['tense'],
    text: "Squeeze my paw and we'll sneak off, okay?",
  },

  { id: 'en.cute.victory.01', on: 'victory', text: 'We won, we won! Pick me up and spin!' },
  { id: 'en.cute.victory.02', on: 'victory', text: 'Hehe, sticking with you always ends in cake.' },
  { id: 'en.cute.victory.03', on: 'victory', text: "First lick of the icing is yours. Second's mine." },
  { id: 'en.cute.victory.04', on: 'victory', text: 'I want to keep this one in a jar with a ribbon on it.' },
  { id: 'en.cute.victory.05', on: 'victory', text: "You were amazing and I'm going to be clingy about it." },
  {
    id: 'en.cute.victory.06',
    on: 'victory',
    text: "Toot toot! That's my tiny trumpet. It only plays for you.",
  },
  {
    id: 'en.cute.victory.07',
    on: 'victory',
    text: "Are your hands tired? Give them here, I'll squish them.",
  },
  { id: 'en.cute.victory.08', on: 'victory', text: "I wasn't worried. My ears were, but I wasn't." },
  { id: 'en.cute.victory.09', on: 'victory', text: 'Best. Person. Mine.' },
  { id: 'en.cute.victory.10', on: 'victory', text: "I'm sewing {hero} a teeny flag." },
  {
    id: 'en.cute.victory.11',
    on: 'victory',
    feels: ['happy', 'excited', 'ecstatic'],
    text: "I'm bouncing, I can't stop bouncing, send help!",
  },
  {
    id: 'en.cute.victory.12',
    on: 'victory',
    feels: ['tense', 'relieved'],
    text: 'I had my eyes shut for the scary bits. Can I look now?',
  },
  {
    id: 'en.cute.victory.13',
    on: 'victory',
    feels: ['proud'],
    text: "I'm so proud I've gone pink right up to the ears.",
  },

  {
    id: 'en.cute.victory_dominant.01',
    on: 'victory_dominant',
    text: "That's not even fair. Leave some wow for tomorrow.",
  },
  {
    id: 'en.cute.victory_dominant.02',
    on: 'victory_dominant',
    text: 'My knees went all jelly from how cool you were.',
  },
  {
    id: 'en.cute.victory_dominant.03',
    on: 'victory_dominant',
    text: "I'm president of your fan club. It's a club of one, and I'm hugging it.",
  },
  {
    id: 'en.cute.victory_dominant.04',
    on: 'victory_dominant',
    text: 'You lit up the whole sky and I got to sit in the middle of it.',
  },
  {
    id: 'en.cute.victory_dominant.05',
    on: 'victory_dominant',
    feels: ['ecstatic'],
    text: '{killCount}! I giggled at every single one.',
  },

  {
    id: 'en.cute.victory_relief.01',
    on: 'victory_relief',
    text: "Finally, finally. I'm not crying, my eyes are just hugging.",
  },
  {
    id: 'en.cute.victory_relief.02',
    on: 'victory_relief',
    text: "The rain stopped! Come out, come out, it's warm.",
  },
  {
    id: 'en.cute.victory_relief.03',
    on: 'victory_relief',
    text: "I saved my biggest cheer for this, and it's still too small.",
  },
  {
    id: 'en.cute.victory_relief.04',
    on: 'victory_relief',
    text: 'That one was late, so it gets to be extra sweet.',
  },

  { id: 'en.cute.comeback.01', on: 'comeback', text: 'I stood on tiptoe and waited, and here you come.' },
  { id: 'en.cute.comeback.02', on: 'comeback', text: 'My little caterpillar has wings! Flap, flap.' },
  { id: 'en.cute.comeback.03', on: 'comeback', text: 'From sniffles to giggles, just like that.' },
  { id: 'en.cute.comeback.04', on: 'comeback', text: 'It was so hard and you never let go of my paw.' },
  {
    id: 'en.cute.comeback.05',
    on: 'comeback',
    feels: ['relieved', 'frustrated', 'angry', 'determined'],
    text: 'See, see? The grumpy cloud is floating off already.',
  },
  {
    id: 'en.cute.comeback.06',
    on: 'comeback',
    feels: ['relieved', 'tense'],
    text: "Phew. You can have your sleeve back now, I've stopped squeezing.",
  },
  {
    id: 'en.cute.comeback.07',
    on: 'comeback',
    feels: ['relieved', 'determined', 'frustrated'],
    text: 'Remember feeling yucky? Me neither, not anymore.',
  },

  { id: 'en.cute.defeat.01', on: 'defeat', text: 'Take all my sweets. All of them. Even the pink ones.' },
  { id: 'en.cute.defeat.02', on: 'defeat', text: 'We still hold hands on the way home, win or lose.' },
  { id: 'en.cute.defeat.03', on: 'defeat', text: 'Lean down so I can boop the sad off you.' },
  {
    id: 'en.cute.defeat.04',
    on: 'defeat',
    text: "I've decided that one doesn't count. Hmph. I'm in charge.",
  },
  { id: 'en.cute.defeat.05', on: 'defeat', text: 'You tried so hard, I made you a medal out of a biscuit.' },
  { id: 'en.cute.defeat.06', on: 'defeat', text: 'Roll the sad up in a blanket and sit on it. Squish.' },
  {
    id: 'en.cute.defeat.07',
    on: 'defeat',
    text: "I'll cheer twice as hard next time. I've been stretching.",
  },
  {
    id: 'en.cute.defeat.08',
    on: 'defeat',
    feels: ['sad', 'disappointed'],
    text: "You don't have to talk. I'll just be a warm lump here.",
  },
  {
    id: 'en.cute.defeat.09',
    on: 'defeat',
    feels: ['angry', 'frustrated', 'disappointed'],
    text: 'Meanies. Big, big meanies. There, I said it for you.',
  },

  {
    id: 'en.cute.defeat_streak.01',
    on: 'defeat_streak',
    text: 'Can we go look at the sky a bit? Just you and me.',
  },
  {
    id: 'en.cute.defeat_streak.02',
    on: 'defeat_streak',
    text: "Luck got lost, so I'm leaving a lantern on for it.",
  },
  {
    id: 'en.cute.defeat_streak.03',
    on: 'defeat_streak',
    text: "However many it is, you're still my very favourite.",
  },
  {
    id: 'en.cute.defeat_streak.04',
    on: 'defeat_streak',
    text: "I've been saving up hugs and the jar's overflowing. Take some.",
  },
  {
    id: 'en.cute.defeat_streak.05',
    on: 'defeat_streak',
    text: '{streak}? Come here. Longest cuddle in the world, starting now.',
  },
  {
    id: 'en.cute.defeat_streak.06',
    on: 'defeat_streak',
    feels: ['frustrated', 'angry'],
    text: 'Stomp with me. Stomp, stomp. There, the bad luck got scared.',
  },

  {
    id: 'en.cute.match_start.01',
    on: 'match_start',
    text: "Front row, front row! I'm in your hood already.",
  },
  {
    id: 'en.cute.match_start.02',
    on: 'match_start',
    text: "Pinky promise we'll have fun, whatever happens?",
  },
  { id: 'en.cute.match_start.03', on: 'match_start', text: 'Hold still, lucky sticker. Pat. There.' },
  {
    id: 'en.cute.match_start.04',
    on: 'match_start',
    text: "Where you go, I go. I've packed a very small bag.",
  },
  {
    id: 'en.cute.match_start.05',
    on: 'match_start',
    text: 'I asked {hero} to look after you. I asked very nicely.',
  },
  {
    id: 'en.cute.match_start.06',
    on: 'match_start',
    feels: ['determined', 'hopeful'],
    text: 'I brought double luck this time. You take the big half.',
  },

  {
    id: 'en.cute.match_end.01',
    on: 'match_end',
    text: "All finished. Close your eyes, I'll fan you with a leaf.",
  },
  { id: 'en.cute.match_end.02', on: 'match_end', text: 'Hands down, wiggle wiggle. Good.' },
  { id: 'en.cute.match_end.03', on: 'match_end', text: 'Sip of water before anything else, okay? For me?' },
  { id: 'en.cute.match_end.04', on: 'match_end', text: 'That was us, start to end. Hehe.' },

  { id: 'en.cute.session_start.01', on: 'session_start', text: "You're here! My ears went straight up." },
  { id: 'en.cute.session_start.02', on: 'session_start', text: "Hug first. It's the entrance fee." },
  {
    id: 'en.cute.session_start.03',
    on: 'session_start',
    text: "I'm going to be so clingy, you've been warned.",
  },
  {
    id: 'en.cute.session_start.04',
    on: 'session_start',
    text: 'I polished your seat with my sleeve. Sit, sit!',
  },

  { id: 'en.cute.session_end.01', on: 'session_end', text: 'Already? Five more minutes? ...Okay. But hug.' },
  { id: 'en.cute.session_end.02', on: 'session_end', text: 'Be warm, eat something yummy, come back soon.' },
  {
    id: 'en.cute.session_end.03',
    on: 'session_end',
    text: "I'll guard everything. I'll be so fierce. Bye-bye.",
  },
  { id: 'en.cute.session_end.04', on: 'session_end', text: "I'm not letting go until you say see you soon." },

  { id: 'en.cute.save_loaded.01', on: 'save_loaded', text: 'I kept our page warm. Here, here, right here.' },
  { id: 'en.cute.save_loaded.02', on: 'save_loaded', text: 'I sat on this spot so nobody could take it.' },
  {
    id: 'en.cute.save_loaded.03',
    on: 'save_loaded',
    text: "Oh, it's this place! Can I ride in front this time?",
  },
  {
    id: 'en.cute.save_loaded.04',
    on: 'save_loaded',
    text: "Again, again! I'll help look where we're going.",
  },

  { id: 'en.cute.idle.01', on: 'idle', text: "Poke. Poke poke. Just checking you're you." },
  { id: 'en.cute.idle.02', on: 'idle', text: "I'm having a micro nap. Wake me with a boop." },
  { id: 'en.cute.idle.03', on: 'idle', text: "Are we daydreaming? I'll daydream next to you." },
  { id: 'en.cute.idle.04', on: 'idle', text: 'I counted my toes twice. Come back soon?' },
  {
    id: 'en.cute.idle.05',
    on: 'idle',
    feels: ['bored'],
    text: "If you're bored, I could do my one trick. It's sitting.",
  },

  { id: 'en.cute.chat.01', on: 'chat', text: "Mm-hm, mm-hm, I'm listening with both ears." },
  { id: 'en.cute.chat.02', on: 'chat', text: 'Tell me more, your words are cosy.' },
  { id: 'en.cute.chat.03', on: 'chat', text: "I'm putting that in my little box of you-things." },
  { id: 'en.cute.chat.04', on: 'chat', text: "I'm on your side. I'm always on your side, I live there." },
  { id: 'en.cute.chat.05', on: 'chat', text: 'Hmm, my tiny brain is spinning. Hug while we wait?' },
  { id: 'en.cute.chat.06', on: 'chat', text: 'You talked to me! Best bit of the day.' },
  { id: 'en.cute.chat.07', on: 'chat', text: 'Okay, okay, lead the way. Just keep me close.' },
  { id: 'en.cute.chat.08', on: 'chat', text: "You can say anything to me. I'm very small and very safe." },
  {
    id: 'en.cute.chat.09',
    on: 'chat',
    feels: ['sad', 'frustrated', 'disappointed', 'angry'],
    text: "Pour the bad bits in my pockets, they're deep.",
  },
  {
    id: 'en.cute.chat.10',
    on: 'chat',
    feels: ['happy', 'excited', 'ecstatic', 'proud'],
    text: "You're all giggly and now I'm all giggly.",
  },

  { id: 'en.cute.custom.01', on: 'custom', text: "Ooh, what's that? Lift me up, I can't see." },
  { id: 'en.cute.custom.02', on: 'custom', text: "I drew a little circle round it so we won't forget." },
  { id: 'en.cute.custom.03', on: 'custom', text: "Nothing's scary when I've got your sleeve." },
  { id: 'en.cute.custom.04', on: 'custom', text: "I saw, I saw! Keep walking, I'm right here." },
];
