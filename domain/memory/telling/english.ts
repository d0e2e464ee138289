import { ENGLISH_AGAINST, ENGLISH_NEVER } from './english-against.js';
import { oneOf, type Sign, type Telling } from './signs.js';
import { DATE, HABIT, LIFE, NOT_A_CALLING, OWN, RANK, ROLE } from './words/english.js';

const I = "i(?:'ve|'m|'d|'ll| am| have)?";
/** What may stand between the player and what they do. */
const ADVERBS =
  "(?: (?:really|also|just|still|only|mostly|mainly|usually|normally|often|sometimes|rarely|always|never|finally|recently|actually|even|quite|secretly|now|kinda|absolutely|totally|don't|dont|did not|didn't|not|no longer|do|have|been|pretty|much|already|once|both|all))*";
const POINTING = oneOf(
  `
    it, its, it's, this, that, that's, you, u, ya, him, her, them, these, those, your, ur, how, what, when,
    the way, to see, to be, to have,
    the (?!smell|sea|rain|snow|mountains?|sound of|beach|winter|summer|cold|colou?r|taste|outdoors|ocean|forest|idea of|city|dark)\\w+,
    his, their, here, myself, me, winning, losing
  `,
);
const ACTIVITY =
  'swim, cook, drive, ride, sing, dance, draw, paint, knit, sew, ski, skate, surf, whistle, code, program, juggle, bake, speak, type, play the, read music, do magic, sleep, eat, drink, taste, smell, hear well';

