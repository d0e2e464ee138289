import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lolSample } from '../../imports/test-lol.js';

/** The folder of a small match that the project writes itself: of November 2019. */
export function matchFolder(folder: string, number = 2): string {
  const { replay, meta } = lolSample();
  mkdirSync(folder);
  writeFileSync(join(folder, 'replay.json'), JSON.stringify(replay));
  writeFileSync(join(folder, 'meta_info.json'), JSON.stringify({ ...meta, day_match_num: number }));
  return folder;
}
