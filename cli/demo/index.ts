import { setTimeout as sleep } from 'node:timers/promises';
import { ChangeTier, ChangeTierHandler } from '../../commands/clients/account.js';
import type { Language } from '../../domain/kernel/language.js';
import { languages, personas } from '../../domain/kernel/language.js';
import { START } from '../../eventstore/log.js';
import { type Engine, startEngine } from '../engine.js';
import { type ImportedMatch, type ImportedPlayer, loadMatch } from '../imports/index.js';
import { createLogger } from '../logger.js';
import { readSettings, UsageError } from '../settings.js';
import { simulate } from '../simulator/index.js';
import {
  actionLine,
  closingSummary,
  eventLine,
  matchClock,
  painter,
  percentile,
  plain,
  wantsColour,
} from '../terminal/index.js';
import { untilTold } from '../until-told.js';
import type { Given, Verb } from '../verbs.js';
import { type Account, call, openAccount } from './account.js';
import { type Played, play, type Seat } from './play.js';
import { livedTheWeekBefore } from './week-before.js';

export const demo: Verb = {
  help: `
  agl demo [--match FILE] [--speed N] [--exit]

  --match FILE   a recorded match (League of Legends, CS:GO, Dota 2) instead of the built-in one
  --player NAME  whose companion to watch; the best of the winning team when left out
  --persona P    ${personas.join(', ')}
  --lang L       ${languages.join(', ')}
  --speed N      so many times faster than it was played; 24 when left out
  --seed N       another story of the built-in match
  --exit         end after the match; otherwise the engine stays up
  --json         the closing summary as JSON
`,
  options: {
    match: { type: 'string' },
    player: { type: 'string' },
    persona: { type: 'string' },
    lang: { type: 'string' },
    speed: { type: 'string' },
    seed: { type: 'string' },
    exit: { type: 'boolean' },
  },
  run: runDemo,
};

type Wishes = ReturnType<typeof wishesOf>;

async function runDemo(given: Given): Promise<number> {
  const wishes = wishesOf(given);
  const match = matchOf(wishes);
  const watched = watchedOf(match, wishes.player);
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  // It plays with its own engine, by an address that no certificate need be of.
  if (settings.AGL_TLS_CERT)
    throw new UsageError('AGL_TLS_CERT: the demo is played in the clear; unset it', 2);
  const stopped = untilTold();
  const engine = await startDemoEngine(settings);
  const account = await openAccount(engine.url, {
    dataDir: settings.AGL_DATA_DIR,
    allow: (clientId) => allowed(engine, clientId),
  });
  const seats = await Promise.all(
    match.players.map((player) => seated(engine.url, account, { player, match, wishes })),
  );
  const told = (text: string) => wishes.json || process.stdout.write(`${text}\n`);
  const paint = painter(wantsColour(process.stdout, process.env));
  told(`\n${paint.bold(match.title)} · watching ${watched.displayName ?? watched.externalId}\n`);
  if (await weekBefore(engine, { account, seats, match }))
    told(
      `${paint.dim('A week ago: the same hero, a five-kill streak, a victory. The companion remembers.')}\n`,
    );
  const clock = (at: string) => matchClock(Date.parse(at) - Date.parse(match.startedAt));
  const stream = play({
    match,
    seats,
    url: `${engine.url.replace('http', 'ws')}/ws`,
    speed: wishes.speed,
    answered: () => answered(engine),
    onEvent: (player, event) => player === watched && told(eventLine(event, clock(event.at), paint)),
    onAction: (player, action) => player === watched && told(actionLine(action, paint)),
  });
  const played = await Promise.race([stream, stopped]);
  if (played) conclude(played, { match, watched, json: wishes.json });
  if (!wishes.exit && played) {
    told(await whatNext(engine, account, seats[match.players.indexOf(watched)]!.id));
    await stopped;
  }
  await engine.stop();
  return 0;
}

const MUCH_A_MONTH = 1_000_000_000;

const allowed = ({ side }: Engine, clientId: string) =>
  new ChangeTierHandler(side).execute(new ChangeTier(clientId, { tier: 'free', quota: MUCH_A_MONTH }));

type Cast = { account: Account; seats: readonly { id: string }[]; match: ImportedMatch };

const weekBefore = async ({ url }: Engine, { account, seats, match }: Cast): Promise<boolean> =>
  match.format === 'simulator' &&
  livedTheWeekBefore({ url, apiKey: account.apiKey }, { id: seats[0]!.id, gameId: account.gameId }, match);

/** A machine with much else to do may keep companions waiting, but not for ever. */
const ANSWERED_WITHIN_MS = 30_000;

/** When the companions have been given all that is in the log by now, and have answered it. */
async function answered({ side, followers }: Engine): Promise<void> {
  const until = performance.now() + ANSWERED_WITHIN_MS;
  const { newest } = side.players;
  const reacted = () => followers.reacted().catch(() => START);
  while ((await reacted()) < newest && performance.now() < until) await sleep(50);
}

