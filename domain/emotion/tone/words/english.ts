import type { Lexicon } from '../lexicon.js';
import { englishAbuse } from './english-abuse.js';

/*
 * The words and their weights are ours, from our own judgement of how players talk: copied from no published lexicon.
 * Small letters; valence -1 to 1, then arousal -1 to 1 where it is clear.
 */
// biome-ignore format: a table is read by its columns
const felt: Lexicon['felt'] = [
  // Of the match
  ['gg|good game', 0.3], ['ggwp|gg wp|wpgg', 0.5], ['wp|well played|well fought|well done', 0.55], ['gj|good job|great job|nice job', 0.6],
  ['ns|nice shot|good shot|great shot', 0.55], ['n1|nice one|nicee', 0.5], ['nt|nice try|good try|unlucky but nice', 0.2], ['glhf|gl hf|good luck|have fun|hf', 0.45],
  ['ez|ezz|easy|ezpz|ez game|too ez', 0.3], ['ez clap|gg ez', 0.3, 0.3], ['ff|ff15|ff at 15|ff 15|forfeit|surrender|/ff', -0.5, -0.1],
  ['win|wins|won|winning|victory|we won|dub|chicken dinner', 0.55, 0.3], ['lose|loses|lost|losing|loss|losses|defeat|defeated', -0.5],
  ['carry|carried|carrying|hard carry', 0.4, 0.3], ['clutch|clutched|1v5|1v4|1v3|outplay|outplayed them', 0.6, 0.6], ['ace|aced|pentakill|penta|quadra|quadrakill|hat trick', 0.65, 0.8],
  ['mvp|svp', 0.6, 0.4], ['comeback|come back alive|reverse sweep', 0.45, 0.5], ['rank up|ranked up|promoted|promo win|level up|leveled up|levelled up', 0.6, 0.4],
  ['derank|deranked|demoted|dropped a rank|lost promo|lost my promos', -0.6], ['win streak|winstreak|on a roll|on fire|popping off|pop off|popped off', 0.6, 0.6],
  ['losing streak|lose streak|loss streak|losestreak', -0.65], ['hardstuck|hard stuck|elo hell|stuck in', -0.5, -0.2], ['throw|throwing|threw|thrown|threw the game|throwing the game', -0.5],
  ['feed|feeding|fed so hard|int|inting|feeder|inter|inters|feeders', -0.5, 0.2], ['stop feeding|stop inting|stop throwing|stop dying|stop griefing|stop trolling|dont feed|dont int', -0.5, 0.3],
  ['troll|trolls|trolling|griefing|griefer|grief|smurf|smurfs|smurfing', -0.4], ['afk|afk again|went afk|afks|dc|disconnected|disconnect', -0.4], ['report|reported|reporting', -0.4, 0.2],
  ['lag|lags|laggy|lagging|lagged|high ping|ping spike|fps drop|fps drops|stutter|stutters|packet loss|desync', -0.5, 0.2], ['crash|crashed|crashes|crashing|bug|bugs|bugged|buggy|glitch|glitched', -0.45],
  ['hacker|hackers|hacking|cheater|cheaters|cheating|aimbot|wallhack|wallhacks|scripting|scripter', -0.55, 0.4], ['op|broken op|needs a nerf|nerf this|nerf pls|unbalanced|imba', -0.25],
  ['stomped|getting stomped|crushed us|destroyed us|destroyed me|outplayed us|outclassed|wrecked us|rekt', -0.5, 0.3], ['we stomped|stomped them|crushed them|destroyed them|wrecked them', 0.55, 0.6],
  ['died|dead again|i died|dying|keep dying|killed me|one shot me|oneshot me|got oneshot|one tapped me', -0.35], ['miss every|missed everything|whiffed|whiff|missed|i miss every', -0.35],
  ['tilt|tilted|tilting|on tilt|so tilt|malding|mald|coping', -0.6, 0.5], ['rage|raging|ragequit|rage quit|rage quitting', -0.65, 0.8], ['grind|grinding', -0.1], ['toxic|so toxic', -0.6, 0.4],
  ['pog|poggers|pogchamp|poggies|pogu|pog champ', 0.7, 0.8], ['lets go|letsgo|lfg|lets goo|lesgo|leggo|lets gooo', 0.65, 0.85], ['hype|hyped|hype af', 0.6, 0.8],
  ['based', 0.4], ['goat|the goat|goated|gigachad|chad|king|legend|legendary|godlike|god tier|unstoppable', 0.6, 0.5], ['cracked|nasty play|filthy play|sheesh|sheeesh|bussin|banger|w play|w take|big w|huge w|common w', 0.6, 0.6],
  ['big l|huge l|take the l|l team|holding this l', -0.45], ['copium|hopium|sadge|pepehands|feelsbad|feelsbadman|feels bad', -0.5, -0.2], ['feelsgood|feelsgoodman|feels good|pepelaugh', 0.5], ['kekw|kek|lulw|lul|omegalul', 0.4, 0.5],
  ['skill issue|get good|git gud', -0.3], ['pay to win|p2w|cash grab', -0.5], ['unwinnable|no chance|doomed|gg go next|go next|over already|we are done|its over', -0.5, -0.2],
  // Good
  ['good|goood', 0.5], ['great|gr8', 0.7, 0.3], ['nice|noice|neat', 0.5], ['cool|dope|lit|sick|rad|slick|smooth|clean', 0.45], ['awesome|amazing|incredible|fantastic|brilliant|phenomenal|wonderful|superb|epic|excellent', 0.8, 0.5],
  ['insane|unreal|unbelievable', 0.45, 0.8], ['perfect|flawless', 0.75, 0.3], ['best|the best|best ever', 0.7], ['better|much better|improved|improving|improvement', 0.4], ['beautiful|gorgeous|lovely|cute|adorable', 0.6], ['pretty', 0.4],
  ['love|loves|loved|loving|luv|<3|i love', 0.7, 0.3], ['like it|i like|liked|likes|enjoy|enjoys|enjoyed|enjoying|dig it', 0.45], ['dont like|didnt like|do not like|dislike|disliked', -0.5],
  ['fun|funny|hilarious|entertaining|addictive', 0.55, 0.3], ['lol|lool|haha|hahaha|hehe|hahah|ahaha|lolol|ha ha|xd', 0.35, 0.3], ['lmao|lmfao|rofl|roflmao', 0.45, 0.5], ['happy|glad|joy|joyful|pleased|cheerful|delighted', 0.65, 0.2],
  ['excited|exciting|thrilled|thrilling|stoked|pumped|cant wait|can not wait|looking forward', 0.65, 0.7], ['proud|so proud', 0.6, 0.3], ['relaxed|relaxing|chill|chilling|cozy|comfy|calm|peaceful', 0.35, -0.5], ['relieved|relief|phew|finally', 0.4],
  ['thanks|thank|thank you|thx|ty|tysm|tyvm|appreciate|appreciated|grateful|cheers', 0.5], ['welcome|np|no problem|no worries|no prob|all good|its ok|its fine|yw', 0.3], ['yes|yess|yay|yeah|yeahh|woo|woohoo|hooray|hell yeah|hell yes|wooo|yesss', 0.4, 0.4],
  ['ok|okay|kk', 0.05], ['lucky|luck|blessed', 0.4], ['clever|smart|genius|big brain|galaxy brain|talented|skilled|skillful', 0.6], ['strong|powerful|solid|stacked', 0.4], ['hope|hopeful|hopefully|wish us luck', 0.25], ['confident|ready|lets do this|we got this|you got this|i got this|we can do it|we can win', 0.45, 0.3],
  ['friend|friends|friendly|kind|helpful|supportive|wholesome|sweet|nice guy', 0.4], ['congrats|congratulations|grats|gz|gratz|kudos|respect|props|bravo|hats off', 0.6, 0.2], ['worth|worth it|satisfying|so satisfying', 0.45], ['underrated|interesting|impressive|impressed|stylish', 0.45], ['works now|fixed|works fine|works great', 0.3],
  ['feel great|feel good|feeling good|feeling great', 0.65], ['holy shit|holy crap|holy fuck|holy moly', 0.1, 0.85], ['hell of a|what a play|what a game|what a shot|what a save', 0.5, 0.5], ['cheer up|keep going|chin up|never give up|dont give up|never surrender|keep it up|hang in there|you can do it', 0.4, 0.2],
  ['save|saved|saved me|saved us', 0.3], ['bis|jackpot|legendary drop|shiny', 0.5, 0.5], ['my favorite|favorite|favourite|fav|my main', 0.45], ['win win', 0.5], ['feeling myself|vibing|vibe|vibes', 0.35],
  // Bad
  ['bad|baad', -0.5], ['badly', -0.45], ['worse|much worse', -0.5], ['worst|the worst|worst ever', -0.75, 0.3], ['terrible|horrible|awful|dreadful|atrocious|abysmal|pathetic|disgusting|disgrace|disgraceful|horrendous', -0.75, 0.3],
  ['hate|hates|hated|hating|despise|loathe|cant stand', -0.7, 0.4], ['boring|bored|bore|dull|yawn|snoozefest|tedious|repetitive', -0.5, -0.6], ['sad|unhappy|depressed|depressing|miserable|heartbroken|heartbreaking|gutted', -0.65, -0.3], ['cry|crying|cried|tears|i cri', -0.45],
  ['angry|mad|furious|pissed|pissed off|fuming|livid|enraged|triggered', -0.65, 0.8], ['annoying|annoyed|annoys|irritating|irritated|obnoxious', -0.55, 0.4], ['frustrating|frustrated|frustration|infuriating|exasperating', -0.65, 0.5], ['stressed|stressful|stress|anxious|nervous|panic|panicking|panicked|scared|scary|terrifying|afraid|worried|worry', -0.4, 0.5],
  ['dont worry|no stress|no panic|dont panic', 0.3], ['tired|exhausted|exhausting|burnt out|burned out|burnout|drained|sleepy', -0.4, -0.6], ['disappointed|disappointing|letdown|let down|underwhelming|overrated|meh|mid af|so mid|mediocre', -0.45, -0.2], ['unlucky|bad luck|rip|unfortunate|unfortunately|rng hates me', -0.4],
  ['unfair|rigged|bs|bullshit|scam|scammed|robbed|ridiculous|absurd|a joke', -0.6, 0.5], ['give up|gave up|giving up|i quit|im done|i am done|so done|uninstalling|uninstall|quit this game|quitting', -0.55], ['waste|wasted|waste of time|pointless|useless|hopeless|worthless|meaningless|no point', -0.6], ['suck|sucks|sucked|trash at|garbage at|blows', -0.6],
  ['trash|garbage|rubbish|dogshit|dogwater|ass game|crap|crappy|shitty|shite|horseshit', -0.65, 0.3], ['fail|failed|fails|failing|failure|choke|choked|choking|misplay|misplayed|mistake|mistakes|botched', -0.4], ['wrong', -0.25], ['my bad|mb|my fault|sorry|sry|soz|oops|whoops|apologies', -0.25], ['hard|difficult|tough|impossible', -0.3], ['stupid|dumb|idiotic|nonsense|brainless|clueless', -0.55],
  ['weak|slow|clunky|janky', -0.3], ['hurt|hurts|pain|painful|agony|suffering|suffer|torture|nightmare', -0.55], ['wtf|what the fuck|what the hell|wth|tf', -0.4, 0.7], ['fuck|fucks|fuk|fk|ffs|for fucks sake|goddamn|goddammit|god damn it|dammit|damnit|bloody hell', -0.5, 0.8], ['shit|crap|sh1t', -0.5, 0.5], ['fuck this|screw this|to hell with', -0.65, 0.8],
  ['fml|kill me now|kill me please|just kill me', -0.6, 0.2], ['smh|facepalm|cringe|yikes|bruh moment|oof|ouch|sheesh man', -0.35], ['bruh', -0.15], ['ugh|argh|aargh|grr|urgh|blegh|eww|ew|pfft', -0.45, 0.3], ['noo|nooo|nuu', -0.45, 0.7], ['nope|nah', -0.2], ['alas|damn it', -0.4], ['problem|problems|issue|issues|annoyance|mess|disaster|chaos|trouble', -0.4],
  ['down again|servers are down|server is down|server down|servers down|kicked|banned|ban wave', -0.5], ['lonely|alone again|nobody likes me|no friends|ignored', -0.6, -0.4], ['regret|ashamed|embarrassing|embarrassed|guilty|jealous', -0.5], ['blame|blames|blaming|flame|flaming|flamed|insulted|bullied|harassed', -0.5, 0.3], ['griefed|baited|camped|spawn camped|spawnkilled|ganked again|cheesed|counterpicked', -0.35], ['sick of|fed up|tired of|done with|enough of this|had enough', -0.55, 0.2],
  ['poor|sucky|lame|bland|ugly|gross|nasty', -0.4], ['heavy loss|big loss', -0.55], ['same old|again and again', -0.2], ['so close|almost had it|almost won', -0.2, 0.4], ['overpriced|expensive', -0.3], ['no good|no fun|no luck', -0.5], ['wipe|wiped|wiped again|full wipe', -0.35], ['nobody helps|no help|no peel|no heals|no wards', -0.4],
  ['omg|oh my god|omfg|wow|woah|whoa|jesus', 0.05, 0.7],
];

