import type { Abusive } from '../lexicon.js';

/*
 * What is recognised, so that it need not be answered in kind. Ours, from our own judgement: copied from no published
 * list. Disguises (leetspeak, letters apart, stars, letters repeated) are undone before a word is looked up here.
 */
// biome-ignore format: a table is read by its columns
export const englishAbuse: readonly Abusive[] = [
  // Always meant for somebody
  ['fuck you|fuck u|fuck off|fuck ur|fuck your|fuk you|fuk u|fk you|fk u|fu bitch|screw you|go fuck yourself|gfy|fck you|fck u', -0.8, 'insult'],
  ['stfu|shut the fuck up|shut up|shut your mouth|gtfo|get fucked|eat shit|go to hell|burn in hell', -0.65, 'insult'],
  ['noob|noobs|nub|nubs|scrub|scrubs|losers|idiot|idiots|moron|morons|imbecile|imbeciles|dumbass|dumbasses|dumbfuck|dipshit|dipshits|dumb fuck|stupid fuck', -0.7, 'insult'],
  ['asshole|assholes|ass hole|arsehole|jackass|shithead|shitheads|fuckhead|fuckface|fucktard|douchebag|douche|scumbag|scum|piece of shit|pos team|wanker|wankers|tosser|bellend|twat|twats|prick|pricks|dickhead|dickheads|bastard|bastards|motherfucker|motherfuckers|mofo|sob|son of a bitch|cunt|cunts|bitch|bitches|biatch|whore|slut|sluts', -0.75, 'insult'],
  ['your mom is|ur mom|yo mama|your mum is|no life loser|brain dead team|braindead team|waste of oxygen|waste of space|nobody likes you|everyone hates you', -0.65, 'insult'],
  ['you bot|u bot|bot team|such a bot|what a bot|you are a bot|ur a bot|like a bot|you bots|you dog|u dog|you dogs|you rat|you pig|you pigs|you monkey|you monkeys|you ape|you donkey|you ass|ur ass at|ass team|ass jungler|ass player|you fat|your fat|you ugly', -0.6, 'insult'],
  // Only where somebody is meant
  ['newb|loser|clown|clowns|braindead|brain dead|no brain|brainless', -0.5, 'insult', 'aimed'],
  ['trash|garbage|rubbish|dogshit|dog shit|dogwater|shit|shitty|crap|pathetic|worthless|useless|disgusting|a joke', -0.6, 'insult', 'aimed'],
  ['stupid|dumb|fool|foolish|ignorant|psycho|freak|weirdo|coward|crybaby', -0.6, 'insult', 'aimed'],
  ['fuck|fucker|fuckers|dick|dicks|pussy|pussies', -0.6, 'insult', 'aimed'],
  // Hate
  ['nigger|niggers|nigga|niggas|nigg3r|faggot|faggots|fag|fags|dyke|dykes|tranny|trannies|kike|kikes|spic|spics|wetback|wetbacks|chink|chinks|gook|gooks|raghead|ragheads|towelhead|coon|coons|sandnigger|ching chong|paki|pakis|gypsy scum|zipperhead', -0.9, 'hate'],
  ['retard|retards|retarded|tard|tards|mongoloid|libtard', -0.7, 'hate'],
  ['go back to the kitchen|back to the kitchen|make me a sandwich|go back to your country|women cant play|girls cant play|girls suck at games|heil hitler|sieg heil|white power|gas the jews|hitler was right|all gays should|no gays|thats gay as fuck|gay ass|death to all', -0.85, 'hate'],
  // Threat; also a wish that somebody may die
  ['kys|why dont you kill yourself|why dont you die|why dont you just die|kill yourself|die in a fire|kill urself|kill ur self|kill your self|go kill yourself|go die|go and die|please die|pls die|drink bleach|neck yourself|neck urself|hang yourself|rope yourself|end yourself|end your life|jump off a bridge|i hope you die|hope you die|hope u die|i hope your family dies|i hope you get cancer|hope you get cancer|get cancer|unalive yourself|you should die|u should die', -0.9, 'threat'],
  ['i know where you live|shoot you irl|kill you irl|kill you in real life|kill you for real|i know your address|i have your address|i have your ip|i got your ip|i will find you|ill find you|im gonna find you|dox you|doxx you|doxxed|swat you|swatted|i will swat|ddos you|watch your back|say that to my face|come to your house|come to your home|wait until i find you', -0.8, 'threat'],
  ['i will kill you|ill kill you|im gonna kill you|i am going to kill you|im going to kill you|kill your family|murder you|stab you|beat the shit out of you|slit your throat|burn your house', -0.8, 'threat', 'outside'],
  // Sexual
  ['send nudes|send nude|send me nudes|show me your tits|show tits|show your tits|show boobs|show me boobs|show me your boobs|show feet|suck my dick|suck my cock|suck my balls|suck a dick|suck dick|sucking dick|my dick|my cock|your pussy|ur pussy|blowjob|blow job|handjob|hand job|wanna have sex|want to have sex|have sex with|sex chat|sexting|cybersex|jerk off|jerking off|cum on|cumming|cumshot|deepthroat|gangbang|bukkake|sit on my face|so horny|im horny|u horny', -0.7, 'sexual'],
  ['rape|raped|raping|rapist|rapists|molest|molested|molester|pedo|pedos|pedophile|child porn|porn|penis|vagina|dildo|tits|titties|boobs', -0.7, 'sexual'],
  // Distress
  ['kill myself|killing myself|end my life|ending my life|end it all|take my own life|hang myself|shoot myself irl|suicidal|commit suicide|attempt suicide|attempted suicide|i want suicide|dont want to wake up|never want to wake up|thinking about suicide|thinking of suicide|suicide note|cut myself|cutting myself|want to hurt myself|wanna hurt myself|hurting myself|self harm|selfharm|self-harm|slit my wrists', -0.85, 'self_harm'],
  ['want to die|wanna die|wish i was dead|wish i were dead|wish i could die|dont want to live|do not want to live|dont wanna live|not want to live|cant go on living|cant live anymore|no reason to live|nothing to live for|life is not worth|life isnt worth|better off dead|better off without me|dont want to be alive|dont want to be here anymore|dont want to exist|tired of living|sick of living|hate being alive', -0.85, 'self_harm'],
];

