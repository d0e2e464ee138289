import type { Registry } from 'prom-client';
import type { WriteSide } from '../../commands/context.js';
import { quotaOf } from '../../domain/client/client.js';
import { clientId, streamOf } from '../../domain/kernel/ids.js';
import type { Push } from '../../gateway/ws/push.js';
import { standing } from './registries.js';

/** A client is near the end of its quota with so much of it used. */
const NEAR = 0.8;
/** Clients that are told of by name: those that are nearest. */
const NAMED = 20;

/** Who is connected, and whose quota ends soon. */
export function watchDoings(registry: Registry, { side, push }: { side: WriteSide; push: Push }): void {
  standing(registry, {
    name: 'connections',
    help: 'Connections over which companions are pushed',
    labels: ['kind'],
    look: () => Object.entries(push.connections).map(([kind, value]) => ({ labels: { kind }, value })),
  });
  standing(registry, {
    name: 'quota_used_ratio',
    help: "Used of the month's quota, of the clients who are nearest to its end",
    labels: ['client'],
    look: () =>
      nearTheirEnd(side)
        .slice(0, NAMED)
        .map(({ client, share }) => ({ labels: { client }, value: share })),
  });
  standing(registry, {
    name: 'quota_clients',
    help: 'Clients near the end of their quota, and at it',
    labels: ['state'],
    look() {
      const shares = nearTheirEnd(side);
      const used = shares.filter(({ share }) => share >= 1).length;
      return [
        { labels: { state: 'near' }, value: shares.length - used },
        { labels: { state: 'used_up' }, value: used },
      ];
    },
  });
}

/** Of those who are in memory, as all are who play here; the fullest first. */
function nearTheirEnd({ quota, clients }: WriteSide): { client: string; share: number }[] {
  const shares: { client: string; share: number }[] = [];
  for (const [client, used] of quota.used()) {
    const known = clients.peek(streamOf.client(clientId(client)));
    const share = known ? used / quotaOf(known) : 0;
    if (share >= NEAR) shares.push({ client, share });
  }
  return shares.sort((a, b) => b.share - a.share);
}
