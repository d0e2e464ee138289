import type { Columns, Projection } from './projection.js';
import type { Recorded } from './recorded.js';
import { ownerOf, startOf } from './scope.js';

export const spent = {
  lines: 'bigint',
  calls: 'bigint',
  input_tokens: 'bigint',
  cache_write_tokens: 'bigint',
  cache_read_tokens: 'bigint',
  output_tokens: 'bigint',
  // Whole billionths of a dollar: a token costs less than a millionth, and sums of fractions are not exact.
  nano_usd: 'bigint',
} as const satisfies Columns;

/**
 * What the lines cost, by the day (UTC) on which the engine wrote them: by who wrote them, for which scene, with
 * which model; and by player. Of an act that asks for a line the line is what follows it, not the act. What a
 * template costs is what was written in vain before it stood in.
 */
export const cost: Projection = {
  name: 'cost',
  version: 2,
  types: ['CompanionActed', 'LineWritten', 'LineFailed'],
  tables: {
    cost_days: {
      how: 'sum',
      /** `scene` and `model` are empty where there was none; `source` is `none` where nothing was said. */
      key: ['client_id', 'game_id', 'day', 'source', 'scene', 'model'],
      columns: {
        client_id: 'text',
        game_id: 'text',
        day: 'date',
        source: 'text',
        scene: 'text',
        model: 'text',
        ...spent,
      },
      indexes: [['day']],
    },
    cost_player_days: {
      how: 'sum',
      byMonth: true,
      /** `at` is the start of the day. */
      key: ['client_id', 'game_id', 'at', 'player_id'],
      columns: {
        client_id: 'text',
        game_id: 'text',
        at: 'timestamptz',
        player_id: 'text',
        lines: 'bigint',
        calls: 'bigint',
        nano_usd: 'bigint',
      },
    },
  },
  fold(event) {
    const owner = ownerOf(event);
    const line = owner && lineIn(event);
    if (!line) return {};
    const { client_id, game_id } = owner;
    const { source, scene, model, lines, calls, usage, nano_usd } = line;
    const day = event.recordedAt.slice(0, 10);
    return {
      cost_days: {
        client_id,
        game_id,
        day,
        source,
        scene,
        model,
        lines,
        calls,
        input_tokens: usage.input,
        cache_write_tokens: usage.cacheWrite,
        cache_read_tokens: usage.cacheRead,
        output_tokens: usage.output,
        nano_usd,
      },
      cost_player_days: {
        client_id,
        game_id,
        at: startOf(day),
        player_id: event.subject,
        lines,
        calls,
        nano_usd,
      },
    };
  },
};

const nothing = { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 };

type Line = {
  source: string;
  scene: string;
  model: string;
  lines: number;
  calls: number;
  usage: typeof nothing;
  nano_usd: number;
};

function lineIn({ type, data }: Recorded): Line | null {
  if (type === 'CompanionActed') {
    if (data.dialogue === undefined) return null;
    const { source } = data.dialogue;
    return { source, scene: '', model: '', lines: 1, calls: 0, usage: nothing, nano_usd: 0 };
  }
  if (type === 'LineWritten') {
    const { scene, model, usage, cost: nano_usd } = data;
    const { source } = data.dialogue;
    return { source, scene, model, lines: 1, calls: Number(source === 'llm'), usage, nano_usd };
  }
  if (type !== 'LineFailed') return null;
  const { scene, model, usage = nothing, cost: nano_usd, dialogue } = data;
  const source = dialogue?.source ?? 'none';
  // A model is named where one was asked.
  const calls = Number(model !== undefined);
  return { source, scene, model: model ?? '', lines: Number(dialogue !== undefined), calls, usage, nano_usd };
}
