import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sounds } from '../commands/voice/sounds.js';
import { tellsOfOneself } from '../domain/memory/telling.js';
import { createTokens } from '../gateway/auth/player-tokens.js';
import { openDoor } from '../gateway/door.js';
import type { Tls } from '../gateway/http/tls.js';
import { addressesBy } from '../gateway/limits/address.js';
import { followForGateway, type Tail } from '../gateway/tail.js';
import type { Push } from '../gateway/ws/push.js';
import { type SocketGateway, serveSockets } from '../gateway/ws/server.js';
import type { Engine, Stop } from './engine.js';
import { createHttp, type Http } from './http.js';
import type { Logger } from './logger.js';
import { beginQuota, keepLearning, usageBefore } from './quota.js';
import { answersGames } from './settings.js';
import { openSpeaker } from './speaker.js';

/** `stops`: what is to be ended, the last first. */
export type Around = { push: Push; logger: Logger; stops: Stop[]; tls: Tls | null };

/** Opens the doors of an engine that is whole: HTTP, sockets where it is a gateway. @returns where. */
export async function serveAll(engine: Engine, { push, logger, stops, tls }: Around): Promise<string> {
  const { settings, side, secrets } = engine;
  const tokens = createTokens(secrets.keysForTokens, side.now);
  const { AGL_LIMIT_ADDRESS: address, AGL_LIMIT_KEY: key, AGL_LIMIT_PLAYER: player } = settings;
  const { adminKeySha256 } = secrets;
  const door = openDoor({
    side,
    tokens,
    adminKeySha256,
    rates: { address, key, player },
    redis: engine.redis,
  });
  const onBug = (error: unknown) => logger.error({ error: String((error as Error).stack ?? error) }, 'a bug');
  const sounds = settings.AGL_ROLES.includes('api') ? openSpeaker(settings, logger) : null;
  stops.push(async () => sounds?.close());
  if (answersGames(settings)) await followLog(engine, { push, logger, stops, sounds });
  const http: Http = await createHttp({ engine, door, tokens, push, logger, sounds, onBug, tls });
  stops.push(http.close);
  if (settings.AGL_ROLES.includes('gateway')) {
    warmUp();
    const parts = {
      ...{ commands: http.commands, side, push, onBug, ...door },
      addressOf: addressesBy(settings.AGL_TRUSTED_PROXIES),
      connectionsMax: settings.AGL_LIMIT_CONNECTIONS,
    };
    const sockets: SocketGateway = serveSockets(http.server, parts);
    stops.push(() => sockets.close());
  }
  stops.push(async () => push.restart());
  const url = await http.listen(settings);
  announce(engine, url, stops);
  // Until whoever shares out the players has noticed that this instance is not ready any more.
  stops.push(() => sleep(settings.AGL_DRAIN_MS));
  return url;
}

/** What is made when it is first used takes as long as a frame may: so before anybody waits for it. */
function warmUp(): void {
  for (const text of ['I live by the sea', '我住在海边']) tellsOfOneself(text);
}

/** From now on streams and sockets know of whatever any instance stores; quotas go on from what was stored. */
async function followLog(
  { side, stores, memory }: Engine,
  { push, logger, stops, sounds }: Omit<Around, 'tls'> & { sounds: Sounds | null },
): Promise<void> {
  const onErased = (player: string) => {
    memory.forget(player);
    sounds?.forget();
  };
  const used = await usageBefore(stores.pool);
  const tail: Tail = await followForGateway(stores.log, side, push, onErased);
  stops.push(tail.stop);
  const ended = new AbortController();
  stops.push(async () => ended.abort());
  const { position: from } = push;
  const { signal } = ended;
  void beginQuota(side.quota, used, { log: stores.log, from, logger, signal });
  void keepLearning(side.quota, stores.pool, signal);
}

/** Where the running engine is to be found by the other verbs, on this machine and by this user alone. */
function announce({ settings, stores }: Engine, url: string, stops: Stop[]): void {
  const file = join(settings.AGL_DATA_DIR, 'engine.json');
  const about = { pid: process.pid, instance: randomUUID(), url, ...stores.urls };
  writeFileSync(file, JSON.stringify(about), { mode: 0o600 });
  stops.push(async () => rmSync(file, { force: true }));
}