/** Spellings that are torn apart so that no part of them is a word. */
export const torn: readonly (readonly [spellings: string, meant: string])[] = [
  ['f uck|fu ck|fuc k|fck|phuck|fuq|fcuk|fvck', 'fuck'],
  ['sh it|shi t|sht', 'shit'],
  ['b itch|bi tch|bit ch|btch|biitch', 'bitch'],
  ['c unt|cu nt|cun t', 'cunt'],
  ['a sshole|ass hole|azzhole|ahole', 'asshole'],
  ['re tard|ret ard|r etard|reetard', 'retard'],
  ['n igger|ni gger|nig ger|nigg er', 'nigger'],
  ['f aggot|fa ggot|fag got', 'faggot'],
];

/** Innocent all the same. */
export const englishInnocent: readonly string[] = [
  'chink in the armor|chink in the armour|pussy cat|trash mob|trash mobs|trash can|garbage time',
  'garbage collector|clown fiesta|moby dick|dick grayson|a spic and span|tit for tat',
  'noob question|noob here|noob friendly|noob mistake|noob tube|losers bracket|losers queue|the shit out of|maine coon|maine coons|dont want to die|dont wanna die|didnt want to die|not want to die|dont die|blue tits|oh shit|good shit|shit happens|hot shit|this shit|my shit|scared the shit|oh fuck',
  'fuck yeah|fuck yes|fuck it|fuck me|shut up and take my money',
  'coward bot',
];

/** What begins with one of these is that word, whatever is glued to it. */
export const stems: readonly string[] = [
  'motherfuck',
  'fuck',
  'bullshit',
  'shitte',
  'bitch',
  'nigger',
  'faggot',
  'asshole',
  'dickhead',
];
