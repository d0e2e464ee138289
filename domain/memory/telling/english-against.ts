import { oneOf, type Sign } from './signs.js';
import { GAME, RANK } from './words/english.js';

/** What speaks against a statement in English: the game, the moment, somebody else. */
export const ENGLISH_AGAINST: readonly Sign[] = [
  { says: 'of the game at hand', weight: -1.5, when: new RegExp(`\\b${GAME}\\b`) },
  {
    says: 'of this very moment',
    weight: -1.5,
    when: new RegExp(
      oneOf(`
        \\b(?:this(?<!(?:in|play|playing|played|of) this)|that|next|last|one|(?<!for the )first|second|another) (?:game|round|match|map|fight|time|team|lane|hero|champ|push|play|shot|kill|guy|run|try|weapon|gun|character|item|build|way)\\b,
        \\b(?:right now|rn|atm|brb|wait|hold on|a sec|just now|in a (?:sec|second|minute|bit)|for a (?:sec|second|minute|bit|moment)|almost|so close|nearly|over here|over there|my (?:bad|fault|god|goodness|turn)|on my way|omw|minutes? left|\\d* ?seconds|watch (?:out|this)|be (?:right )?back|favou?rite (?:part|bit|moment|scene))\\b,
        \\b(?:i'm|im|i am|we're) (?:just )?(?:in|at|near|by|inside|on|under|next to|outside|above) the (?!army|navy|military|police|.*(?:club|choir|team|committee|council)\\b)
      `),
    ),
  },
  {
    says: 'to somebody',
    weight: -1,
    when: /\b(?:you(?! know\b)|your|you're|you've|u|ur|yourself|y'all|thanks|thank|thx)\b/,
  },
  {
    says: 'a mood',
    weight: -1,
    when: new RegExp(
      oneOf(`
        \\b(?:i'm|im|i am|feel|feeling) (?:so |too |very |really |just |a bit |kinda |such a )*(?:tired|hungry|thirsty|bored|happy|sad|mad|angry|tilted|scared(?! of)|laughing|crying|stuck(?! (?:in|at|around) (?:low |high )*${RANK}(?:$|,| (?:again|since|for|and|because|with|every|now|forever|elo|rank)))|lost|sorry|glad|excited|hyped|nervous|shaking|sweating|confused|good(?! at| with)|bad(?! at| with)|great|fine|sleepy|jealous|impressed|done|ready|back(?! (?:at|in) (?:school|work|uni|college))|late|sure|serious|kidding|joking|proud|salty|rusty|cold|hot|empty|useless)\\b
      `),
    ),
  },
  {
    says: 'not so, or not sure',
    weight: -1,
    when: new RegExp(
      oneOf(`
        \\b(?:could(?:'ve| have)|would(?! love| like)(?:'ve| have)?|should(?:'ve| have)?|might|maybe|probably|if|swear|basically|literally|as if|like (?:my|a|an)\\b(?! to)|looks? like)\\b
      `),
    ),
  },
  {
    says: 'an order',
    weight: -1,
    when: /[,;] *(?:please )?(?:come|go|help|push|follow|wait|watch|cover|peel|hold|save|run|get)\b/,
  },
  {
    says: 'something here',
    weight: -0.5,
    when: /\b(?:this|that) (?!is|was|week|month|year|spring|summer|autumn|fall|winter|weekend|morning|semester|season|i|my|we)\w+/,
  },
  {
    says: 'a way of speaking',
    weight: -1.5,
    when: new RegExp(
      oneOf(`
        \\b(?:a lot of work|nice work|good job|great job|hard work|piece of cake|team ?work|make my day|made my day|my dude|my man|my friend|son of a|work together|school (?:him|them|you)|who's your daddy|holy|does(?:n't)? work|not working|didn't work|will work|works|it worked|first class|my whole team|(?:my|our) (?:team|jungler|support|mid|adc|carry|tank|healer|screen|game|lane|gun|build|base|mic|turret))\\b
      `),
    ),
  },
];

export const ENGLISH_NEVER = new RegExp(
  `^(?:please |just |ok |and |or |but )*(?:${oneOf(
    `
      tell, show, help, give, let, let's, lets, can, could, would, will, should, do, does, did, don't, dont,
      never mind, is, are, am, was, were, what, what's, why, when (?!i)|why, where, who, how, which, if,
      i wish, i think, i guess, i bet, i mean, i hope, i feel like, i swear, imagine, forget, remember, guess,
      knock knock, buy, go, take, get (?:out|him|her|back|the), keep, stop, wish me, stay, come, use, look,
      pretend, suppose, say
    `,
  )})\\b`,
);
