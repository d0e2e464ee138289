import { lines } from '../tellings.js';

/** What the rules were tuned by: what players tell of themselves, and what they write besides. */
export const SET_TELLS_EN = lines(`
  my dad used to run an arcade
  our dog had surgery on monday
  we adopted a kitten, she sleeps on my keyboard
  my little brother just learned to read
  I have a twin sister in Canada
  my parents got divorced when I was ten
  I'm an only child
  we're expecting a baby in august
  I named my goldfish after your sword
  I work night shifts at the hospital
  I'm in my second year of law school
  I teach maths to teenagers
  just got promoted to team lead
  lost my job last week
  our company went remote so I play at lunch
  I study chemistry
  I failed my driving test again, third time
  I graduate in june
  I don't smoke anymore
  I gave up coffee for lent
  I finally beat my arachnophobia
  I stopped biting my nails
  I switched to a vertical mouse because of my wrist
  I used to hate olives but now I eat them every day
  I no longer live with my parents
  I changed my name to Alex
  I moved out, got my own place now
  I've started going to the gym
  I'm colour blind so red and green look the same to me
  I have asthma
  I broke my arm skating two weeks ago
  I got diagnosed with ADHD last year
  I'm deaf in one ear
  I've had a cold since tuesday
  I can't sleep without a fan on
  I can't stand country music
  I really like rainy days
  I'm a huge fan of Miyazaki films
  my comfort food is ramen
  I prefer tea to coffee
  I'm more of a cat person
  I collect old stamps
  I usually wake up at five
  I go swimming every morning
  every sunday we play board games with the neighbours
  I never play after midnight
  I bake bread at weekends
  I'm going to Iceland next month
  tomorrow I'm getting my wisdom teeth out
  I have a concert on saturday
  we're getting married this autumn
  I plan to learn the drums this year
  I'm flying home for christmas
  I bought a second-hand piano
  I drive a tiny red van
  I got a new monitor for my birthday
  I live near the harbour in Bergen
  I speak Polish and a bit of German
  I can juggle five balls
  I play healer now, I was a tank for years
  I reached diamond for the first time
  I've been the shotcaller of our clan since spring
  I one-trick Yasuo
  we play as a five stack on thursdays
  our guild raids every wednesday night
  turns out I'm lactose intolerant, no more milkshakes for me
  my wife is due in march
  we're moving to Lisbon in the spring
  I drive a bus for a living
  finally paid off my student loan
  I don't eat meat anymore
  our daughter started kindergarten this week
  I've got a rabbit and two hamsters at home
  I switched from console to PC a few months ago
  I only play on weekends because of the kids
  got my driver's license yesterday!!
  I'm the captain of our school's volleyball team
  I can play the violin a little
  my grandfather passed away last winter
  I have a dentist appointment on thursday
  I wear glasses so small text is hard for me
  I prefer sniper rifles over shotguns
  peaked at platinum last season
  saving up for a new graphics card
  me and my cousin always duo on friday nights
`);
export const SET_NOT_EN = lines(`
  that was so close
  what a save
  we need to push mid
  we lost that one because of me
  I'm low, need a heal
  I have no mana
  I have the bomb
  I got two of them
  I've got a bad feeling about this round
  I'm stuck behind the wall
  I was so close to winning
  I can't see anything in this fog
  I hate this map
  I love this skin
  I like your voice
  I don't like this boss
  I always die here
  I never hit that shot
  I'm going to flank them
  I'll go top this time
  I play support this round
  I need one more kill
  I want a rematch
  my aim is off today
  my screen froze for a second
  my whole team is afk
  my turret is down
  our jungler is sleeping
  our base is under attack
  we're winning this
  we have two minutes left
  we should have taken dragon
  I'm bored
  I'm so hungry lol
  I'm tired of losing
  I'm so happy we won
  I feel good about this one
  good morning
  hey, I'm back
  brb, door
  I have to go, bye
  see you tomorrow
  how long have you been playing?
  do you like my new outfit?
  what's my best hero
  can you remind me in an hour
  give me the sniper
  show me my stats from last week
  don't let my cat distract you
  knock knock, who's there
  I'm a potato, peel me
  I'm the king of the world!
  my mom could have hit that
  your mother was a hamster
  thank you so much, I really needed that
  thanks for the help today
  you're the best companion I ever had
  queue times are long today
  the new patch is out tomorrow
  the music in this zone is great
  lag again, my ping is 300
  gg ez, uninstall
  you all suck, I've been carrying since minute one
  I just want to disappear
  I can't go on like this, I want to end it
  I hate myself and my life
  we need to group up before the next fight
  my shield broke, falling back
  I had him one shot, so unlucky
  this queue is taking forever
  I'm so tilted right now
  our mid is feeding again
  well played everyone, see you next time
  I can't believe he missed that
  wow the lighting on this map is gorgeous
  I'll take the left side, you go right
  I've got two potions left
  you play like my grandma
  do I get a reward for this level?
  I was about to ult when he stunned me
  ok I will buy the sword next
  I'm laughing so hard
  someone is behind the red house
  I feel so empty, nothing matters to me anymore
  why did the chicken join my team? to cross the lane
  thanks, I owe you one
`);
