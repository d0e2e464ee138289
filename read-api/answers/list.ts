import { z } from 'zod';

const next = z.string().optional().describe('`?from=` it reads on; absent: that was all');

export const listOf = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item) });
export const pageOf = <S extends z.ZodType>(item: S) => listOf(item).extend({ next });

/** 0 to 1. */
export const share = z.number().min(0).max(1);
export const day = z.string().meta({ wire: { type: 'string', format: 'date' } });
