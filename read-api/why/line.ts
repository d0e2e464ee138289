import type { LogEventData } from '../../domain/events/log-events.js';
import { lineById } from '../../domain/voice/lines/index.js';
import type { AskedView, ByModel, LineView, TemplateView } from '../answers/why.js';
import { dialogueOf, type Opening, type StoredDialogue } from '../opening.js';
import type { LoggedEvent } from '../parts.js';
import type { FoundAct } from './found.js';

type GameHistory = () => AsyncIterable<LoggedEvent>;
type Parts = { opening: Opening; gameHistory: GameHistory };

/** What was said, and where it came from; `null`: nothing was. */
export async function lineView(
  { acted, requested, outcome }: FoundAct,
  { opening, gameHistory }: Parts,
): Promise<LineView | null> {
  const { dialogue, asks } = acted.data;
  // A look back that failed leaves the farewell.
  const spoken: StoredDialogue | undefined = outcome?.data.dialogue ?? dialogue;
  const templateId = (spoken ?? asks?.fallback)?.templateId;
  const template = templateId === undefined ? undefined : await templateView(templateId, gameHistory);
  const said = {
    ...(spoken && { dialogue: await dialogueOf(opening, spoken) }),
    ...(template && { template }),
  };
  if (!asks) return spoken ? { status: 'template', ...said } : null;
  const asked = askedOf(asks);
  if (!outcome) return { status: 'coming', ...said, asked, ...(requested && { byModel: begun(requested) }) };
  const byModel = { ...(requested && begun(requested)), ...byModelOf(outcome.data) };
  if (outcome.type === 'LineFailed')
    return { status: 'failed', ...said, reason: outcome.data.reason, asked, byModel };
  return { status: 'written', ...said, tone: outcome.data.tone, asked, byModel };
}

function askedOf({
  scene,
  persona,
  character,
  because,
}: NonNullable<LogEventData<'CompanionActed'>['asks']>): AskedView {
  return {
    scene,
    persona,
    ...(character !== undefined && { character }),
    ...(because !== undefined && { because }),
  };
}

type Outcome = LogEventData<'LineWritten'> | LogEventData<'LineFailed'>;

const byModelOf = ({ promptHash, model, usage, cost, latencyMs, batch }: Outcome): ByModel => ({
  ...(promptHash !== undefined && { promptHash }),
  ...(model !== undefined && { model }),
  ...(usage && { tokens: usage }),
  usd: cost / 1e9,
  latencyMs,
  ...(batch !== undefined && { batch }),
});

const begun = ({ data }: NonNullable<FoundAct['requested']>) => ({
  promptHash: data.promptHash,
  model: data.model,
  reservedUsd: data.reserved / 1e9,
});

async function templateView(id: string, gameHistory: GameHistory): Promise<TemplateView> {
  const own = lineById(id);
  if (own) return { id, text: own.text, on: own.on, ...(own.feels && { feels: own.feels }), of: 'library' };
  // A game's line has its id from what it says: whenever it was written, it said the same.
  for await (const { type, data } of gameHistory()) {
    if (type !== 'CharacterWritten') continue;
    const { character, lines } = data as LogEventData<'CharacterWritten'>;
    const line = lines.find((one) => one.id === id);
    if (line)
      return { id, text: line.text, on: line.on, ...(line.feels && { feels: line.feels }), of: character };
  }
  return { id };
}
