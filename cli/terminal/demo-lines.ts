import type { EmotionLabel } from '../../domain/emotion/emotion.js';
import type { CompanionAction } from '../../sdk/protocol.js';
import type { ImportedEvent } from '../imports/match.js';
import { icons, sentences } from './event-words.js';
import { bar } from './progress.js';
import { type Colour, type Paint, plain } from './style.js';
import { cut, harmless, padEnd, padStart, width, wrap } from './width.js';

/** The demo is laid out for this many columns. */
export const pageWidth = 100;
/** Where the text after the clock, and what a companion says, begins. */
const indent = 8;

/** Time of a match as `mm:ss`, `h:mm:ss` from an hour on; before its start with a minus. */
export function matchClock(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
  return ms <= -1000 ? `-${text}` : text;
}

/** One line for one thing that happened: `  12:07  ⚔  kill · Lux with …`. `clock` is the time as it is to be shown. */
export function eventLine(event: ImportedEvent, clock: string, paint: Paint = plain): string {
  const time = paint.grey(padStart(clock, indent - 2));
  const chat = event.kind === 'chat';
  const icon = chat ? '»' : (icons[event.type] ?? '·');
  const text = harmless(chat ? `“${event.text}”` : sentenceOf(event));
  const shown = cut(text, pageWidth - indent - 3);
  return `${time}  ${padEnd(icon, 2)} ${chat ? paint.cyan(shown) : shown}`;
}

function sentenceOf(event: Exclude<ImportedEvent, { kind: 'chat' }>): string {
  const say = sentences[event.type];
  if (say) return say(event.data);
  return event.type.replace(/^custom\./, '').replaceAll('_', ' ');
}

const faces: Record<EmotionLabel, Colour> = {
  ecstatic: 'magenta',
  excited: 'magenta',
  happy: 'green',
  proud: 'green',
  relieved: 'green',
  hopeful: 'cyan',
  determined: 'cyan',
  surprised: 'yellow',
  calm: 'blue',
  bored: 'grey',
  tense: 'yellow',
  disappointed: 'yellow',
  sad: 'blue',
  frustrated: 'red',
  angry: 'red',
};

/**
 * The companion's answer: a line with what it feels and does, under it what it says.
 * `        ♥ excited      ██████████▎   0.86  sure 0.95 · rule multi-kill  *cheer*`
 */
export function actionLine(action: CompanionAction, paint: Paint = plain): string {
  const { emotion, dialogue } = action;
  const colour = paint[Object.hasOwn(faces, emotion.label) ? faces[emotion.label as EmotionLabel] : 'cyan'];
  const source = emotion.ruleId ? `${emotion.source} ${emotion.ruleId}` : emotion.source;
  const feeling = [
    ' '.repeat(indent),
    colour(`♥ ${padEnd(harmless(emotion.label), 12)} ${bar(emotion.intensity, 1, 12)}`),
    emotion.intensity.toFixed(2),
    paint.grey(` sure ${emotion.confidence.toFixed(2)} · ${padEnd(cut(harmless(source), 32), 32)}`),
    paint.italic(`*${harmless(action.action)}*`),
  ].join(' ');
  if (!dialogue) return feeling.trimEnd();
  const origin = dialogue.source === 'template' ? '' : ` (${dialogue.source})`;
  const recalls = action.recalled?.length ? ' · recalls' : '';
  const lines = wrap(`“${harmless(dialogue.text)}”${origin}${recalls}`, pageWidth - indent - 3);
  return [feeling, ...lines.map((line) => `${' '.repeat(indent + 3)}${paint.bold(colour(line))}`)].join('\n');
}

/** What a demo or a replayed match came to. Latencies in milliseconds from sending an event to its action. */
export type DemoOutcome = {
  title: string;
  events: number;
  actions: number;
  spoken: number;
  /** Of the spoken lines, those that came from a template; 0 to 1. */
  templateShare: number;
  latency: { p50: number; p99: number };
  /** How often each emotion was felt. */
  emotions?: Record<string, number>;
  result?: string;
};

/** The closing lines of the demo. */
export function closingSummary(outcome: DemoOutcome, paint: Paint = plain): string {
  const { events, actions, spoken, latency } = outcome;
  const rows: [string, string][] = [
    ['events', `${events} sent and acknowledged`],
    ['actions', `${actions} of the companion, ${spoken} of them spoken`],
    [
      'template share',
      spoken === 0 ? 'nothing was said' : `${(outcome.templateShare * 100).toFixed(0)} % of the spoken lines`,
    ],
    [
      'latency',
      actions === 0
        ? 'no action came'
        : `p50 ${inMs(latency.p50)} · p99 ${inMs(latency.p99)} from event to action`,
    ],
  ];
  if (outcome.result) rows.unshift(['result', outcome.result]);
  const title = ` ${cut(harmless(outcome.title), pageWidth - 10)} `;
  return [
    '',
    paint.bold(`───${title}${'─'.repeat(Math.max(0, pageWidth - 3 - width(title)))}`),
    ...rows.map(([name, text]) => `  ${paint.grey(padEnd(name, 15))} ${text}`),
    ...felt(outcome.emotions ?? {}, paint),
    paint.bold('─'.repeat(pageWidth)),
  ].join('\n');
}

const inMs = (ms: number) => (Number.isFinite(ms) ? `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms` : '–');

function felt(emotions: Record<string, number>, paint: Paint): string[] {
  const sorted = Object.entries(emotions).sort((a, b) => b[1] - a[1]);
  const most = sorted[0]?.[1] ?? 0;
  return sorted.map(([label, count], i) => {
    const name = i === 0 ? 'felt' : '';
    return `  ${paint.grey(padEnd(name, 15))} ${padEnd(harmless(label), 12)} ${bar(count, most, 24)} ${count}`;
  });
}
