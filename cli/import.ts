import { randomBytes } from 'node:crypto';
import { RegisterClient, RegisterClientHandler } from '../commands/clients/handlers.js';
import type { WriteSide } from '../commands/context.js';
import { CreateGame, CreateGameHandler } from '../commands/games/handlers.js';
import { PersonErased } from '../commands/person-keys/sealer.js';
import {
  ReceiveChatMessage,
  ReceiveChatMessageHandler,
  RecordGameEvents,
  RecordGameEventsHandler,
} from '../commands/players/play.js';
import { RegisterPlayer, RegisterPlayerHandler } from '../commands/players/profile.js';
import { asOperator } from '../domain/access/reached.js';
import { clientId, gameId, streamOf } from '../domain/kernel/ids.js';
import { Rejection } from '../domain/kernel/rejection.js';
import { playerErased } from '../domain/player/player.js';
import { attach } from './attach.js';
import {
  type ImportedEvent,
  type ImportedMatch,
  type ImportedPlayer,
  type ImportFormat,
  importFormats,
  isImportFormat,
  loadMatch,
  summarize,
  summaryText,
} from './imports/index.js';
import { createLogger } from './logger.js';
import { readSettings, UsageError } from './settings.js';
import { progress } from './terminal/index.js';
import type { Given, Verb } from './verbs.js';

export const importMatches: Verb = {
  help: `
  agl import --format ${importFormats.join('|')} FILE…

  --format F   the files' format; found out from the file when left out
  --game ID    a game of yours that the players belong to; one named by the format when left out
  --json       the summaries as JSON

For lol a FILE may be the match's folder. Running it twice adds nothing. Works beside a running engine on the
same data folder, and without one.
`,
  options: { format: { type: 'string' }, game: { type: 'string' } },
  run: runImport,
};

async function runImport({ values, files }: Given): Promise<number> {
  const format = formatOf(values.format);
  if (files.length === 0) throw new UsageError('import: name at least one FILE', 2);
  // Everything is read before anything is written: a broken file leaves nothing half imported.
  const matches = files.map((file) => loadMatch(file, format));
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  const attached = await attach(settings, createLogger(settings.LOG_LEVEL));
  try {
    if (attached.newAdminKey) process.stderr.write(`admin key (shown once) ${attached.newAdminKey}\n`);
    const tenantOf = tenants(attached.side, typeof values.game === 'string' ? values.game : undefined);
    const summaries = [];
    for (const match of matches) {
      const tenant = await tenantOf(match.format);
      const counts = await writeMatch(attached.side, tenant, match);
      const summary = { ...summarize(match, counts), gameId: tenant.gameId, playerIds: counts.playerIds };
      if (!values.json) process.stdout.write(`${summaryText(summary)}\n${wherePlayers(summary)}\n`);
      summaries.push(summary);
    }
    const bar = progress(100, 'feeling and reading it', process.stderr);
    await attached.settle((done) => bar.update(done * 100));
    bar.stop();
    if (values.json) process.stdout.write(`${JSON.stringify(summaries, null, 2)}\n`);
    else process.stdout.write(`${total(summaries)}\n`);
    return 0;
  } finally {
    await attached.close();
  }
}

function formatOf(given: unknown): ImportFormat | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string' && isImportFormat(given)) return given;
  throw new UsageError(`import: --format is one of ${importFormats.join(', ')}, not ${String(given)}`, 2);
}

type Tenant = { clientId: string; gameId: string };

/** The game a match's players belong to; made at the first match of its format. */
function tenants(side: WriteSide, game: string | undefined) {
  const known = new Map<string, Promise<Tenant>>();
  return (format: string): Promise<Tenant> => {
    const tenant = known.get(format) ?? (game ? existing(side, game) : made(side, format));
    known.set(format, tenant);
    return tenant;
  };
}

async function existing(side: WriteSide, id: string): Promise<Tenant> {
  const state = await side.games.state(streamOf.game(gameId(id)));
  if (!state.exists) throw new UsageError(`import: there is no game ${id}`);
  return { clientId: state.clientId, gameId: id };
}

async function made(side: WriteSide, format: string): Promise<Tenant> {
  const email = 'imports@localhost';
  const owner = side.pseudonym('client', email).slice(0, 20);
  if (!(await side.clients.state(streamOf.client(clientId(owner)))).registered) {
    const password = randomBytes(24).toString('hex');
    const account = { name: 'Imported matches', email, password };
    done(await new RegisterClientHandler(side).execute(new RegisterClient(account)));
  }
  const id = side.pseudonym('game', `imported ${format}`).slice(0, 20);
  if (!(await side.games.state(streamOf.game(gameId(id)))).exists) {
    const game = { id, name: `Imported ${format} matches` };
    done(await new CreateGameHandler(side).execute(new CreateGame(owner, game)));
  }
  return { clientId: owner, gameId: id };
}

