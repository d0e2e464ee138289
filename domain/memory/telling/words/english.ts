import { oneOf } from '../signs.js';

/** Of a life, not of a game: whoever speaks of themselves and says one of these tells something. */
export const LIFE = oneOf(
  `
    mom, mum, mommy, mother, dad, daddy, father, parent, grandma, grandpa, grandmother, grandfather,
    grandparent, gran, granny, brother, sister, sibling, twin, cousin, aunt, uncle, niece, nephew, wife,
    husband, fiancee?, girlfriend, boyfriend, gf, bf, son, daughter, kid, child, children, baby, toddler,
    in-law, stepdad, stepmom, godmother, stepson, stepdaughter, stepbrother, stepsister, grandson,
    granddaughter, grandchildren, roommate, flatmate, housemate, landlord, neighbou?r, classmate, colleague,
    coworker, co-worker, boss at work, best friend, childhood friend, family, wedding, honeymoon, divorce,
    anniversary, birthday, funeral, only child
  `,
  `
    cat, kitten, kitty, dog, puppy, pup, hamster, rabbit, bunny, parrot, budgie, canary, goldfish, turtle,
    tortoise, guinea pig, ferret, gecko, aquarium, pet, vet, retriever, poodle, terrier, corgi, dachshund,
    husky, labrador, shepherd
  `,
  `
    job, application, work(?! alone| together| fast), office, career, salary, interview, internship, intern,
    apprenticeship, company, startup, freelance\\w*, shift, night shift, overtime, manager, team lead,
    contract, school, college, university, uni, kindergarten, grade, semester, exam, midterm, homework,
    thesis, degree, diploma, phd, scholarship, lecture, tuition, homeschool\\w*, class, classes, students,
    teacher, professor, career, hospital, bakery, restaurant, bank, warehouse, nurse, electrician, plumber,
    lawyer, engineer\\w*, accountant, night classes, biology, physics, law school, med school,
    boarding school, gap year, exam results, report card, barista, waiter, waitress, chef, carpenter,
    firefighter, journalist, designer, developer, programmer, architect, pharmacist, cashier, taxi,
    hairdresser, librarian, scientist, musician, translator, photographer, postman, midwife, paramedic,
    on leave, (?:maternity|paternity|parental|sick) leave, parcels, clients, customers, patients,
    co-?op placement, pension, retirement, bookshop, cafe, library, factory, farm, church
  `,
  `
    apartment, flat, mortgage, rent, hometown, neighbou?rhood, dorm, garden, balcony, kitchen, countryside,
    suburbs, driver'?s? licen[cs]e, driving test, driving lessons?, licen[cs]e, loan, savings, passport, visa,
    citizenship, laptop, monitor, keyboard, mouse, headset, graphics card, gpu, pc, phone, bike, bicycle,
    motorbike, motorcycle, car, van, truck, caravan, guitar, piano, violin, cello, drums?, flute, saxophone,
    trumpet, ukulele, bass guitar, camera, record player
  `,
  `
    asthma, adhd, autis\\w+, dyslex\\w+, diabet\\w+, epilep\\w+, migraines?, insomnia, anxiety, arthritis,
    allerg\\w+, lactose, gluten, coeliac, celiac, surgery, operation, doctor, dentist, pills, medication,
    inhaler, insulin, carsick, seasick, vertigo, tinnitus, eczema, scoliosis, concussion, stitches, crutches,
    cast, chemo, cancer, stroke, therapist, therapy, physio, diagnos\\w+, glasses, contact lenses,
    hearing aid, wheelchair, braces, wisdom teeth, wisdom tooth, tooth, wrist, ankle, knee, shoulder,
    collarbone, flu, fever, hay fever, a cold, a cough, covid, phobia, arachnophobia, claustrophob\\w+,
    pregnan\\w+, vegan, vegetarian, diet, halal, kosher, blood type, nails, stutter, tattoo, scar, beard,
    moustache, freckles, hard of hearing, candles, bees, left-?handed, colou?r-? ?blind
  `,
  `
    gym, yoga, pilates, marathon, triathlon, choir, orchestra, football, soccer, basketball, volleyball,
    tennis, badminton, baseball, hockey, rugby, karate, judo, ballet, swimming, hiking, climbing, cycling,
    jogging, skiing, skating, snowboard\\w*, skateboard\\w*, surfing, fishing, gardening, knitting,
    crochet\\w*, painting, pottery, baking, cooking, photography, chess, board games?, concert, festival,
    holidays?, vacation, road trip, christmas, easter, ramadan, lent, coffee, tea, beer, wine, alcohol,
    cigarettes, meat, sugar, chocolate, milkshakes?, ramen, sushi, pizza, noodles, curry, cheese, seafood,
    mushrooms?, olives, anime, manga, jazz, rock music, metal music, classical music, country music, hip hop,
    k-?pop, musicals?, opera, theat(?:er|re), museums?, lottery, marathons?, camping, sailing, rowing,
    archery, fencing, horse riding, sewing, woodwork\\w*, carpentry, poetry, calligraphy, lego, puzzles?,
    origami, spanish, french, german, italian, japanese, korean, chinese, mandarin, portuguese, russian,
    arabic, hindi, sign language, cilantro, coriander, garlic, onions?, broccoli, spinach, durian, bananas,
    strawberries, nuts, peanuts?, shrimp, spicy food, junk food, fast food, soda, energy drinks?, smoking,
    novels?, movies?, films?, band, podcast, my channel, on twitch, on youtube
  `,
);
/** Of a life where it is the player's own ("my place"), of a game elsewhere. */
export const OWN = oneOf(
  `
    name, home, house, place, room, town, city, village, country, street, hair, eyes?, back, leg, arm, foot,
    hand, ear, hearing, sight, skin condition, heart condition, body, weight, age, major, band, bus, horse,
    boat, team at work, boss, friend, friends, crush, partner, ex, date, course, shop, store, business, dream,
    hobby, hobbies, passion, goal in life, zodiac sign, star sign, nickname, comfort food, tablet, console,
    chair, desk, setup, rig, favou?rite, fav, fave, first love, culture, religion, native language,
    mother tongue, language, own place, guilty pleasure, biggest fear
  `,
);
export const WEEKDAY =
  '(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?: (?:morning|afternoon|evening|night)s?)?';