const FOR: readonly Sign[] = [
  {
    says: 'of the player',
    weight: 0.5,
    when: /\b(?:to|for|with) me(?:$|,)|(?:^|[^\w'])(?:i|i'm|i've|i'd|i'll|im|ive|my|mine|we|we're|we've|we'll|our|ours)(?![\w'])/,
  },
  { says: 'of a life', weight: 1, when: new RegExp(`\\b${LIFE}(?:s|es|'s)?\\b`) },
  {
    says: "the player's own",
    weight: 1,
    when: new RegExp(
      `\\b(?:my|our) (?:own |new |old |first |little |big |whole )*${OWN}(?:'s)?\\b|\\bour \\w+(?:'s (?!fault)| (?:has|have|meets?|plays?|does|do) )`,
    ),
  },
  { says: 'again and again', weight: 1, when: new RegExp(`\\b${HABIT}\\b`) },
  { says: 'on a day', weight: 1, when: new RegExp(`\\b${DATE}\\b|^(?:today|tonight) i\\b`) },
  {
    says: 'a habit',
    weight: 1,
    when: new RegExp(
      oneOf(`
        \\b(?:i|we) (?:usually|always|normally|often|rarely|mostly|never|hardly ever|almost never|only ever|only|tend to|mainly)(?: like| really)? (?!\\w+ed\\b|got|get|forget|had|need|saw|one|miss|die|hit|have|want|know|knew|just|said|see|noticed|hit|get|think|thought)\\w+
      `),
    ),
  },
  {
    says: 'a taste',
    weight: 1,
    when: new RegExp(
      `\\b${I}${ADVERBS} (?:like|love|loved|hate|hated|enjoy|enjoyed|prefer|preferred|adore|dislike|despise|fear|believe in|can't stand|cannot stand|can't live without|dream of|dream about|am into|into|care about|miss|root for|follow|support (?:the )?\\w+ fc|fan of) (?!${POINTING}\\b)\\w`,
    ),
  },
  {
    says: 'who they are',
    weight: 1,
    when: new RegExp(
      `\\b(?:i'm|im|i am)${ADVERBS} (?:very |so |half |partly |originally |terrified |scared |a certified )*(?:(?:an?|the(?! ${ROLE}\\b)) (?!(?:\\w+ly )?${NOT_A_CALLING}\\b)\\w|from (?!the (?:other|left|right|blue|red|same|back)|here|behind)|half|${oneOf(
        `
          called, named, allergic, afraid of, scared of, married, engaged, single, divorced, widowed,
          pregnant, vegan, vegetarian, deaf, blind, retired, unemployed, self-employed, left-handed, learning,
          studying, into, moving, getting married, working (?:as|at|in|on my|nights|from), based in, living,
          teaching, training for, saving, bilingual, religious, muslim, jewish, christian, buddhist, catholic,
          gay, trans, bi, adopted, more of an?, used to, fluent in, the (?:oldest|youngest|middle|eldest),
          (?:bad|terrible|awful) (?:at|with) (?:math\\w*|names|cooking|money|directions|faces|computers|kids|dates),
          good at (?:math\\w*|drawing|cooking|languages|school),
          in (?:college|university|high school|my \\w+ year|the army|\\w+th grade|therapy)
        `,
      )}|(?:\\d+|${oneOf(`
    thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen, twenty\\S*, thirty\\S*, forty\\S*,
    fifty\\S*, sixty\\S*
  `)})(?:$|,| years?| now| and| in))`,
    ),
  },
  {
    says: 'how they are called',
    weight: 1.5,
    when: /^(?:call me|(?:people|everyone|my friends|they|friends) calls? me) (?!when|if|later|crazy|back)\w+/,
  },
  {
    says: 'where they come from',
    weight: 1,
    when: new RegExp(
      oneOf(`
        \\b(?:i|we) (?:was|were) (?:born|raised),
        \\b(?:i|we)(?:'ve|'m| just| still| also| both| now| have| used to)* (?:grew up|lived?|living|come from|own|speak|spoke|studied|study|majored|work(?:ed)? (?:as|at|in|for|on|from|night|part|full|two|with)|teach|taught|coach|volunteer|serve|served|run a|commute|stream|collect|collected|wear|drive|write (?:songs|poems|poetry|fan))\\b
      `),
    ),
  },
  {
    says: 'what they can',
    weight: 1,
    when: new RegExp(
      `\\b(?:i|we) (?:can|can't|cannot|could never|know how to|never learned (?:how )?to|learned (?:how )?to|don't know how to|am able to) (?:only |also |barely |even |actually |still )*${oneOf(ACTIVITY)}\\b`,
    ),
  },
  {
    says: 'something that changed',
    weight: 1,
    when: new RegExp(
      `\\b${oneOf(
        `
          quit (?!the|this|now|it), gave up (?!on|the|my|this|that|already), giving up,
          stopped (?!counting|looking|moving|shooting|caring|playing that|me|him|her|them|it|the|by|at)\\w+ing,
          stop \\w+ing, started (?:\\w+ing|to|a|an|at|my|as|with|school|college|therapy|learning),
          starting (?:a|an|my|at|as|school|college),
          switch(?:ed|ing) (?:from|to(?! the| that| this)|my|over|mains?),
          moved (?:to|out|in|into|here|from|house|back|abroad|away|country|cities),
          moving (?:to|out|in|into|back|house|abroad), became, becoming,
          turn(?:ed|ing) (?:\\d+|vegan|vegetarian|into|eighteen|twenty|thirty), bought (?:my|our),
          sold (?:my|our), adopted, graduated?, retired, enroll?ed,
          got (?:promoted|fired|married|engaged|divorced|accepted|hired|diagnosed|into|rid of|laid off|pregnant|a new|an? \\w+ (?:for|from)|my|used to),
          changed (?:my (?!mind|build|plan)\\w+|jobs?|schools?|careers?), broke (?:my|up), broken,
          lost my (?!way|head|mind|temper|patience|shield|cool|chance|focus|aim|streak|turn|footing|items?|gear)\\w+,
          lost weight, passed (?:my|the|away), failed (?:my|the|maths?|an?), dropped out, no longer,
          any ?more, paid off, finished (?:my|school|college|writing|reading|building), signed up for,
          joined (?:a|an|the \\w+ (?:club|team|band)), learned (?:how )?to, learnt to,
          named (?:my|our|him|her), expecting a, due in, took up, cut (?:down|out), converted, gained,
          recovered, came out, turns? out i, replaced, ditched, swapped, (?:dyed|cut|shaved|grew) (?:my|out),
          handed in my, repeating (?:the|a) year,
          (?:went|switched|moved|dropped|changed|climbed|go) from \\w+(?: \\w+)? to, (?:any|no) longer,
          no more \\w+(?: \\w+)? for me, haven.t \\w+(?: \\w+)?(?: \\w+)?(?: \\w+)? (?:since|in|for),
          got over my, grew out of, dropped (?:\\w+ology|maths?|physics|chemistry|french|history|my|out),
          took over, inherited, got back into, remarried, rescued, upgraded (?:my|to|from), coming off,
          went (?:back to|vegan|remote|to (?:\\w+ )?(?:school|college|work)), accepted (?:my|me|into),
          got over
        `,
      )}(?![a-z])`,
    ),
  },
  {
    says: 'done at last, or another way now',
    weight: 0.5,
    when: new RegExp(
      oneOf(`
        \\b(?:finally|at last|for the first time|first \\w+ ever|instead of|from now on|not any ?more|ever since|now i|recently)\\b,
        \\bnow(?:$|,| and| because| instead), \\bbought (?:an?|two|some|new)\\b
      `),
    ),
  },
  { says: 'of today', weight: 0.5, when: /\b(?:today|tonight|after this|later)\b/ },
  {
    says: 'what they do, in general',
    weight: 1,
    when: new RegExp(
      oneOf(`
        ^i (?:only |also |just |mostly |still |really )*(?!need|want|see|saw|got|have|had|think|hope|know|guess|bet|miss|was|is|am|feel|pass|kiss|lost|did|heard|hear|love|hate|like|wish|call|mean|said|will|can|cant|must)[a-z]{3,} (?:\\w+ )?(?!pass|boss|this|his|us|as|is|was|class|less|yes|across|always|sometimes|others|ours|theirs|enemies|bots|lots|kills|points|guys|shots)[a-z]{2,}[^s\\W]s(?:$| for| in| at| on| with| and)
      `),
    ),
  },
  {
    says: 'their body, by habit',
    weight: 1,
    when: new RegExp(
      oneOf(`
        \\bi get \\w+ (?:easily|when|every|if|from)\\b,
        \\bmy \\w+ (?:hurts?|aches?|swells?) (?:when|if|every|since|after)\\b,
        \\b(?:tastes|smells) like .* to me\\b
      `),
    ),
  },
  {
    says: 'a pastime',
    weight: 1,
    when: new RegExp(
      oneOf(`
        \\b(?:i|we) (?:also |still |sometimes |like to |love to )*(?:sing|dance|paint|draw|knit|bake|cook|jog|meditate|pray|journal|sew|volunteer|babysit|tutor|snore|sleepwalk|garden|sketch|compose)\\b,
        \\bi(?:'ve| have)? never (?!seen (?:that|this|such|it|so|any|him)|been so|doubted|expected|thought|had|lost|done (?:that|this)|gotten|heard|felt|played (?:this|that|so|such))(?:\\w+ed|been|flown|seen|eaten|won|driven|broken|ridden|drunk|done|met|worn|read|swum|owned)\\b
      `),
    ),
  },
  // As much as dying weighs against it: a team dies all the time.
  {
    says: 'a loss',
    weight: 1.5,
    when: /\b(?:my|our) (?:\w+ )?\w+ (?:just |has |had |who )?(?:died|broke|passed)\b/,
  },
  {
    says: "one's thing",
    weight: 1,
    when: new RegExp(
      oneOf(`
        \\b(?:is|are|was) (?:my|our) (?:thing|jam|life|passion|hobby|favou?rites?|fave|weakness|religion|comfort|happy place|second home)\\b
      `),
    ),
  },
  {
    says: 'planned',
    weight: 1,
    when: new RegExp(
      oneOf(`
        \\b(?:plan(?:ning)? (?:to|on)|(?:'d|would) (?:love|like) to (?:see (?!you|him|her|that|this|them|it)|visit|learn|travel|live|move|become|study|own|try)|saving(?: up)?(?: money)? (?:for|to)|preparing for|training (?:for|to)|applying (?:to|for)|applied (?:to|for)|signed up|dream(?:ing)? (?:of|is)|want(?:ed)? to (?:become|be an?|learn|visit|study|move|travel|open|see the|live|work)|hoping to (?:become|get into|move|study)|looking for a (?:job|flat|house|new)|going to (?:be an?|become|study|visit|college|therapy|university)|getting married|i start (?:work|school|college|uni|my)|appointment|reservation)\\b
      `),
    ),
  },
  {
    says: 'what they play',
    weight: 1,
    when: new RegExp(
      `\\b(?:i|we|i'm|i've)${ADVERBS} (?:main|maining|mained|one-?trick|otp|duo)\\b(?! (?:it|this|that)\\b)|\\b(?:i|we)${ADVERBS} play(?:ed)? (?!this|that|it|you|here|like)(?:\\w+ ){0,4}?(?:now|mostly|mainly|only|a lot|on (?:console|pc|ps\\d|xbox|switch|mobile|controller|low|a)|with (?!you|u\\b|him|her|them|me\\b|us\\b|it|this|that|fire)\\w+|since|for fun|competitively|inverted|as an? \\w+)\\b|\\b(?:our|my) (?:clan|guild|stack|squad name|esports team|main|mains|old main|duo|go-?to|pick|hero pool|playstyle|account|raid team)\\b|\\b(?:shotcaller|captain|coach|raid lead\\w*|guild (?:master|leader)|five stack)\\b`,
    ),
  },
  {
    says: 'a role',
    weight: 0.5,
    when: new RegExp(
      `\\b(?:play|playing|played|main|prefer|switched to|as|am|was|i'm) (?:an? |the |mostly |only )*${ROLE}\\b`,
    ),
  },
  {
    says: 'a rank',
    weight: 1,
    when: new RegExp(
      `\\b(?:reach(?:ed)?|hit|peak(?:ed)?(?: at| in)?|climb(?:ed|ing)?(?: up)?(?: to| from| out of| into)?|dropp?(?:ed)? to|(?:promoted|demoted|got|am|was|i'm|im|stuck|been|back|ranked) (?:up |back )?(?:to|in|into|at)|i'm|im|i am|finished(?: at| in)?|made(?: it to)?|out of) (?:the |low |high |hardstuck )*${RANK}\\b`,
    ),
  },
];

export const ENGLISH: Telling = { signs: [...FOR, ...ENGLISH_AGAINST], never: ENGLISH_NEVER };