type Counts = { accepted: number; duplicates: number; playerIds: Record<string, string> };

/** Players are independent of each other; more at once would only wait for the same log. */
const PLAYERS_AT_ONCE = 8;

async function writeMatch(side: WriteSide, tenant: Tenant, match: ImportedMatch): Promise<Counts> {
  const total = match.players.reduce((sum, player) => sum + player.events.length, 0);
  const bar = progress(total, match.title, process.stderr);
  const inFileOrder = match.players.map(({ externalId }) => [externalId, ''] as const);
  const counts: Counts = { accepted: 0, duplicates: 0, playerIds: Object.fromEntries(inFileOrder) };
  const waiting = [...match.players];
  const writer = async () => {
    for (let player = waiting.shift(); player; player = waiting.shift()) {
      const id = await registered(side, tenant, player);
      if (id === null) continue;
      counts.playerIds[player.externalId] = id;
      for (const part of inParts(player.events)) {
        const { accepted, duplicates } = done(await write(side, id, part));
        counts.accepted += accepted;
        counts.duplicates += duplicates;
        bar.update(counts.accepted + counts.duplicates, player.displayName ?? player.externalId);
      }
    }
  };
  await Promise.all(Array.from({ length: PLAYERS_AT_ONCE }, writer));
  bar.stop();
  return counts;
}

/** `null`: the player was erased, and does not come back. */
async function registered(side: WriteSide, tenant: Tenant, player: ImportedPlayer): Promise<string | null> {
  const { externalId, displayName } = player;
  const game = asOperator.game({ id: tenant.gameId, clientId: tenant.clientId });
  const registration = {
    externalId,
    ...(displayName && { displayName }),
    persona: 'cheerful',
    lang: 'en',
  } as const;
  const registering = new RegisterPlayerHandler(side).execute(new RegisterPlayer(game, registration));
  const outcome = await registering.catch((error) => {
    if (error instanceof PersonErased) return playerErased();
    throw error;
  });
  if (outcome instanceof Rejection && outcome.code === 'erased') return null;
  return done(outcome).id;
}

type Part = Exclude<ImportedEvent, { kind: 'chat' }>[] | Extract<ImportedEvent, { kind: 'chat' }>;

const PART_MAX = 200;

/** Game events that follow each other, together; a chat line by itself: the order stays. */
function* inParts(events: readonly ImportedEvent[]): Generator<Part> {
  let part: Exclude<ImportedEvent, { kind: 'chat' }>[] = [];
  for (const event of events) {
    if (event.kind === 'chat' || part.length === PART_MAX) {
      if (part.length > 0) yield part;
      part = [];
    }
    if (event.kind === 'chat') yield event;
    else part.push(event);
  }
  if (part.length > 0) yield part;
}

function write(side: WriteSide, playerId: string, part: Part) {
  const player = asOperator.player(playerId);
  if (Array.isArray(part)) {
    const origin = { player, correlationId: part[0]!.id, imported: true as const };
    const bytes = JSON.stringify(part).length;
    return new RecordGameEventsHandler(side).execute(new RecordGameEvents(origin, part, bytes));
  }
  const { id, at, text } = part;
  const origin = { player, correlationId: id, imported: true as const };
  return new ReceiveChatMessageHandler(side).execute(new ReceiveChatMessage(origin, { id, at, text }));
}

function done<T>(outcome: T | Rejection): T {
  if (outcome instanceof Rejection) throw new Error(`import: ${outcome.message}`);
  return outcome;
}

const wherePlayers = ({ gameId: game, playerIds }: { gameId: string; playerIds: Record<string, string> }) =>
  [
    `  in game ${game}:`,
    ...Object.entries(playerIds).map(
      ([externalId, id]) =>
        `    ${externalId.padEnd(28)} ${id ? `player ${id}` : 'was erased, and is passed over'}`,
    ),
    '',
  ].join('\n');

function total(
  summaries: { events: number; accepted: number; duplicates: number; agrees: boolean }[],
): string {
  const sum = (key: 'events' | 'accepted' | 'duplicates') =>
    summaries.reduce((all, one) => all + one[key], 0);
  const agreeing = summaries.filter(({ agrees }) => agrees).length;
  return `${summaries.length} matches, ${sum('events')} events: ${sum('accepted')} new, ${sum('duplicates')} already there; counts agree with the files for ${agreeing} of ${summaries.length}`;
}
