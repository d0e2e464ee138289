import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './settings.js';

/** The engine on a data folder, and where its log and database are. */
export type Running = { pid: number; url: string; eventstore: string; database: string };

/** What `engine.json` tells, when the engine that wrote it still answers. */
export function runningEngine({ AGL_DATA_DIR }: Settings): Running | null {
  try {
    const about = JSON.parse(readFileSync(join(AGL_DATA_DIR, 'engine.json'), 'utf8')) as Running;
    process.kill(about.pid, 0);
    return about;
  } catch {
    return null;
  }
}
