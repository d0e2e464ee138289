import type { Retention } from './types.js';

/** Truncating before the largest 64 bit integer is how a stream is deleted softly. */
export const DELETED_TB = '9223372036854775807';

export const keepAll: Retention = { softDeleted: false };

/** Of metadata only the newest counts. */
export const keepNewest: Retention = { maxCount: 1, softDeleted: false };

/** What a `$metadata` event says; anything malformed keeps all, as in the real server. */
export function parseRetention(data: Buffer): Retention {
  const json = parseObject(data);
  const truncateBefore = count(json.$tb);
  return {
    maxCount: count(json.$maxCount),
    maxAge: count(json.$maxAge),
    truncateBefore,
    softDeleted: truncateBefore !== undefined && truncateBefore >= Number(DELETED_TB),
  };
}

/** Metadata of a stream that was deleted softly and is written again: what was before stays out of sight. */
export function undeleted(data: Buffer, from: number): Buffer {
  return Buffer.from(JSON.stringify({ ...parseObject(data), $tb: from }));
}

export const softDeletion = Buffer.from(`{"$tb":${DELETED_TB}}`);

/** The first revision that scavenges, `$maxCount` and `$tb` leave in sight; `$maxAge` needs the clock beside. */
export function firstByCount(retention: Retention, head: number): number {
  const byCount = retention.maxCount === undefined ? 0 : head - retention.maxCount + 1;
  return Math.max(retention.floor ?? 0, byCount, retention.truncateBefore ?? 0);
}

function parseObject(data: Buffer): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(data.toString());
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const count = (value: unknown) => (typeof value === 'number' && value >= 0 ? Math.floor(value) : undefined);
