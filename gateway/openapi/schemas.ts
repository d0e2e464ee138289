import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

declare module 'zod' {
  interface GlobalMeta {
    /** What stands on the wire, where the check is of a text that is made into something else. */
    wire?: JsonSchema;
  }
}

/** Schemas as the document has them: those with an id once, under `components`. */
export class Schemas {
  readonly components: Record<string, JsonSchema> = {};
  private readonly made = {
    input: new Map<z.ZodType, JsonSchema>(),
    output: new Map<z.ZodType, JsonSchema>(),
  };

  /** `input`: as it is sent to the engine; `output`: as the engine answers, with nothing beside what is named. */
  json(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const before = this.made[io].get(schema);
    if (before) return before;
    // One that has an id itself is only referred to from within another.
    const made = z.toJSONSchema(z.object({ it: schema }), { io, override: onTheWire });
    const { properties, $defs = {} } = JSON.parse(
      JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/'),
    );
    Object.assign(this.components, $defs);
    this.made[io].set(schema, properties.it);
    return properties.it;
  }
}

function onTheWire({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: JsonSchema }): void {
  const meta = z.globalRegistry.get(zodSchema as z.ZodType);
  if (!meta?.wire) return;
  for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
  Object.assign(jsonSchema, meta.wire);
}
