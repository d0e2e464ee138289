import { createHash, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Hear, Whispers } from './whispers.js';

/** Few enough to be subscribed to one by one, many enough that an instance with few players hears little of others. */
const SHARDS = 64;

const shardOf = (playerId: string): number => createHash('sha1').update(playerId).digest()[0]! % SHARDS;
/** Of a cluster, each node has some of the shards: what is in braces decides (Redis cluster specification). */
const channelOf = (shard: number): string => `agl:whispers:{${shard}}`;

type Message = { from: string; playerId: string; frame: object };

/**
 * By sharded pub/sub (Redis 7). Who is here hears at once, whether Redis is there or not; the others by the channel of the
 * player's shard, which an instance listens to as long as it holds a connection of that shard.
 */
export function whispersInRedis(redis: Redis, hear: Hear): Whispers {
  const self = randomUUID();
  const players = new Map<number, Set<string>>();
  // Who has subscribed may do nothing else on that connection.
  const subscriber = redis.duplicate({ autoResubscribe: false, enableAutoPipelining: false });
  subscriber.on('error', () => undefined);
  // Lost until Redis is there again: whoever is told of it by the other connection knows why.
  const quietly = (sent: Promise<unknown>) => void sent.catch(() => undefined);
  subscriber.on('ready', () => {
    for (const shard of players.keys()) quietly(subscriber.ssubscribe(channelOf(shard)));
  });
  subscriber.on('smessage', (_channel: string, text: string) => {
    const { from, playerId, frame } = JSON.parse(text) as Message;
    if (from !== self) hear(playerId, frame);
  });
  return {
    tell(playerId, frame) {
      hear(playerId, frame);
      const message: Message = { from: self, playerId, frame };
      quietly(redis.spublish(channelOf(shardOf(playerId)), JSON.stringify(message)));
    },
    came(playerId) {
      const shard = shardOf(playerId);
      const others = players.get(shard);
      if (others) return void others.add(playerId);
      players.set(shard, new Set([playerId]));
      if (subscriber.status === 'ready') quietly(subscriber.ssubscribe(channelOf(shard)));
    },
    left(playerId) {
      const shard = shardOf(playerId);
      const others = players.get(shard);
      others?.delete(playerId);
      if (others?.size !== 0) return;
      players.delete(shard);
      if (subscriber.status === 'ready') quietly(subscriber.sunsubscribe(channelOf(shard)));
    },
    close: () => subscriber.disconnect(),
  };
}
