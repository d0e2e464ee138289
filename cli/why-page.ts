import type { Opened } from '../read-api/answers/players.js';
import type { FeltView, LineView, TemplateView, Why } from '../read-api/answers/why.js';
import { harmless, padEnd } from './terminal/index.js';

const MARGIN = 10;

/** The whole chain for people, from what was said down to what was received. */
export function whyPage(why: Why): string {
  const { action, occasion, position, recordedAt, playerId, gameId } = why;
  return [
    ...part('action', [
      `${action}, on ${occasion}`,
      `${why.actionId} of ${recordedAt}, position ${position}`,
      `player ${playerId} of game ${gameId}`,
    ]),
    ...part('line', lineLines(why.line)),
    ...part('memories', memoryLines(why.memories)),
    ...part('emotion', emotionLines(why.emotion)),
    ...part(
      'answers',
      why.answers.map(({ id, type, position: at }) => `${type} ${id}, position ${at}`),
    ),
    ...part('frame', why.frame ? safeJson(why.frame).split('\n') : ['the log does not have it any more']),
    '',
  ].join('\n');
}

const part = (name: string, lines: string[]): string[] =>
  (lines.length > 0 ? lines : ['none']).map(
    (line, at) => `${padEnd(at === 0 ? name : '', MARGIN)}${harmless(line)}`,
  );

/** What would move the cursor is written as JSON may write any sign, so that it is still the same JSON. */
const safeJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function textOf(opened: Opened): string {
  if ('text' in opened) return JSON.stringify(opened.text);
  return 'sealed' in opened ? '(sealed)' : '(erased: the key that opened it is gone)';
}

function lineLines(line: LineView | null): string[] {
  if (!line) return ['none: a gesture alone'];
  const { status, dialogue, template, asked, byModel, reason, tone } = line;
  return [
    dialogue ? `${textOf(dialogue)} (${dialogue.lang}, ${dialogue.source})` : said[status],
    ...(reason === undefined ? [] : [`no line was written: ${reason}; the template stood in`]),
    ...(template ? [templateLine(template)] : []),
    ...(asked ? [askedLine(asked)] : []),
    ...(byModel ? modelLines(byModel) : []),
    ...(tone === undefined ? [] : [`tone ${tone}`]),
  ];
}

const said: Record<LineView['status'], string> = {
  template: 'none',
  written: 'none',
  failed: 'none',
  coming: 'still being written',
};

const templateLine = ({ id, text, on, feels, of }: TemplateView): string =>
  text === undefined
    ? `template ${id}, which is nowhere any more`
    : `template ${id} of ${of}, for ${on}${feels ? ` when ${feels.join(' or ')}` : ''}: ${JSON.stringify(text)}`;

const askedLine = ({ scene, persona, character, because }: NonNullable<LineView['asked']>): string =>
  `asked for as ${scene}${because === undefined ? '' : ` (${because})`}, of ${character ?? persona}`;

function modelLines(by: NonNullable<LineView['byModel']>): string[] {
  const { model, promptHash, tokens, usd, reservedUsd, latencyMs, batch } = by;
  const spent = [
    ...(tokens ? [`tokens in ${inAll(tokens)}, out ${tokens.output}`] : []),
    ...(usd === undefined ? [] : [`${dollars(usd)}`]),
    ...(reservedUsd === undefined ? [] : [`${dollars(reservedUsd)} put aside`]),
    ...(latencyMs === undefined ? [] : [`${latencyMs} ms`]),
    ...(batch ? ['in a batch'] : []),
  ];
  return [
    model === undefined ? 'no model was asked' : `model ${model}, prompt ${promptHash}`,
    ...(spent.length > 0 ? [spent.join(', ')] : []),
  ];
}

const inAll = ({ input, cacheWrite, cacheRead }: { input: number; cacheWrite: number; cacheRead: number }) =>
  input + cacheWrite + cacheRead;
const dollars = (usd: number): string => `$${usd.toFixed(9).replace(/0+$/, '').replace(/\.$/, '')}`;

const memoryLines = (memories: Why['memories']): string[] =>
  memories.map(({ memoryId, score, sentence }) =>
    [score.toFixed(2), memoryId, ...(sentence === undefined ? [] : [JSON.stringify(sentence)])].join(' '),
  );

function emotionLines({ rule, ruleId, model, features, ...felt }: FeltView): string[] {
  const { label, intensity, valence, arousal, dominance, confidence, source } = felt;
  const parts = `valence ${valence}, arousal ${arousal}, dominance ${dominance}, confidence ${confidence}`;
  const carried = 'no rule and no model spoke: the mood of the last minutes goes on';
  return [
    `${label} ${intensity}, by ${source} (${parts})`,
    ...(source === 'carried' ? [carried] : []),
    ...(model === undefined ? [] : [`model ${model}, shown features ${features}`]),
    ...(ruleId === undefined ? [] : [ruleLine(ruleId, rule)]),
  ];
}

function ruleLine(id: string, rule: FeltView['rule']): string {
  if (!rule) return `rule ${id}, which is nowhere any more`;
  const { on, when, because, settings } = rule;
  const terms = when?.map((condition) => condition.join(' ')).join(', ');
  const whose = settings === undefined ? '' : `, of the game's settings ${settings}`;
  return `rule ${id} (${on}${terms ? `: ${terms}` : ''}${whose}): ${because}`;
}
