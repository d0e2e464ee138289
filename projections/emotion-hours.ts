import type { Pool } from 'pg';
import type { EmotionLabel } from '../domain/emotion/emotion.js';
import { type Feels, feelings } from './felt-by.js';
import type { Projection } from './projection.js';
import { ownerOf, type Scope, within } from './scope.js';

/** How often each emotion was felt in each hour (UTC) of the game's time, and how strongly. */
export const emotionHoursBy = (feels: Feels): Projection => ({
  name: 'emotion_hours',
  version: 2,
  types: ['GameEventRecorded', 'ChatMessageReceived'],
  madeBy: feels.mark,
  prepare: feels.prepare,
  tables: {
    emotion_hours: {
      how: 'sum',
      byMonth: true,
      /** `at` is the start of the hour. */
      key: ['client_id', 'game_id', 'at', 'label'],
      columns: {
        client_id: 'text',
        game_id: 'text',
        at: 'timestamptz',
        label: 'text',
        felt: 'bigint',
        // Whole thousandths, as exact as the engine feels: a sum of fractions depends on the order of its parts.
        intensity_thousandths: 'bigint',
        valence_thousandths: 'bigint',
      },
    },
    emotion_hour_states: feelings,
  },
  state: 'emotion_hour_states',
  fold(event, state) {
    if (event.type === 'ChatMessageReceived') return { emotion_hour_states: feels.wrote(event, state) };
    const owner = ownerOf(event);
    if (event.type !== 'GameEventRecorded' || owner === null) return {};
    const { emotion, after } = feels.played(event, state);
    return {
      emotion_hours: {
        client_id: owner.client_id,
        game_id: owner.game_id,
        at: `${event.data.at.slice(0, 13)}:00:00.000Z`,
        label: emotion.label,
        felt: 1,
        intensity_thousandths: thousandths(emotion.intensity),
        valence_thousandths: thousandths(emotion.valence),
      },
      emotion_hour_states: after,
    };
  },
});

// Adding zero turns -0 into 0.
const thousandths = (value: number) => Math.round(value * 1000) + 0;

/** How many events were felt; their mean intensity (0 to 1) and mean valence (-1 to 1). */
export type FeltTally = { felt: number; intensity: number; valence: number };

const TALLY = `sum(felt) as felt, sum(intensity_thousandths) / (1000 * sum(felt)) as intensity,
  sum(valence_thousandths) / (1000 * sum(felt)) as valence`;

/** Each emotion that was felt, the one felt most often first. */
export async function emotionLabels(
  pool: Pool,
  scope: Scope,
): Promise<({ label: EmotionLabel } & FeltTally)[]> {
  const values: unknown[] = [];
  const { rows } = await pool.query(
    `select label, ${TALLY} from emotion_hours where ${within(scope, 'at', values)}
      group by label order by felt desc, label`,
    values,
  );
  return rows.map((row) => ({ label: row.label, ...tallyOf(row) }));
}

/** An hour in which something was felt, and how often each emotion was. */
export type EmotionHour = { hour: string; labels: Partial<Record<EmotionLabel, number>> } & FeltTally;

export async function hoursOfEmotion(pool: Pool, scope: Scope): Promise<EmotionHour[]> {
  const values: unknown[] = [];
  const { rows } = await pool.query(
    `select at, sum(felt) as felt, sum(intensity) / (1000 * sum(felt)) as intensity,
        sum(valence) / (1000 * sum(felt)) as valence, json_object_agg(label, felt) as labels
      from (select at, label, sum(felt) as felt, sum(intensity_thousandths) as intensity,
          sum(valence_thousandths) as valence
        from emotion_hours where ${within(scope, 'at', values)} group by at, label) as felt_as
      group by at order by at`,
    values,
  );
  return rows.map((row) => ({ hour: row.at.toISOString(), labels: row.labels, ...tallyOf(row) }));
}

const tallyOf = (row: Record<string, unknown>): FeltTally => ({
  felt: Number(row.felt),
  intensity: rounded(row.intensity),
  valence: rounded(row.valence),
});

const rounded = (value: unknown) => Math.round(Number(value) * 1000) / 1000 + 0;
