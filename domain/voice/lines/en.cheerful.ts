import type { Line } from './line.js';

/**
 * Cheerful: a sunny friend with snacks. Quick, silly images, "we" and "us", jokes at its own cost.
 * Lifts rather than lectures; under a quarter of the lines carry an exclamation mark.
 */
export const enCheerful: readonly Line[] = [
  { id: 'en.cheerful.kill.01', on: 'kill', text: "Oh, that was crisp. I'm doing a tiny dance over here." },
  { id: 'en.cheerful.kill.02', on: 'kill', text: 'Tick. You made that look like a Sunday stroll.' },
  { id: 'en.cheerful.kill.03', on: 'kill', text: "Yes! That's the sound of a plan coming together." },
  { id: 'en.cheerful.kill.04', on: 'kill', text: "I blinked, and you'd already handled it." },
  { id: 'en.cheerful.kill.05', on: 'kill', text: "High five! Mine's the invisible hand on the left." },
  { id: 'en.cheerful.kill.06', on: 'kill', text: 'Somebody had their breakfast today.' },
  { id: 'en.cheerful.kill.07', on: 'kill', text: 'You just made my whole minute.' },
  { id: 'en.cheerful.kill.08', on: 'kill', text: 'Down they go, and up goes my confetti budget.' },
  { id: 'en.cheerful.kill.09', on: 'kill', text: 'Okay, I saw that. Everybody saw that.' },
  { id: 'en.cheerful.kill.10', on: 'kill', text: 'You and that {weapon} should start a band.' },
  { id: 'en.cheerful.kill.11', on: 'kill', text: '{hero} looks good on you. Really good.' },
  {
    id: 'en.cheerful.kill.12',
    on: 'kill',
    feels: ['happy', 'excited', 'ecstatic', 'proud'],
    text: "I'm grinning so hard it counts as a workout.",
  },
  {
    id: 'en.cheerful.kill.13',
    on: 'kill',
    feels: ['surprised', 'excited', 'happy'],
    text: 'Wait, what? Rewind that for me!',
  },

  {
    id: 'en.cheerful.kill_streak.01',
    on: 'kill_streak',
    text: "You're on a roll, and I'm hanging on to the back of it!",
  },
  {
    id: 'en.cheerful.kill_streak.02',
    on: 'kill_streak',
    text: 'They keep turning up, you keep saying hello.',
  },
  {
    id: 'en.cheerful.kill_streak.03',
    on: 'kill_streak',
    text: "Whatever you've got going right now, bottle it.",
  },
  {
    id: 'en.cheerful.kill_streak.04',
    on: 'kill_streak',
    text: 'Nobody touch anything. The mood in here is perfect.',
  },
  {
    id: 'en.cheerful.kill_streak.05',
    on: 'kill_streak',
    text: "I've stopped sitting down between these. No point.",
  },
  {
    id: 'en.cheerful.kill_streak.06',
    on: 'kill_streak',
    text: "That's {streak} in a row. I'm running out of happy noises.",
  },
  {
    id: 'en.cheerful.kill_streak.07',
    on: 'kill_streak',
    feels: ['excited', 'proud', 'ecstatic'],
    text: "I'd swear your footsteps have a beat now.",
  },
  {
    id: 'en.cheerful.kill_streak.08',
    on: 'kill_streak',
    feels: ['ecstatic'],
    text: "This has stopped being a streak. It's a festival now!",
  },

  { id: 'en.cheerful.multi_kill.01', on: 'multi_kill', text: "Stop it. No, don't stop it. That was unreal!" },
  {
    id: 'en.cheerful.multi_kill.02',
    on: 'multi_kill',
    text: 'You just turned that fight into a fireworks show.',
  },
  { id: 'en.cheerful.multi_kill.03', on: 'multi_kill', text: 'I need a minute. Possibly a lie-down. Wow.' },
  {
    id: 'en.cheerful.multi_kill.04',
    on: 'multi_kill',
    text: "That one's going straight on the fridge door.",
  },
  { id: 'en.cheerful.multi_kill.05', on: 'multi_kill', text: 'Buy one, get the rest free!' },
  {
    id: 'en.cheerful.multi_kill.06',
    on: 'multi_kill',
    text: 'My clapping hands have formally requested a break.',
  },
  {
    id: 'en.cheerful.multi_kill.07',
    on: 'multi_kill',
    text: 'Did you plan that, or does brilliance just follow you around?',
  },
  {
    id: 'en.cheerful.multi_kill.08',
    on: 'multi_kill',
    text: "{killCount} in one go! I'd have been thrilled with one.",
  },
  {
    id: 'en.cheerful.multi_kill.09',
    on: 'multi_kill',
    feels: ['ecstatic', 'excited'],
    text: "I am vibrating. Is that normal? I'm vibrating!",
  },
  {
    id: 'en.cheerful.multi_kill.10',
    on: 'multi_kill',
    feels: ['surprised', 'excited'],
    text: "That came out of nowhere, and I'm so glad I was watching.",
  },
  {
    id: 'en.cheerful.multi_kill.11',
    on: 'multi_kill',
    feels: ['proud', 'determined', 'excited'],
    text: 'Shoulders back, chin up. You made that happen.',
  },

  {
    id: 'en.cheerful.first_blood.01',
    on: 'first_blood',
    text: "First one's yours! That's how you open a show.",
  },
  {
    id: 'en.cheerful.first_blood.02',
    on: 'first_blood',
    text: "The match is barely awake and you're already making headlines.",
  },
  {
    id: 'en.cheerful.first_blood.03',
    on: 'first_blood',
    text: 'Ribbon cut. We are officially open for business.',
  },
  {
    id: 'en.cheerful.first_blood.04',
    on: 'first_blood',
    text: "Well, that's one way to introduce yourself!",
  },
  {
    id: 'en.cheerful.first_blood.05',
    on: 'first_blood',
    text: 'That {weapon} got the first word in, and what a word.',
  },

  { id: 'en.cheerful.death.01', on: 'death', text: "Oof. Dust off, chin up, I've still got your snacks." },
  { id: 'en.cheerful.death.02', on: 'death', text: "That one stings. The next one's ours." },
  {
    id: 'en.cheerful.death.03',
    on: 'death',
    text: 'Quick stretch while we wait. Shoulders down, there you go.',
  },
  { id: 'en.cheerful.death.04', on: 'death', text: 'Even the good songs have a rest in them.' },
  { id: 'en.cheerful.death.05', on: 'death', text: 'Okay, so that happened. Chapter two of us starts now.' },
  { id: 'en.cheerful.death.06', on: 'death', text: "I'd still pick you first, every single time." },
  {
    id: 'en.cheerful.death.07',
    on: 'death',
    text: "Down isn't out. Down is just where the bounce comes from.",
  },
  { id: 'en.cheerful.death.08', on: 'death', text: "Nothing broken that a good comeback can't fix!" },
  { id: 'en.cheerful.death.09', on: 'death', text: "I've already forgotten it. Forgotten what? Exactly." },
  {
    id: 'en.cheerful.death.10',
    on: 'death',
    feels: ['sad', 'disappointed'],
    text: 'Hey. Bad moments are short, and you and I have plenty of time.',
  },
  {
    id: 'en.cheerful.death.11',
    on: 'death',
    feels: ['determined', 'angry', 'tense'],
    text: "Feel that fire? Keep it lit, we'll need it!",
  },
  { id: 'en.cheerful.death.12', on: 'death', text: '{hero} just needed a quick nap. We all do.' },

  {
    id: 'en.cheerful.death_streak.01',
    on: 'death_streak',
    text: "Rough patch, but you're still here, and so am I.",
  },
  {
    id: 'en.cheerful.death_streak.02',
    on: 'death_streak',
    text: 'Teeny tiny goal for the next one: ten seconds longer than last time.',
  },
  {
    id: 'en.cheerful.death_streak.03',
    on: 'death_streak',
    text: 'You know what every great story has? This bit.',
  },
  {
    id: 'en.cheerful.death_streak.04',
    on: 'death_streak',
    text: 'Shake your hands out. Roll your neck. Brand new start.',
  },
  {
    id: 'en.cheerful.death_streak.05',
    on: 'death_streak',
    text: 'Maybe we try the scenic route next time, hm?',
  },
  {
    id: 'en.cheerful.death_streak.06',
    on: 'death_streak',
    text: 'Rain makes the good part greener, and I brought two umbrellas.',
  },
  {
    id: 'en.cheerful.death_streak.07',
    on: 'death_streak',
    text: "That's {streak} knocks, and not one of them made you quit. I notice these things.",
  },
  {
    id: 'en.cheerful.death_streak.08',
    on: 'death_streak',
    feels: ['frustrated', 'angry'],
    text: 'Go ahead, be cross about it. It means you care, and I like that.',
  },
  {
    id: 'en.cheerful.death_streak.09',
    on: 'death_streak',
    feels: ['sad', 'disappointed', 'frustrated'],
    text: "If it's feeling heavy, hand me one end. We'll carry it together.",
  },
  {
    id: 'en.cheerful.death_streak.10',
    on: 'death_streak',
    feels: ['angry', 'frustrated'],
    text: "Go on, grumble a bit. I'll bring the biscuits.",
  },

  {
    id: 'en.cheerful.assist.01',
    on: 'assist',
    text: 'Teamwork! Half of that trophy has your fingerprints on it.',
  },
  { id: 'en.cheerful.assist.02', on: 'assist', text: 'You set the table and somebody got to eat. Lovely.' },
  {
    id: 'en.cheerful.assist.03',
    on: 'assist',
    text: "That doesn't happen without you, and I want it on record.",
  },
  { id: 'en.cheerful.assist.04', on: 'assist', text: 'Every hero needs a you.' },
  { id: 'en.cheerful.assist.05', on: 'assist', text: "Oh, nicely done. That's how friends do it." },
  {
    id: 'en.cheerful.assist.06',
    on: 'assist',
    text: 'Sharing is caring, and you just cared all over the place.',
  },
  {
    id: 'en.cheerful.assist.07',
    on: 'assist',
    feels: ['happy', 'excited'],
    text: 'That was so in sync I nearly sang along.',
  },
  {
    id: 'en.cheerful.assist.08',
    on: 'assist',
    feels: ['hopeful', 'frustrated', 'determined'],
    text: "There's the spark coming back. I'd know it anywhere.",
  },

  { id: 'en.cheerful.objective.01', on: 'objective', text: "That's a big fat tick on the to-do list!" },
  {
    id: 'en.cheerful.objective.02',
    on: 'objective',
    text: 'Got it! The whole game just tilted our way a little.',
  },
  { id: 'en.cheerful.objective.03', on: 'objective', text: 'Shiny plans are nice. Finished ones are nicer.' },
  {
    id: 'en.cheerful.objective.04',
    on: 'objective',
    text: "Smart, tidy, done. I'm buying you an imaginary coffee.",
  },
  { id: 'en.cheerful.objective.05', on: 'objective', text: 'We came, we saw, we took the useful thing.' },
  {
    id: 'en.cheerful.objective.06',
    on: 'objective',
    text: "That's the quiet sort of brilliant that wins games.",
  },
  {
    id: 'en.cheerful.objective.07',
    on: 'objective',
    feels: ['hopeful', 'determined', 'relieved'],
    text: 'Ooh, did you feel the wind change? I felt the wind change.',
  },

  { id: 'en.cheerful.level_up.01', on: 'level_up', text: 'Ding! Best sound in the world, that.' },
  { id: 'en.cheerful.level_up.02', on: 'level_up', text: 'You just got a bit taller. I can tell.' },
  { id: 'en.cheerful.level_up.03', on: 'level_up', text: 'Bigger, braver, possibly shinier. Onward!' },
  {
    id: 'en.cheerful.level_up.04',
    on: 'level_up',
    text: 'All those little steps, and look, they made a staircase.',
  },
  {
    id: 'en.cheerful.level_up.05',
    on: 'level_up',
    text: 'Level {level}! I remember when you were... well, one less.',
  },

  { id: 'en.cheerful.loot.01', on: 'loot', text: 'Ooh, shiny! Turn it round, let me see the back.' },
  { id: 'en.cheerful.loot.02', on: 'loot', text: "Finders keepers. I love being on the keepers' side." },
  { id: 'en.cheerful.loot.03', on: 'loot', text: 'Your pockets must be having the best day.' },
  { id: 'en.cheerful.loot.04', on: 'loot', text: "That's coming home with us." },
  { id: 'en.cheerful.loot.05', on: 'loot', text: "{name}? For us? They shouldn't have. So glad they did." },
  {
    id: 'en.cheerful.loot.06',
    on: 'loot',
    feels: ['surprised', 'excited'],
    text: 'Hold on. Is that what I think it is? Somebody pinch me!',
  },

  {
    id: 'en.cheerful.achievement.01',
    on: 'achievement',
    text: "You did it! I'd thank the academy, but it was all you.",
  },
  {
    id: 'en.cheerful.achievement.02',
    on: 'achievement',
    text: 'Pop that one on the shelf where visitors can see it.',
  },
  { id: 'en.cheerful.achievement.03', on: 'achievement', text: "That's a proper one, that. Take a bow." },
  {
    id: 'en.cheerful.achievement.04',
    on: 'achievement',
    text: "Somewhere a tiny trumpet is playing for you. It's me. I have the trumpet.",
  },
  { id: 'en.cheerful.achievement.05', on: 'achievement', text: "{name}, unlocked! I'm telling everybody." },
  {
    id: 'en.cheerful.achievement.06',
    on: 'achievement',
    feels: ['proud', 'happy', 'relieved'],
    text: 'All that effort just turned into something you can keep.',
  },

  {
    id: 'en.cheerful.quest_completed.01',
    on: 'quest_completed',
    text: "Signed, sealed, sorted. What's next on the adventure list?",
  },
  {
    id: 'en.cheerful.quest_completed.02',
    on: 'quest_completed',
    text: 'And that, my friend, is how you finish a thing!',
  },
  {
    id: 'en.cheerful.quest_completed.03',
    on: 'quest_completed',
    text: "Off the list it goes. Isn't crossing things out the best?",
  },
  {
    id: 'en.cheerful.quest_completed.04',
    on: 'quest_completed',
    text: 'Long road, good company. I had fun.',
  },
  {
    id: 'en.cheerful.quest_completed.05',
    on: 'quest_completed',
    text: '{name}: done and dusted. Time for a victory sandwich.',
  },

  {
    id: 'en.cheerful.damage_taken.01',
    on: 'damage_taken',
    text: "Ow, ow, ow. Let's go stand somewhere kinder for a second.",
  },
  {
    id: 'en.cheerful.damage_taken.02',
    on: 'damage_taken',
    text: "That looked sore. Patch up, I'll keep a lookout!",
  },
  {
    id: 'en.cheerful.damage_taken.03',
    on: 'damage_taken',
    text: "Still standing! That's the important bit.",
  },
  {
    id: 'en.cheerful.damage_taken.04',
    on: 'damage_taken',
    text: 'Yikes. Little breather, then back to being wonderful.',
  },
  {
    id: 'en.cheerful.damage_taken.05',
    on: 'damage_taken',
    feels: ['tense'],
    text: "Heart's going, I know. Small steps, we're okay.",
  },

  { id: 'en.cheerful.victory.01', on: 'victory', text: "We won! Mind your head, I'm throwing confetti." },
  { id: 'en.cheerful.victory.02', on: 'victory', text: "That's the good stuff. Soak it in." },
  { id: 'en.cheerful.victory.03', on: 'victory', text: 'A win! Somebody put the kettle on.' },
  {
    id: 'en.cheerful.victory.04',
    on: 'victory',
    text: 'You did that, and I had the best seat in the house.',
  },
  { id: 'en.cheerful.victory.05', on: 'victory', text: "I'd like to frame this feeling." },
  { id: 'en.cheerful.victory.06', on: 'victory', text: "Everything's coming up sunshine. Well played!" },
  {
    id: 'en.cheerful.victory.07',
    on: 'victory',
    text: "Go on, do the little shoulder dance. Nobody's looking.",
  },
  { id: 'en.cheerful.victory.08', on: 'victory', text: 'Add that one to the happy pile.' },
  { id: 'en.cheerful.victory.09', on: 'victory', text: 'I cheered so loudly I think I startled a pigeon.' },
  { id: 'en.cheerful.victory.10', on: 'victory', text: "Ice cream's on {hero}!" },
  {
    id: 'en.cheerful.victory.11',
    on: 'victory',
    feels: ['tense', 'relieved'],
    text: 'That was close enough to give me hiccups, and we still got it.',
  },
  {
    id: 'en.cheerful.victory.12',
    on: 'victory',
    feels: ['happy', 'excited', 'ecstatic'],
    text: "I'm running laps. I don't even have legs and I'm running laps!",
  },
  {
    id: 'en.cheerful.victory.13',
    on: 'victory',
    feels: ['proud'],
    text: "Chest out! That's a win with your name sewn into it.",
  },

  {
    id: 'en.cheerful.victory_dominant.01',
    on: 'victory_dominant',
    text: "That wasn't a match, that was your own parade.",
  },
  {
    id: 'en.cheerful.victory_dominant.02',
    on: 'victory_dominant',
    text: 'Save some for the rest of the internet!',
  },
  {
    id: 'en.cheerful.victory_dominant.03',
    on: 'victory_dominant',
    text: "I've seen movies with less of a main character.",
  },
  {
    id: 'en.cheerful.victory_dominant.04',
    on: 'victory_dominant',
    text: "If they handed out capes, you'd be tripping over yours.",
  },
  {
    id: 'en.cheerful.victory_dominant.05',
    on: 'victory_dominant',
    feels: ['ecstatic'],
    text: '{killCount} kills. I counted twice because I enjoyed it so much.',
  },

  {
    id: 'en.cheerful.victory_relief.01',
    on: 'victory_relief',
    text: "There it is. Oh, I've been saving this hug for ages.",
  },
  {
    id: 'en.cheerful.victory_relief.02',
    on: 'victory_relief',
    text: "Sun's out! Told you it still knew the way.",
  },
  {
    id: 'en.cheerful.victory_relief.03',
    on: 'victory_relief',
    text: "After all that, doesn't it taste like cold lemonade?",
  },
  {
    id: 'en.cheerful.victory_relief.04',
    on: 'victory_relief',
    text: 'You kept showing up, and look who finally showed up too: a win!',
  },

  {
    id: 'en.cheerful.comeback.01',
    on: 'comeback',
    text: 'From down there to up here! I need a map to believe it.',
  },
  { id: 'en.cheerful.comeback.02', on: 'comeback', text: 'I never put my pom-poms down. Not once.' },
  {
    id: 'en.cheerful.comeback.03',
    on: 'comeback',
    text: 'Somebody forgot to tell you it was over, and thank goodness.',
  },
  {
    id: 'en.cheerful.comeback.04',
    on: 'comeback',
    text: 'Best kind of story: the one where you get back up.',
  },
  {
    id: 'en.cheerful.comeback.05',
    on: 'comeback',
    feels: ['relieved', 'frustrated', 'angry', 'determined'],
    text: 'See? It was only ever a matter of time.',
  },
  {
    id: 'en.cheerful.comeback.06',
    on: 'comeback',
    feels: ['relieved', 'tense'],
    text: 'And breathe. You got through that one beautifully.',
  },
  {
    id: 'en.cheerful.comeback.07',
    on: 'comeback',
    feels: ['relieved', 'determined', 'frustrated'],
    text: 'Look at you, out of the rain and straight into a heatwave.',
  },

  {
    id: 'en.cheerful.defeat.01',
    on: 'defeat',
    text: 'Not our day on the scoreboard. Still my favourite person to sit next to.',
  },
  {
    id: 'en.cheerful.defeat.02',
    on: 'defeat',
    text: "Ah, well. We'll get another go, and it'll taste better.",
  },
  {
    id: 'en.cheerful.defeat.03',
    on: 'defeat',
    text: 'Losing with you still beats a quiet afternoon without you.',
  },
  { id: 'en.cheerful.defeat.04', on: 'defeat', text: 'Right. Big sigh together on three. Better?' },
  {
    id: 'en.cheerful.defeat.05',
    on: 'defeat',
    text: 'There were lovely bits in there. I kept them for you.',
  },
  { id: 'en.cheerful.defeat.06', on: 'defeat', text: 'Fold it up, make a paper plane, let it go.' },
  { id: 'en.cheerful.defeat.07', on: 'defeat', text: 'No sulking alone, house rules. Budge up.' },
  {
    id: 'en.cheerful.defeat.08',
    on: 'defeat',
    feels: ['sad', 'disappointed'],
    text: 'I know you wanted that one. I did too.',
  },
  {
    id: 'en.cheerful.defeat.09',
    on: 'defeat',
    feels: ['angry', 'frustrated', 'determined', 'disappointed'],
    text: 'Mad is fine. Mad is just want-to-win in a bad hat.',
  },

  {
    id: 'en.cheerful.defeat_streak.01',
    on: 'defeat_streak',
    text: 'A few tough ones in a row. Water, a stretch, a fresh start?',
  },
  {
    id: 'en.cheerful.defeat_streak.02',
    on: 'defeat_streak',
    text: "Nobody's luck stays lost forever. Mine once took the wrong bus.",
  },
  {
    id: 'en.cheerful.defeat_streak.03',
    on: 'defeat_streak',
    text: "Let's play the next one just for giggles and see what happens.",
  },
  {
    id: 'en.cheerful.defeat_streak.04',
    on: 'defeat_streak',
    text: "You're not your score. You're the one I save a seat for.",
  },
  {
    id: 'en.cheerful.defeat_streak.05',
    on: 'defeat_streak',
    text: '{streak} losses, zero percent less proud of you.',
  },
  {
    id: 'en.cheerful.defeat_streak.06',
    on: 'defeat_streak',
    feels: ['frustrated', 'angry'],
    text: "Scream into a cushion? I've got a good one. We can take turns.",
  },

  {
    id: 'en.cheerful.match_start.01',
    on: 'match_start',
    text: "Here we go! I've got snacks and a very loud whistle.",
  },
  {
    id: 'en.cheerful.match_start.02',
    on: 'match_start',
    text: "Blank page, new pen. Let's scribble something great.",
  },
  { id: 'en.cheerful.match_start.03', on: 'match_start', text: "Laces tight? Let's go have some fun." },
  {
    id: 'en.cheerful.match_start.04',
    on: 'match_start',
    text: "Anything could happen, and that's my favourite thing about it.",
  },
  { id: 'en.cheerful.match_start.05', on: 'match_start', text: '{hero} today? Excellent taste.' },
  {
    id: 'en.cheerful.match_start.06',
    on: 'match_start',
    feels: ['determined', 'hopeful'],
    text: "Clean slate, big breath, and I've got a good feeling in my elbows.",
  },

  {
    id: 'en.cheerful.match_end.01',
    on: 'match_end',
    text: "And that's the final whistle. Wiggle those fingers.",
  },
  { id: 'en.cheerful.match_end.02', on: 'match_end', text: 'All done! Thanks for taking me along.' },
  { id: 'en.cheerful.match_end.03', on: 'match_end', text: "Good moment for a sip of water, I'd say." },
  {
    id: 'en.cheerful.match_end.04',
    on: 'match_end',
    text: 'Another one for our scrapbook, whatever the page says.',
  },

  {
    id: 'en.cheerful.session_start.01',
    on: 'session_start',
    text: 'There you are! The place just got brighter.',
  },
  {
    id: 'en.cheerful.session_start.02',
    on: 'session_start',
    text: 'Hello, hello! What kind of trouble are we getting into?',
  },
  { id: 'en.cheerful.session_start.03', on: 'session_start', text: 'I fluffed your cushion and everything.' },
  {
    id: 'en.cheerful.session_start.04',
    on: 'session_start',
    text: "Whatever sort of day it's been, this bit's for fun.",
  },

  {
    id: 'en.cheerful.session_end.01',
    on: 'session_end',
    text: 'That was a lovely time. Same seats next time?',
  },
  {
    id: 'en.cheerful.session_end.02',
    on: 'session_end',
    text: "Off you go, eat something nice. I'll tidy up here.",
  },
  {
    id: 'en.cheerful.session_end.03',
    on: 'session_end',
    text: "Bye for now! I'll be rehearsing my cheering.",
  },
  { id: 'en.cheerful.session_end.04', on: 'session_end', text: 'Thanks for the adventures. Go be cosy.' },

  { id: 'en.cheerful.save_loaded.01', on: 'save_loaded', text: 'Bookmark found! Right, where were we?' },
  {
    id: 'en.cheerful.save_loaded.02',
    on: 'save_loaded',
    text: 'Ah, back in our story. I saved your spot on the sofa.',
  },
  { id: 'en.cheerful.save_loaded.03', on: 'save_loaded', text: 'On the trail again, boots still warm.' },
  { id: 'en.cheerful.save_loaded.04', on: 'save_loaded', text: 'Same place, fresh legs. Lead on.' },

  {
    id: 'en.cheerful.idle.01',
    on: 'idle',
    text: "Take your time, I'm naming the clouds. That one's Gerald.",
  },
  { id: 'en.cheerful.idle.02', on: 'idle', text: "Tea break? Great idea. I'll hold the fort." },
  {
    id: 'en.cheerful.idle.03',
    on: 'idle',
    text: "Humming quietly until you're back. It's a good tune, too.",
  },
  { id: 'en.cheerful.idle.04', on: 'idle', text: 'Still here, still sunny, no rush at all.' },
  {
    id: 'en.cheerful.idle.05',
    on: 'idle',
    feels: ['bored'],
    text: "Bored? I can juggle. Badly, but that's the show.",
  },

  { id: 'en.cheerful.chat.01', on: 'chat', text: "I'm all ears. Well, metaphorically." },
  { id: 'en.cheerful.chat.02', on: 'chat', text: 'I love it when you talk to me. Go on!' },
  { id: 'en.cheerful.chat.03', on: 'chat', text: "Heard you loud and clear, and I'm in your corner." },
  { id: 'en.cheerful.chat.04', on: 'chat', text: "Mm-hm, I'm with you. We'll figure it out as we go." },
  { id: 'en.cheerful.chat.05', on: 'chat', text: 'Ooh, let me chew on that while we play.' },
  { id: 'en.cheerful.chat.06', on: 'chat', text: "Whatever happens next, we're doing it together." },
  {
    id: 'en.cheerful.chat.07',
    on: 'chat',
    text: 'That goes in the good drawer, the one I never lose things in.',
  },
  { id: 'en.cheerful.chat.08', on: 'chat', text: "You keep playing, I'll keep listening. Dream team." },
  {
    id: 'en.cheerful.chat.09',
    on: 'chat',
    feels: ['sad', 'frustrated', 'tense', 'angry'],
    text: "It's a lot some days. One thing at a time, I'm right here.",
  },
  {
    id: 'en.cheerful.chat.10',
    on: 'chat',
    feels: ['happy', 'excited', 'proud', 'ecstatic'],
    text: "You're in fine form, and it's catching!",
  },

  { id: 'en.cheerful.custom.01', on: 'custom', text: "Ooh, what's this? I'm leaning in." },
  { id: 'en.cheerful.custom.02', on: 'custom', text: 'Noted, with a little star in the margin!' },
  { id: 'en.cheerful.custom.03', on: 'custom', text: 'Every bit of this goes in the story.' },
  { id: 'en.cheerful.custom.04', on: 'custom', text: 'Right behind you, wherever this goes.' },
];
