import { errorCodes, type ServerFrame, serverFrame } from './protocol.js';

const known = new Set<unknown>(serverFrame.options.map((option) => option.shape.type.value));
const codes = new Set<unknown>(errorCodes);

/** `frame`: to be acted on. `ignored`: of a kind a newer engine may send. `problem`: what is wrong with it. */
export type Parsed = { frame: ServerFrame } | { ignored: string } | { problem: string };

export function parseServerFrame(data: unknown): Parsed {
  if (typeof data !== 'string') return { problem: 'the engine sent a binary frame' };
  let raw: unknown;
  try {
    raw = JSON.parse(data);
  } catch {
    return { problem: `the engine sent what is not JSON: ${data.slice(0, 80)}` };
  }
  if (typeof raw !== 'object' || raw === null || typeof (raw as { type?: unknown }).type !== 'string')
    return { problem: `the engine sent a frame without a type: ${data.slice(0, 80)}` };
  const { type, code } = raw as { type: string; code?: unknown };
  if (!known.has(type)) return { ignored: type };
  // A code added later still answers its frame; otherwise that frame would wait for ever.
  const settled = type === 'error' && !codes.has(code) ? { ...raw, code: 'internal' } : raw;
  const result = serverFrame.safeParse(settled);
  if (result.success) return { frame: result.data };
  const issue = result.error.issues[0]!;
  return { problem: `the engine sent a malformed ${type}: ${issue.path.join('.')}: ${issue.message}` };
}
