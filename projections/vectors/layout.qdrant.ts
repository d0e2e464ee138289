import type { Schemas } from '@qdrant/js-client-rest';

/**
 * How a collection is laid out for very many players with few points each. Sources: [1] "Configure Multitenancy",
 * qdrant.tech/documentation/manage-data/multitenancy, [2] "Optimizing Qdrant Performance", …/guides/optimize, [3]
 * "Quantization", …/guides/quantization, [4] "Indexing", …/concepts/indexing, [5] `HnswConfig` in the OpenAPI document.
 */
export const layoutOf = (of: { dimension: number; model: string }): Schemas['CreateCollection'] => ({
  vectors: {
    size: of.dimension,
    // Qdrant makes them of unit length then; they are already.
    distance: 'Cosine',
    // The originals stay on disk and only the few that are rescored are read: little memory, still precise [2].
    on_disk: true,
  },
  hnsw_config: {
    // No graph over everybody: no question is about everybody, and building it is what slows writing down [1].
    m: 0,
    // A graph for each player instead [1]; and only where a player has so much (`full_scan_threshold`, 10,000 KB)
    // that searching all of it would take longer: below that the answer is exact [5].
    payload_m: 16,
  },
  // A quarter of the memory, kept there; what it loses is made good by rescoring (`searchParams`) [2] [3].
  quantization_config: { scalar: { type: 'int8', always_ram: true } },
  // Found by the index on the player and read for the hits alone.
  on_disk_payload: true,
  // Kept since Qdrant 1.16.
  metadata: { model: of.model },
});

/**
 * Made before the first point, as a graph of a player is only built where the field has its index by then [4]. What is
 * filtered without an index is refused in strict mode.
 */
export const indexes: Record<string, Schemas['PayloadFieldSchema']> = {
  // A tenant: what belongs to one player is stored side by side and read in one go [1].
  playerId: { type: 'keyword', is_tenant: true },
  at: { type: 'datetime' },
  importance: { type: 'float' },
  kind: { type: 'keyword' },
};

/** Twice as many candidates as are wanted, ordered anew by the original vectors: the near misses of int8 are in [3]. */
export const searchParams: Schemas['SearchParams'] = {
  quantization: { rescore: true, oversampling: 2 },
};