// biome-ignore format: a table is read by its columns
const effects: Lexicon['effects'] = [
  ['not|isnt|aint|dont|doesnt|didnt|wasnt|werent|arent|wont|wouldnt|cant|cannot|couldnt|havent|hasnt|hadnt|never|without|hardly|barely|nobody|no one|none|nothing|neither|nor|no chance to|no chance of|no way to|unable to|failed to|refuse to', { negates: true }],
  ['no', { negates: true, alone: -0.25 }],
  ['very|so|really|rly|super|extremely|insanely|absolutely|totally|completely|too|hella|mad|soo|sooo|so much|so many|such|such a|way too|way|ultra|mega|incredibly|ridiculously|truly|freaking|frickin|fricking|friggin|effing', { scales: 1.35 }],
  ['pretty|quite|fairly|rather', { scales: 1.1 }],
  ['fucking|fuckin|fking|fkn|damn|goddamn|bloody|crazy|insane|stupidly|terribly|awfully|holy', { scales: 1.5 }],
  ['a bit|a little|a little bit|bit|kinda|kind of|sorta|sort of|slightly|somewhat|mildly|almost|lil', { scales: 0.6 }],
  ['af|asf|as fuck|as hell|to the max', { scalesBack: 1.4 }],
  ['but|however|yet|still', { but: true }],
  ['although|even though|though|despite|while', { yields: true }],
  ['what|how|why|when|where|who|which|whats|hows|anyone|is it|is there|can i|can you|do you|does it|should i|should we', { asks: true }],
  ['i|im|i am|my|me|myself|ive', { about: 'self' }],
  ['you|u|ur|your|youre|yourself|yall|team|teammate|teammates|jungler|jungle|jg|support|supp|sup|adc|midlaner|mid laner|toplaner|healer|tank|he|she|they|his|her|their|hes|shes|theyre|guy|dude|bro|kid|player|players|everyone', { about: 'other' }],
  ['game|map|server|servers|matchmaking|mm|patch|update|devs|developers|skin|skins|ranked|event|ping|fps|lag|loot box|lootbox|gacha|boss|quest|story|graphics|music', { about: 'game' }],
  ['lane|in lane|round|next round|level 6|lvl 6|ult|respawn|mid|top|bot|dragon|baron|next game|this game|rematch|1v1|headshot|knife|next time|with this build', { match: true }],
];

const plain: Lexicon['plain'] = [
  'not only|no doubt|no cap|no way|not sure|why not|no idea|no matter|not yet|if not|no more than|or not|whether or not',
  'damage|bad boy|cheat sheet|lost ark|lost temple|dead by daylight|win condition|win rate|winrate|win con|good morning|good night|good evening|goodbye|great sword|greatsword|best of|bo3|hard mode|hard mode on|easy mode|hard drive|hard reset|sick leave',
  'crash bandicoot|crash site|left 4 dead|dead island|dead cells|dead space|dead lane|rage mode|rage bar|rage meter|fury|op score|panic button|pain suppression|flame thrower|flamethrower|throw nade|throw the nade|throw a nade|throw smoke|throw flash|throw grenade|throw the grenade|throw a smoke',
  'save up|save game|save file|save it|saved game|clean up|king of the hill|the king|chill out|like this|kill feed|killfeed|feed store|ping|report card|strong side|weak side|weakside|strongside|carry role|the carry|hard cc|slow field|slow him|slow them|slow down',
];

export const english: Lexicon = { felt, lonely: [], abusive: englishAbuse, effects, plain };
