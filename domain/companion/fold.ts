import { createHash } from 'node:crypto';
import { builtInRules as rules } from '../emotion/built-in-rules.js';
import { builtInEventTypes } from '../events/game-event.js';
import { logEvents } from '../events/log-events.js';
import { SAID_MAX } from '../voice/choose.js';
import { type Companion, evolve, initialCompanion, type Told } from './companion.js';

/**
 * A mark of the code that folds a companion: another mark, and a companion kept by that code is not the one that
 * this code would make of the same history. Nobody has to remember to change it: it is made of the table of
 * rules, of the events that can be read, and of what a made-up history comes to.
 */
export function foldMark(): string {
  mark ??= markOf(probe());
  return mark;
}
let mark: string | undefined;

function markOf(history: Iterable<Told>): string {
  const hash = createHash('sha256').update(JSON.stringify([rules, SAID_MAX]));
  for (const [type, { version }] of Object.entries(logEvents)) hash.update(`${type} ${version}\n`);
  let companion: Companion = initialCompanion;
  for (const told of history) {
    companion = evolve(companion, told);
    hash.update(JSON.stringify(companion));
  }
  return hash.digest('hex').slice(0, 32);
}

const facts = [
  {},
  { killCount: 2, hero: 'Lux', map: 'Rift', mode: 'ranked', rival: 'Zed' },
  { killCount: 20, mvp: true },
  { personalRecord: true },
  { headshot: true, rarity: 'epic' },
  { damage: 0.9, rarity: 'legendary' },
];

/** Something of everything, close together and far apart, so that a change of the code shows in it. */
function* probe(): Generator<Told> {
  let clock = 0;
  let count = 0;
  const time = () => new Date(Date.UTC(2026, 0, 1) + clock).toISOString();
  const told = (event: Omit<Told, 'id'>) =>
    ({ ...event, id: `00000000-0000-4000-8000-${String(count++).padStart(12, '0')}` }) as Told;
  yield told({ type: 'PlayerRegistered', data: { persona: 'cool', lang: 'en' } } as Told);
  for (const type of [...builtInEventTypes, 'custom.probe', ...builtInEventTypes.toReversed()]) {
    const hurry = type === 'player.kill' ? 1 : 900;
    for (const data of type === 'player.kill' ? [...Array(40).fill({}), ...facts] : [...facts, {}, {}]) {
      clock += hurry * (1 + (count % 7) ** 4);
      yield told({ type: 'GameEventRecorded', data: { type, at: time(), data, context: {} } });
    }
    const dialogue = { text: '', lang: 'en', source: 'template', templateId: `en.cool.probe.${count}` };
    yield told({
      type: 'CompanionActed',
      data: {
        actionId: `${count}`,
        at: time(),
        ...(count % 3 > 0 && { dialogue }),
        recalled: ['a', 'b'].map((one) => ({ memoryId: `${count} ${one}`, score: 0.5 })),
      },
    } as Told);
    const reaction = count % 2 > 0 ? 'like' : 'dislike';
    yield told({ type: 'FeedbackGiven', data: { actionId: `${count - 1}`, reaction } });
    if (type === 'player.death')
      yield told({ type: 'FeedbackGiven', data: { actionId: '', reaction: 'mute' } });
    if (type === 'player.loot') yield told({ type: 'PersonaChosen', data: { persona: 'cute' } });
  }
  const recalled = [{ memoryId: 'written', score: 0.5 }];
  yield told({ type: 'LineWritten', data: { actionId: '', at: time(), recalled } } as unknown as Told);
  // What is found over minutes.
  const spells = [...Array(12).fill('player.achievement'), ...Array(6).fill('player.death'), 'player.idle'];
  for (const type of spells) {
    clock += 25_000;
    yield told({ type: 'GameEventRecorded', data: { type, at: time(), data: {}, context: {} } });
  }
}
