import { z } from 'zod';

/** A shape as JSON Schema, always written the same way: keys and lists sorted. */
export type ShapeDescription = { [key: string]: unknown };

/** @throws where a shape says what a description cannot hold: such a rule could change unnoticed. */
export function describeShape(shape: z.ZodType): ShapeDescription {
  const { $schema: _, ...described } = z.toJSONSchema(shape, {
    io: 'input',
    override: ({ zodSchema }) => {
      const { type, checks = [] } = zodSchema._zod.def;
      const rules = checks.map((check) => check._zod.def.check);
      const hidden = ['pipe', 'transform', 'default', 'custom'].find(
        (what) => what === type || rules.includes(what),
      );
      if (hidden) throw new Error(`a stored shape cannot be locked with a ${hidden} in it`);
    },
  });
  return sorted(described) as ShapeDescription;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((one) => sorted(one)).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, sorted(part)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export type Differences = {
  /** What is stored already fits as before: new optional fields, new choices. */
  grown: string[];
  /** What is stored already, or who reads it, would not fit any more. */
  broken: string[];
};

/** What has become of a shape, field by field. */
export function differences(before: ShapeDescription, now: ShapeDescription, path = 'data'): Differences {
  const found: Differences = { grown: [], broken: [] };
  compareChoices(found, [before, now], path);
  compareFields(found, [before, now], path);
  const [left, right] = [rest(before), rest(now)];
  if (left !== right) found.broken.push(`${path} was ${left} and is ${right}`);
  return found;
}

type Both = [before: ShapeDescription, now: ShapeDescription];

function compareChoices({ grown, broken }: Differences, [before, now]: Both, path: string): void {
  if (!before.enum && !now.enum) return;
  if (!before.enum || !now.enum) {
    broken.push(`${path} ${now.enum ? 'is' : 'was'} one of a list`);
    return;
  }
  const [old, choices] = [listOf(before.enum), listOf(now.enum)];
  for (const one of old) if (!choices.includes(one)) broken.push(`${path} may no longer be ${one}`);
  for (const one of choices) if (!old.includes(one)) grown.push(`${path} may be ${one}`);
}

function compareFields(found: Differences, [before, now]: Both, path: string): void {
  const [old, fields] = [fieldsOf(before), fieldsOf(now)];
  const [needed, needs] = [listOf(before.required), listOf(now.required)];
  for (const [name, field] of Object.entries(old)) {
    const here = `${path}.${name}`;
    if (!fields[name]) {
      found.broken.push(`${here} is gone`);
      continue;
    }
    if (needed.includes(name) !== needs.includes(name))
      found.broken.push(`${here} ${needs.includes(name) ? 'has become required' : 'is no longer required'}`);
    const inside = differences(field, fields[name], here);
    found.grown.push(...inside.grown);
    found.broken.push(...inside.broken);
  }
  for (const name of Object.keys(fields)) {
    if (old[name]) continue;
    if (needs.includes(name)) found.broken.push(`${path}.${name} is new and required`);
    else found.grown.push(`${path}.${name} is new and optional`);
  }
}

const listOf = (value: unknown) => (value ?? []) as string[];
const fieldsOf = (shape: ShapeDescription) => (shape.properties ?? {}) as Record<string, ShapeDescription>;

/** All else that a shape says must stay as it is. */
function rest({ enum: _e, properties: _p, required: _r, ...others }: ShapeDescription): string {
  return JSON.stringify(others);
}

/** The paths of all fields of a shape. */
export function fieldPaths(shape: ShapeDescription, path = ''): string[] {
  return Object.entries(fieldsOf(shape)).flatMap(([name, field]) => [
    `${path}${name}`,
    ...fieldPaths(field, `${path}${name}.`),
  ]);
}