export const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|fall)';
const MEASURE = '(?:days?|weeks?|weekends?|months?|years?|decades?|semesters?|seasons?|ages)';

/** Again and again, or for long. */
export const HABIT = oneOf(
  `every (?:single |other |second )?(?:day|night|morning|evening|afternoon|week|weekend|month|year|summer|winter|spring|autumn|${WEEKDAY})`,
  `
    on ${WEEKDAY.replace('days?', 'days')}, (?:on|at) (?:the )?weekends, at the weekend, on weekdays,
    in the (?:mornings?|evenings?), at nights?, after (?:work|school|midnight|class),
    before (?:work|school|bed), at (?:noon|midnight|dawn|\\d+ ?(?:am|pm)),
    (?:\\d+k?|(?:a|two|three) thousand|hundreds of|thousands of) hours, these days, nowadays, lately, used to,
    as a (?:kid|child|teenager), growing up, (?:once|twice|\\w+ times) a (?:day|week|month|year),
    when i was (?:an? |\\d|ten|in |at |young|little|small|six|seven|eight|nine|five|twelve),
    always (?:have|has) been, always have, all my life, my whole life, for a living, daily, weekly,
    during the week
  `,
  `for (?:the last |about |almost |over |nearly )?(?:\\w+ )?${MEASURE}`,
  `since (?:last |early |the )?(?:\\d{4}|i was|i moved|childhood|birth|college|university|school|high school|${WEEKDAY}|${MONTH}|week|month|year|season|beta|launch|kindergarten)`,
);
/** A day in the past or ahead, a season or a date. */
export const DATE = oneOf(
  'tomorrow, yesterday, last (?:week|weekend|month|year|night|season|spring|summer|autumn|fall|winter)',
  `next (?:week|weekend|month|year|spring|summer|autumn|fall|winter|semester|${MONTH}|${WEEKDAY})`,
  `this (?:week|weekend|month|year|season|spring|summer|autumn|winter|morning|semester|coming \\w+|${WEEKDAY})`,
  `
    (?:on|last|by|until|since) ${WEEKDAY},
    (?:in|last|since|by|until|early|late|this|in the|in early|in late) ${MONTH}, in \\d{4},
    (?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|few|some|many|\\d+) ${MEASURE} ago
  `,
  `
    in (?:a|two|three|four|\\d+) (?:days|weeks?|months?|years?),
    for (?:christmas|easter|my birthday|the holidays), over the (?:summer|holidays|weekend),
    (?:the )?day after tomorrow
  `,
);
/** What play is about. */
export const GAME = oneOf(
  `
    in (?:the |this )?game, comebacks?, peek\\w*, bush(?:es)?, arrows?, bullets?, traps?,
    new (?:run|game|save|character|round), enem\\w+, opponents?, ult, ulti, ults, ultimate, hp, mana, ammo,
    cooldowns?, respawn\\w*, spawn\\w*, wards?, ganks?, ganked, ganking, flank\\w*, headshots?, killed,
    kills?, killing, aim, ping, lag\\w*, fps, afk, teammates?, feeding, inting, queue, lobby, rematch, loot,
    boss, bosses, miniboss, turrets?, towers?, nexus, dragon, baron, drake, minions?, creeps?, wave, bomb,
    spike, plant, defuse, flag, payload, shields?, potions?, swords?, armou?r, stunned, stun, flash,
    the smoke, smokes, a smoke, smoke (?:mid|them|it|a|b|grenade), grenades?, nade, snipe, one shot, one hp,
    oneshot, low, (?<!the |a )heal, healing, revive, rez, base, bases, point b, site, chest, level, quest,
    dungeon, checkpoint, crit, damage, dps, hitbox, skin, patch, nerf\\w*, buff\\w*, combo, jump, parry,
    dodge\\w*, cover, circle, zone, storm, dying, die, died, dead, carried, carrying, win, won, winning, lose,
    losing, behind, clutch, ez, gg, wp, group up, push\\w*, fall(?:ing)? back, rotate, regroup, the fight,
    next fight, fights?, xp
  `,
  `(?:go|going|come|coming|push\\w*|gank|hold|take|taking) (?:to )?(?:mid|top|bot|bottom|left|right|jungle|lane)`,
);
/** What somebody plays as, or with whom, as long as they play. */
export const ROLE = oneOf(
  `
    support, jungle, jungler, mid, top, bot, adc, carry, tank, healer, dps, sniper, snipers, medic, offlane,
    midlane, toplane, mid lane, top lane, shotcaller, igl, entry, flex, off-?tank, duelist, controller,
    sentinel, initiator, mage, marksman, assassin, bruiser, rogue, wizard, paladin, warlock, druid, hunter,
    monk, bard, cleric, fill, solo, duo, ranked, casual, normals, aram, arena, hardcore, co-?op, singleplayer,
    single player, multiplayer, zerg, protoss, terran
  `,
);
export const RANK = oneOf(
  `iron, bronze, silver, gold, plat, platinum, emerald, diamond, masters?, grandmasters?, challenger, immortal, ancient,
  divine, radiant, ascendant, global elite, champion, top \\d+, rank \\d+, elo, mmr, unranked, legend rank`,
);
/** What a player is for a laugh or for a moment, and no calling. */
export const NOT_A_CALLING = oneOf(
  `
    bit, few, little, sec, second, minute, moment, noob, god, goddess, beast, bot, dead, goner, joke, potato,
    king, queen, legend, genius, monster, machine, ghost, mess, fool, clown, idiot, failure, loser, winner,
    burden, hero, ninja, tomato, banana, pro, tryhard, wreck, lot, disaster, disgrace, disappointment,
    (?:family|team) \\w+, meme, snack, sitting, target, lost, worst, best, last, first, one, only one, same,
    reason, problem, boss, man, chosen
  `,
);
