/** What the local server holds: only what the adapter asks of a Qdrant, and exactly. */
export type Point = { id: string; vector: number[]; payload: Record<string, unknown> };
export type Made = { size: number; settings: Record<string, unknown>; fields: Map<string, unknown> };
type Held = Made & { points: Map<string, Point> };

/** An answer that is a refusal. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: bodies were checked against the document before they come here
type Body = any;

export class QdrantStore {
  readonly #collections = new Map<string, Held>();
  readonly #aliases = new Map<string, string>();

  create(name: string, { vectors, ...settings }: Body): boolean {
    if (this.#collections.has(name))
      throw new Refused(409, `Wrong input: Collection \`${name}\` already exists!`);
    if (this.#aliases.has(name))
      throw new Refused(409, `Wrong input: Alias with the same name already exists`);
    this.#collections.set(name, { size: vectors.size, settings, fields: new Map(), points: new Map() });
    return true;
  }

  drop(name: string): boolean {
    for (const [alias, of] of this.#aliases) if (of === name) this.#aliases.delete(alias);
    return this.#collections.delete(name);
  }

  names = (): string[] => [...this.#collections.keys()];
  aliases = (): [string, string][] => [...this.#aliases];

  /** By its name or an alias. */
  find(name: string): Held {
    const found = this.#collections.get(this.#aliases.get(name) ?? name);
    if (!found) throw new Refused(404, `Not found: Collection \`${name}\` doesn't exist!`);
    return found;
  }

  /** In order, and what was done before one fails stays done, as in Qdrant. */
  changeAliases(actions: Body[]): boolean {
    for (const { create_alias, delete_alias } of actions) {
      if (delete_alias) this.#aliases.delete(delete_alias.alias_name);
      if (!create_alias) continue;
      const { alias_name, collection_name } = create_alias;
      if (!this.#collections.has(collection_name)) this.find(`${collection_name}`);
      if (this.#collections.has(alias_name))
        throw new Refused(409, `Wrong input: Collection \`${alias_name}\` already exists!`);
      this.#aliases.set(alias_name, collection_name);
    }
    return true;
  }

  upsert(name: string, points: Point[]): void {
    const { size, points: held } = this.find(name);
    for (const { vector } of points) checkSize(size, vector);
    for (const point of points) held.set(point.id, point);
  }

  remove(name: string, filter: Body): void {
    const { points } = this.find(name);
    for (const point of [...points.values()]) if (passes(point, filter)) points.delete(point.id);
  }

  count = (name: string, { filter }: Body): number =>
    [...this.find(name).points.values()].filter((point) => passes(point, filter)).length;

  query(name: string, { query, filter, limit = 10 }: Body) {
    const { size, points, fields } = this.find(name);
    checkSize(size, query);
    for (const { key } of filter.must)
      if (key && !fields.has(key))
        throw new Refused(400, `Bad request: Index required but not found for "${key}"`);
    return [...points.values()]
      .filter((point) => passes(point, filter))
      .map(({ id, payload, vector }) => ({ id, version: 0, score: cosine(query, vector), payload }))
      .sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
      .slice(0, limit);
  }

  scroll(name: string, { offset, limit = 10, with_payload }: Body) {
    const ids = [...this.find(name).points.keys()].sort().filter((id) => offset == null || id >= offset);
    const pick = (payload: Point['payload']) =>
      Object.fromEntries((with_payload as string[]).map((field) => [field, payload[field]]));
    const points = ids.slice(0, limit).map((id) => {
      const { payload } = this.find(name).points.get(id)!;
      return { id, payload: pick(payload) };
    });
    return { points, next_page_offset: ids[limit] ?? null };
  }
}

function checkSize(size: number, vector: number[]): void {
  if (vector.length === size) return;
  throw new Refused(400, `Wrong input: Vector dimension error: expected dim: ${size}, got ${vector.length}`);
}

function passes({ id, payload }: Point, { must }: Body): boolean {
  return must.every(({ key, match, range, has_id }: Body) => {
    if (has_id) return has_id.includes(id);
    const value = payload[key];
    if (match) return match.any ? match.any.includes(value) : match.value === value;
    const number = (of: unknown) => (typeof of === 'string' ? Date.parse(of) : (of as number));
    const { gte = Number.NEGATIVE_INFINITY, lte = Number.POSITIVE_INFINITY } = range;
    return number(value) >= number(gte) && number(value) <= number(lte);
  });
}

function cosine(one: number[], other: number[]): number {
  let [product, ones, others] = [0, 0, 0];
  for (let at = 0; at < one.length; at++) {
    product += one[at]! * other[at]!;
    ones += one[at]! ** 2;
    others += other[at]! ** 2;
  }
  return product / Math.sqrt(ones * others);
}
