import { z } from 'zod';
import { id, time } from '../../gateway/openapi/parts.js';
import { answerOf } from '../../gateway/openapi/same.js';
import type { ParkedRow } from '../../projections/halted.js';
import type { Row } from '../../projections/insight/define.js';
import type { KeptInsight } from '../../projections/insight/kept.js';
import type { ProjectionStatus, RebuildStatus } from '../../projections/status.js';
import type { ReactorStatus } from '../parts.js';
import { listOf, pageOf } from './list.js';

const count = z.int().min(0);
/** A place in the log, as its followers count. */
const place = z.int();
const trouble = z.string().nullable().describe('why it does not go on');

const rebuild = answerOf<RebuildStatus>()(
  z.object({
    version: count,
    position: place,
    events: count,
    rate: z.number(),
    secondsLeft: z.number().nullable(),
    since: time,
    trouble,
  }),
);

const projection = answerOf<ProjectionStatus>()(
  z
    .object({
      name: z.string(),
      version: count.describe('of the rows that are read'),
      position: place.describe('up to which its rows are complete'),
      head: place.nullable().describe('of the newest event; null while the log cannot be asked'),
      lag: z.object({
        positions: z.number().nullable(),
        events: z.number().nullable(),
        seconds: z.number().nullable(),
      }),
      state: z.enum(['live', 'catching_up', 'building', 'standby', 'retrying', 'stopped']),
      trouble,
      rate: z.number().describe('events a second over the last ten seconds'),
      events: count,
      parked: count,
      rebuild: rebuild.nullable().describe('what is being built beside the one that is read'),
    })
    .meta({ id: 'Projection' }),
);

const reactor = answerOf<ReactorStatus>()(
  z
    .object({
      name: z.string(),
      position: place.nullable(),
      inFlight: count,
      parked: count,
      instances: count,
    })
    .meta({ id: 'Reactor' }),
);

export const projectionList = listOf(projection).extend({ reactors: z.array(reactor) });

export const rebuildAsked = z.object({ name: z.string(), state: z.literal('asked') });
export const discarded = z.object({ discarded: z.array(z.string()) });
export const retried = z.object({ retried: count });
export const skipped = z.object({ skipped: count });

export const parkedPage = pageOf(
  answerOf<ParkedRow>()(
    z
      .object({
        position: place,
        subject: z.string(),
        id,
        type: z.string(),
        stream: z.string(),
        revision: z.int(),
        error: z.string(),
        stack: z.string().nullable(),
        tries: count,
        state: z.enum(['parked', 'retry', 'skipped']),
        parkedAt: time,
      })
      .meta({ id: 'ParkedEvent' }),
  ),
);

const insight = answerOf<KeptInsight>()(
  z
    .object({
      name: z.string(),
      generation: id,
      scope: z.object({
        gameId: id.optional(),
        clientId: id.optional(),
        from: z.number().optional(),
        to: z.number().optional(),
      }),
      memoryMiB: z.number(),
      position: place,
      rows: count,
      trouble,
      keptAt: time,
      updatedAt: time,
    })
    .meta({ id: 'Insight' }),
);
const row = answerOf<Row>()(
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).readonly(),
);
export const insightList = listOf(insight);
export const insightAnswer = pageOf(row).extend({ insight });
export type InsightAnswer = z.infer<typeof insightAnswer>;
