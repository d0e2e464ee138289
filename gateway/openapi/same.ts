import type { z } from 'zod';

/** A type without its brands, names and intersections: what is left of it as JSON. */
type Plain<T> = unknown extends T
  ? unknown
  : T extends string
    ? T extends { readonly __brand: string }
      ? string
      : T
    : T extends number | boolean | null | undefined
      ? T
      : T extends readonly [infer First, ...infer Rest]
        ? [Plain<First>, ...PlainAll<Rest>]
        : T extends readonly (infer Item)[]
          ? Plain<Item>[]
          : { -readonly [Key in keyof T]: Plain<T[Key]> };
type PlainAll<T extends readonly unknown[]> = T extends readonly [infer First, ...infer Rest]
  ? [Plain<First>, ...PlainAll<Rest>]
  : [];

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type Differs<Schema, T> = { 'the schema and the type differ': [Plain<Schema>, Plain<T>] };

/**
 * The schema of an answer whose type stands elsewhere. Compiles only where both say exactly the same, optional fields
 * too, so that nothing is answered that the document does not know.
 */
export const answerOf =
  <T>() =>
  <S extends z.ZodType>(
    schema: S & (Equal<Plain<z.infer<S>>, Plain<T>> extends true ? unknown : Differs<z.infer<S>, T>),
  ): S =>
    schema;
