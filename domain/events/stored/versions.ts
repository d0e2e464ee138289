import type { z } from 'zod';

/** A shape in which events of a type were stored once, and the step from it to the next one. Pure. */
export type OlderVersion = { shape: z.ZodType; upcast: (data: never) => unknown };

/** A type of stored events: the shape of its data today, and every shape it was stored in before. */
export type StoredType<Shape extends z.ZodObject = z.ZodObject> = {
  /** What is written into the metadata as `schemaVersion`. */
  version: number;
  shape: Shape;
  /** Version 1 first. */
  older: readonly OlderVersion[];
};

export const older = <Shape extends z.ZodType>(
  shape: Shape,
  upcast: (data: z.infer<Shape>) => unknown,
): OlderVersion => ({ shape, upcast });

/** Versions count themselves: each older shape is one, and the current one comes after them. */
export const storedAs = <Shape extends z.ZodObject>(
  shape: Shape,
  ...before: OlderVersion[]
): StoredType<Shape> => ({ version: before.length + 1, shape, older: before });
