import type { Pool } from 'pg';
import type { LogEventData } from '../domain/events/log-events.js';
import type { CastMember } from '../domain/voice/cast.js';
import { isBuiltIn, lineCountOf } from '../domain/voice/cast.js';
import type { Row, Table } from './projection.js';
import type { Recorded } from './recorded.js';

type Character = LogEventData<'CharacterWritten'>;

/** What games say of their companions, as it is now: a part of `games`. Lists do without the lines, which may be many. */
export const charactersTable: Table = {
  how: 'put',
  key: ['game_id', 'id'],
  columns: {
    game_id: 'text',
    id: 'text',
    persona: 'text',
    name: 'text?',
    voice: 'text?',
    lines: 'jsonb',
    zh_lines: 'integer',
    en_lines: 'integer',
    revision: 'bigint',
  },
};

export function characterRow({ subject, revision, data }: Recorded<'CharacterWritten'>): Row {
  const { character, like, name, voice, lines } = data;
  const { zh, en } = lineCountOf(lines);
  return {
    game_id: subject,
    id: character,
    persona: like,
    name,
    voice,
    lines,
    zh_lines: zh,
    en_lines: en,
    revision,
  };
}

/** Of a game, in the order of their names. */
export async function charactersOf(pool: Pool, gameId: string): Promise<CastMember[]> {
  const { rows } = await pool.query(
    `select id, persona, name, voice, zh_lines, en_lines from characters
      where game_id = $1 order by id collate "C"`,
    [gameId],
  );
  return rows.map(memberOf);
}

export async function characterOf(pool: Pool, gameId: string, character: string): Promise<Character | null> {
  const { rows } = await pool.query(
    'select id as character, persona as like, name, voice, lines from characters where game_id = $1 and id = $2',
    [gameId, character],
  );
  if (!rows[0]) return null;
  const { name, voice, ...said } = rows[0];
  return { ...said, ...(name !== null && { name }), ...(voice !== null && { voice }) };
}

const memberOf = ({ id, persona, name, voice, zh_lines, en_lines }: Row): CastMember => ({
  id: id as string,
  builtIn: isBuiltIn(id as string),
  like: persona as CastMember['like'],
  ...(name !== null && { name: name as string }),
  ...(voice !== null && { voice: voice as string }),
  lineCount: { zh: zh_lines as number, en: en_lines as number },
});
