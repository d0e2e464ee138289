import { lines } from '../tellings.js';

/** Written against the rules when they did well on `english.ts`, and then tuned by too. */
export const MORE_TELLS_EN = lines(`
  my uncle taught me to drive when I was fourteen
  our cat had five kittens on tuesday
  I'm the oldest of four
  my ex and I are on speaking terms again
  my grandson set this computer up for me
  I repair clocks
  I deliver parcels in the mornings
  I got fired on my birthday
  I handed in my notice
  my exam results came in, straight A's
  I dropped biology
  I'm repeating the year
  I own a tiny bookshop
  we rent a cabin every winter
  I finally told my parents I'm gay
  I cut my hair really short
  I ditched sugar
  I no longer drink
  I used to be a swimmer
  I don't bite my nails any longer
  my back hurts when it rains
  I take pills for my heart
  I only have one working ear
  I get carsick easily
  my eyes are getting worse
  cilantro tastes like soap to me
  I watch horror movies with the lights on
  I can't live without garlic
  nothing beats a cold shower for me, every morning
  jazz is my thing
  I run ten kilometres every other day
  I read before bed
  I'm visiting my grandparents over easter
  we have tickets for the opera on friday
  my flight leaves on sunday
  I start my new job on monday
  I want to open a cafe one day
  I built my own pc
  my laptop died so I'm on my brother's
  I sold my bike
  I've lived in four countries
  I moved back in with my mum
  I was raised in Texas
  I'm fluent in Korean
  I'm teaching myself to code
  I dropped from diamond to gold this season
  I mostly play at night
  I stopped playing ranked
  I play with inverted controls
  I went from tank to support
  we have a team name now, the Wet Socks
  our clan has forty members
  I'm the healer of our group
  Mercy is my favourite to play
  it's been two years since my dad died
  my stepdad coaches little league
  I'm off coffee since monday
  I don't work there anymore
  I got the job!
  I got in, they accepted my application
  we broke up
  my sister finally forgave me
  I'm back at school after two years
  our flat is above a bakery
  my parrot can whistle the victory theme
  I sing in the shower, loudly
  I switched mains, it's Lulu these days
  I'm a jungler now
  I play on a trackpad
  I mostly play with strangers
  I quit ranked for good
  I've never been abroad
  I've never won a tournament
  I ran my first half marathon
  I'm scared of thunder
  I'm bad with names
  I hate getting up early
  I'd love to see the northern lights someday
  I need to be up at six for work
  my shift starts at eight
  I only eat cereal without milk
  I am the youngest on my team at work
  we have a tradition, pancakes on sundays
  we used to be a duo, he went to the army
  I moved my desk next to the window
  my fiancé proposed on a ferry
  I keep bees
  our neighbour's baby keeps us up so I play late
  I'm taking a break from university
  I make candles and sell them online
  my boss finally approved my holiday
  I don't believe in horoscopes
  I've grown a beard
  my favourite colour is green
  I listen to rain sounds when I can't sleep
  I'm seeing a therapist and it helps
  I stopped eating dairy
  we had to give our dog away
  I've got a scar on my chin from a swing
  I play with subtitles because I'm hard of hearing
  I've been off cigarettes for forty days
  my daughter picks my skins
  next thursday is my last day at work
  I'm a morning person
  I'd rather play from the back line, always have
  I hit master two seasons ago
  my team lets me call the shots now
  our server has a book club
  I write fantasy stories
  I can't eat gluten
`);
export const MORE_NOT_EN = lines(`
  I was one second too late
  I have three kills already
  I got the last one
  I lost my shield
  I bought a pickaxe
  I started the timer
  I finally beat him
  I finally got it
  we finally won
  I always forget the smoke
  I never get the good loot
  I can't stand this guy
  I can't play like this
  I love how this ends
  I love when that happens
  I hate when they camp
  I like the music
  I like that idea
  I'm on fire today
  I'm a god
  I'm the carry this time
  I'm out of arrows
  I'm not sure about that
  I'm from the other team lol
  I'm in the kitchen, come to me
  I'm near the church
  I have the high ground
  I want to go home
  I want to win so bad
  I need a break
  I need to pee
  I'll be right back, my mom is calling
  my heart is racing
  my hands are shaking
  my favourite part is coming
  my goal is to get out alive
  our healer died
  we need two more people
  we were so good tonight
  they have a five stack
  nice job on the boss
  that bird looks like my cat
  what if I told you I'm batman
  tomorrow will be better
  see you next week
  last night was wild
  the dog in this game is adorable
  the kids in this village are creepy
  this house is on fire
  back to work, soldiers
  work it baby
  gg, dinner time
  dad joke incoming
  I'm done with everything
  everyone would be happier without me
  I have an idea, follow me
  I have a plan
  I've got a question
  I got a new sword
  I got the key
  I love playing with you
  I love this song
  I prefer the other door
  I usually win those
  I'm ready
  I'm a little scared
  I'm the last one alive
  I'm at the gate
  I can't find the exit
  I can hear them
  I can't do this alone
  I know how to beat him
  I finally see it
  we finally made it
  we got married in game lol
  I never doubted us
  I never liked that guard
  I just started
  I started a new run
  I stopped counting
  I used to be an adventurer like you
  I moved too early
  I lost my way
  I lost my head there
  I switched to the bow
  I changed my mind
  I forgot to save
  I dreamed of this moment
  I play better when I'm mad
  my turn
  my plan worked
  my character looks silly
  my house in the game burned down
  my brain is fried today
  my luck is terrible tonight
  we could do this every day
  haha my sides hurt
  wow I'm speechless
  happy birthday!
  merry christmas everyone
  the weather in this zone is lovely
  that dog just bit me
  I'm the family disappointment
  nobody likes me
  I cried all night and I don't see the point
  I'd wait for the second wave
  I have him, go in
  I took the wrong turn at the bridge
  my arrows never land
  my plan is to hide until the end
  I'm climbing the tower
  I was in the bushes the whole time
  we got this
  we can still come back
  I think my controller is drunk
  I love a good comeback
  I hate losing to that team
  I work alone
  I never miss
  I always knew you'd do it
  I'm the one who knocks
  I have spoken
  every time I peek he is there
  last round I had nothing
  tomorrow we ride!
  my kingdom for a horse
  yesterday's patch ruined him
  I bet my house on red
  that made my day
  I feel like nobody would notice if I was gone
`);
