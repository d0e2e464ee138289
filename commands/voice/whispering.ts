import { GrowingLine, wholeSentences } from '../../domain/voice/growing-line.js';
import { faultOf, type LineTerms } from '../../domain/voice/reply.js';
import type { LineTask } from './order.js';
import type { Whisper } from './voices.js';

/** A line is told of as it grows, a whole sentence at a time, and none that may not be said. */
export function whispering(
  { playerId, acted: { actionId, causedBy } }: LineTask,
  terms: LineTerms,
  whisper: Whisper,
) {
  const line = new GrowingLine();
  let told = '';
  let spoiled = false;
  const tell = (frame: object) => whisper(playerId, { type: 'dialogue', actionId, causedBy, ...frame });
  const takeBack = () => {
    if (told !== '') tell({ retracted: true });
  };
  return {
    onText(piece: string): void {
      line.push(piece);
      const whole = line.over ? line.text : wholeSentences(line.text);
      if (spoiled || whole.length <= told.length) return;
      spoiled = faultOf(whole.trim(), terms) !== null;
      if (spoiled) return;
      tell({ delta: whole.slice(told.length) });
      told = whole;
    },
    takeBack,
    /** What was told as it grew is how the line begins; an answer that holds two lines is told anew. */
    settle(whole: string): void {
      if (!whole.startsWith(told.trim().replace(/\s+/g, ' '))) takeBack();
    },
  };
}
