import { sentences } from '../../cli/terminal/event-words.js';
import { harmless } from '../../cli/terminal/index.js';
import type { Language } from '../../domain/kernel/language.js';
import { withName } from '../../domain/voice/named.js';
import { playerNames } from './house.js';
import type { Heard, Spoken } from './play.js';

/** What a reader is to see of each persona, as far as it came about. */
const wanted = [
  'kill',
  'death',
  'multi_kill',
  'chat',
  'death_streak',
  'victory',
  'defeat',
  'kill_streak',
  'objective',
  'assist',
  'victory_dominant',
  'comeback',
  'match_start',
  'first_ever',
  'chat_abuse',
];
const SCENES = 10;

/** Ten scenes of one persona, each of another player, word for word: event → emotion → gesture → line. */
export function scenesFrom(heard: readonly Heard[], lang: Language, shift: number): string[] {
  const used = new Set<Heard>();
  const scenes: string[] = [];
  for (const occasion of wanted) {
    if (scenes.length === SCENES) break;
    const found = among(heard, occasion, shift + scenes.length * 7, used);
    if (found) scenes.push(sceneOf(found, lang));
  }
  return scenes;
}

function among(heard: readonly Heard[], occasion: string, start: number, used: Set<Heard>): Spoken | null {
  for (let n = 0; n < heard.length; n++) {
    const one = heard[(start + n) % heard.length]!;
    if (used.has(one)) continue;
    const fits = one.acts.filter(({ line, occasion: on }) => line && on === occasion);
    if (fits.length === 0) continue;
    used.add(one);
    return fits[start % fits.length]!;
  }
  return null;
}

function sceneOf({ event, emotion, gesture, line }: Spoken, lang: Language): string {
  const happened =
    event.kind === 'chat' ? `“${event.text}”` : (sentences[event.type]?.(event.data) ?? event.type);
  const said = withName(line!.fallback, lang, playerNames[lang]);
  const mark = line!.source === 'template' ? '' : ' ¹';
  return `${harmless(happened)} → ${emotion} → *${gesture}* → “${said}”${mark}`;
}
