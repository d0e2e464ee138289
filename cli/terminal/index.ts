export {
  actionLine,
  closingSummary,
  type DemoOutcome,
  eventLine,
  matchClock,
  pageWidth,
} from './demo-lines.js';
export { percentile } from './percentile.js';
export { bar, type Progress, progress } from './progress.js';
export { type Paint, painter, plain, wantsColour } from './style.js';
export { columns } from './table.js';
export { cut, harmless, padEnd, padStart, width, wrap } from './width.js';