function wishesOf({ values, files }: Given) {
  if (files.length > 0)
    throw new UsageError(`demo: ${files[0]} is not expected here; did you mean --match?`, 2);
  const speed = Number(values.speed ?? 24);
  if (!(speed > 0)) throw new UsageError(`demo: --speed is a number above 0, not ${values.speed}`, 2);
  const seed = Number(values.seed ?? 7);
  if (!Number.isSafeInteger(seed))
    throw new UsageError(`demo: --seed is a whole number, not ${values.seed}`, 2);
  const oneOf = <T extends string>(name: string, choices: readonly T[], otherwise: T): T => {
    const value = (values[name] ?? otherwise) as T;
    if (choices.includes(value)) return value;
    throw new UsageError(`demo: --${name} is one of ${choices.join(', ')}, not ${value}`, 2);
  };
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  return {
    speed,
    seed,
    persona: oneOf('persona', personas, 'cheerful'),
    lang: oneOf<Language>('lang', languages, 'zh'),
    match: text('match'),
    player: text('player'),
    exit: values.exit === true,
    json: values.json === true,
  };
}

/** The built-in match is a little shorter than this. */
const MATCH_MS = 32 * 60_000;

function matchOf({ match, seed, lang, speed }: Wishes): ImportedMatch {
  if (match !== undefined) return loadMatch(match);
  // So far back that the match's clock meets the clock on the wall when it ends: nothing lies in the future.
  const startedAt = new Date(Date.now() - MATCH_MS * Math.max(0, 1 - 1 / speed)).toISOString();
  return simulate({ seed, startedAt, lang });
}

function watchedOf({ players }: ImportedMatch, name: string | undefined): ImportedPlayer {
  if (name !== undefined) {
    const named = players.find((player) => player.displayName === name || player.externalId === name);
    if (named) return named;
    const names = players.map((player) => player.displayName ?? player.externalId);
    throw new UsageError(`demo: no player ${name} in this match; there are ${names.join(', ')}`, 2);
  }
  const winners = players.filter(({ result }) => result === 'victory');
  return (winners.length > 0 ? winners : players).reduce((best, player) =>
    player.endStats.kills > best.endStats.kills ? player : best,
  );
}

/** The wished-for port, or any free one: a demo should not fail for that. */
async function startDemoEngine(settings: ReturnType<typeof readSettings>): Promise<Engine> {
  const logger = createLogger(settings.LOG_LEVEL);
  try {
    return await startEngine(settings, logger);
  } catch (error) {
    if (process.env.PORT || !(error as Error).message.startsWith('PORT:')) throw error;
    return startEngine({ ...settings, PORT: 0 }, logger);
  }
}

type Newcomer = { player: ImportedPlayer; match: ImportedMatch; wishes: Wishes };

async function seated(url: string, account: Account, newcomer: Newcomer): Promise<Seat & { id: string }> {
  const { player, match, wishes } = newcomer;
  const { apiKey, gameId } = account;
  const { displayName } = player;
  // A recorded match brings the same event ids each time: it is lived anew by a player of its own.
  const externalId = match.format === 'simulator' ? player.externalId : `${player.externalId} ${Date.now()}`;
  const { id } = await call<{ id: string }>({ url, apiKey }, `/games/${gameId}/players`, {
    externalId,
    persona: wishes.persona,
    lang: wishes.lang,
    ...(displayName && { displayName }),
  });
  const token = async () =>
    (await call<{ token: string }>({ url, apiKey }, '/auth/player-tokens', { gameId, playerId: id })).token;
  return { player, token, id };
}

type Scene = { match: ImportedMatch; watched: ImportedPlayer; json: boolean };

function conclude({ events, actions, latencies }: Played, { match, watched, json }: Scene): void {
  const lines = actions.flatMap(({ dialogue }) => (dialogue ? [dialogue.source] : []));
  const emotions: Record<string, number> = {};
  for (const { emotion } of actions) emotions[emotion.label] = (emotions[emotion.label] ?? 0) + 1;
  const { kills, deaths, assists } = watched.endStats;
  const outcome = {
    title: match.title,
    result: `${watched.result}, ${kills} kills, ${deaths} deaths, ${assists} assists`,
    events,
    actions: actions.length,
    spoken: lines.length,
    templateShare: lines.filter((source) => source === 'template').length / Math.max(1, lines.length),
    latency: { p50: percentile(latencies, 50), p99: percentile(latencies, 99) },
    emotions,
  };
  const paint = wantsColour(process.stdout, process.env) ? painter(true) : plain;
  process.stdout.write(
    json ? `${JSON.stringify(outcome, null, 2)}\n` : `${closingSummary(outcome, paint)}\n`,
  );
}

async function whatNext({ url }: Engine, { apiKey }: Account, playerId: string): Promise<string> {
  const ask = (path: string) => `  curl -H 'X-API-Key: ${apiKey}' '${url}/players/${playerId}/${path}'`;
  return [
    '',
    `The engine stays up at ${url} (Ctrl-C ends it). Ask it:`,
    '',
    ask('timeline?limit=5'),
    ask('emotion'),
    ask('actions?limit=5'),
    ask('memories?q=pentakill'),
    ask('diary'),
    '',
  ].join('\n');
}
