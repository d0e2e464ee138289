/** A person (or bot) as a log line names them: `"name<slot><steam id><side>"`. */
export type Actor = { name: string; id: string; side: string };

/** Whether it is a human: bots have `BOT` for an id. */
export const isPerson = (actor: Actor) => actor.id !== 'BOT' && actor.id !== '';

export type LogLine = { ms: number; text: string };
export type LogFact =
  | { kind: 'match_start'; map: string }
  | { kind: 'round_start' }
  | { kind: 'round_end' }
  | { kind: 'game_over'; map: string }
  | { kind: 'score'; side: string; score: number }
  | { kind: 'kill'; actor: Actor; victim: Actor; weapon: string; headshot: boolean; penetrated: boolean }
  | { kind: 'assist'; actor: Actor; victim: Actor }
  | { kind: 'suicide'; actor: Actor; weapon: string }
  | { kind: 'bombed'; actor: Actor }
  | { kind: 'damage'; actor: Actor; victim: Actor; weapon: string; damage: number; health: number }
  | { kind: 'bomb'; actor: Actor; done: 'planted' | 'defused' }
  | { kind: 'chat'; actor: Actor; text: string }
  | { kind: 'switched'; actor: Actor }
  | { kind: 'other'; what: string };

export type Fact = LogFact & { ms: number };

const stamp = /^L (\d\d)\/(\d\d)\/(\d{4}) - (\d\d):(\d\d):(\d\d): (.*)$/;

/** The log has no zone: its times are read as UTC. `undefined` for a line that is none of a server log. */
export function parseLine(line: string): LogLine | undefined {
  const match = stamp.exec(line.replace(/\r$/, ''));
  if (!match) return undefined;
  const [month, day, year, hours, minutes, seconds] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { ms: Date.UTC(year, month - 1, day, hours, minutes, seconds), text: match[7]! };
}

const who = String.raw`"(.*?)<\d+><([^<>]*)><([^<>"]*)>"`;
const at = String.raw`(?: \[[^\]]*\])?`;

const actor = (parts: (string | undefined)[], from: number): Actor => ({
  name: parts[from]!,
  id: parts[from + 1]!,
  side: parts[from + 2]!,
});

type Pattern = { pattern: RegExp; read: (match: string[]) => LogFact };

/** Tried in this order; the first that fits tells what the line says. */
const patterns: Pattern[] = [
  {
    pattern: /^World triggered "Match_Start" on "([^"]*)"/,
    read: (m) => ({ kind: 'match_start', map: m[1]! }),
  },
  { pattern: /^World triggered "Round_Start"/, read: () => ({ kind: 'round_start' }) },
  { pattern: /^World triggered "Round_End"/, read: () => ({ kind: 'round_end' }) },
  { pattern: /^Game Over: \S+ (?:\S+ )?(\S+) score /, read: (m) => ({ kind: 'game_over', map: m[1]! }) },
  {
    pattern: /^Team "([^"]*)" scored "(\d+)"/,
    read: (m) => ({ kind: 'score', side: m[1]!, score: Number(m[2]) }),
  },
  {
    pattern: new RegExp(`^${who}${at} killed ${who}${at} with "([^"]*)"(.*)$`),
    read: (m) => ({
      kind: 'kill',
      actor: actor(m, 1),
      victim: actor(m, 4),
      weapon: m[7]!,
      headshot: m[8]!.includes('headshot'),
      penetrated: m[8]!.includes('penetrated'),
    }),
  },
  {
    pattern: new RegExp(`^${who} assisted killing ${who}`),
    read: (m) => ({ kind: 'assist', actor: actor(m, 1), victim: actor(m, 4) }),
  },
  {
    pattern: new RegExp(`^${who}${at} committed suicide with "([^"]*)"`),
    read: (m) => ({ kind: 'suicide', actor: actor(m, 1), weapon: m[4]! }),
  },
  {
    pattern: new RegExp(`^${who}${at} was killed by the bomb`),
    read: (m) => ({ kind: 'bombed', actor: actor(m, 1) }),
  },
  {
    pattern: new RegExp(
      `^${who}${at} attacked ${who}${at} with "([^"]*)" \\(damage "(\\d+)"\\).*\\(health "(\\d+)"\\)`,
    ),
    read: (m) => ({
      kind: 'damage',
      actor: actor(m, 1),
      victim: actor(m, 4),
      weapon: m[7]!,
      damage: Number(m[8]),
      health: Number(m[9]),
    }),
  },
  {
    pattern: new RegExp(`^${who} triggered "(Planted|Defused)_The_Bomb"`),
    read: (m) => ({ kind: 'bomb', actor: actor(m, 1), done: m[4] === 'Planted' ? 'planted' : 'defused' }),
  },
  {
    pattern: new RegExp(`^${who} say(?:_team)? "(.*)"$`),
    read: (m) => ({ kind: 'chat', actor: actor(m, 1), text: m[4]! }),
  },
  {
    pattern: /^"(.*?)<\d+><([^<>]*)>" switched from team <[^<>]*> to <([^<>]*)>/,
    read: (m) => ({ kind: 'switched', actor: actor(m, 1) }),
  },
];

export function factOf({ ms, text }: LogLine): Fact {
  for (const { pattern, read } of patterns) {
    const match = pattern.exec(text);
    if (match) return { ms, ...read(match) };
  }
  return { ms, kind: 'other', what: kindOf(text) };
}

/** What a line is called that tells only of a bot. */
export const botLine = 'line of a bot';

/** What kind of line it is, without the names and numbers in it. */
function kindOf(text: string): string {
  if (text.includes('<BOT>')) return botLine;
  const trigger = / triggered "([A-Za-z_]+)/.exec(text);
  if (trigger) return trigger[1]!;
  if (/^"[^"]*" = "/.test(text)) return 'server setting';
  if (text.includes(' blinded for ')) return 'blinded by a flashbang';
  if (text.startsWith('Team playing ')) return 'name of a team';
  return text
    .replace(/"[^"]*"/g, '…')
    .replace(/[-\d.]+/g, 'N')
    .split(/[,(]/)[0]!
    .trim()
    .slice(0, 40);
}
