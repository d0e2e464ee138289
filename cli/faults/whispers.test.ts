import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type MessagesApi, startMessagesApi } from '../../commands/voice/testing/messages-api.js';
import { type Companion, type CompanionAction, connect, type LinePiece } from '../../sdk/index.js';
import { openShared, type Shared } from './testing/instances.js';
import { until } from './testing/processes.js';
import { slow } from './testing/slow.js';
import { openStudio, seat, webSocketOf } from './testing/studio.js';

const LINE = 'Breathe out slowly. Then look where they were last.';

describe('a line that one instance writes and whose player is at another', { skip: slow }, () => {
  let shared: Shared | null = null;
  let api: MessagesApi;
  let companion: Companion | undefined;
  const actions: CompanionAction[] = [];
  const pieces: LinePiece[] = [];

  before(async () => {
    api = await startMessagesApi();
    api.reply = { line: LINE, gesture: 'nod', tone: 'calm' };
    shared = await openShared();
    if (!shared) return;
    const gateway = await shared.start('gateway', { env: { AGL_ROLES: 'gateway' } });
    const model = { ANTHROPIC_API_KEY: 'a-key', ANTHROPIC_BASE_URL: api.url };
    await shared.start('reactor', { env: { AGL_ROLES: 'reactor', ...model } });
    const studio = await openStudio(gateway.url);
    const { token } = await seat(studio, 'ann');
    companion = connect({ url: webSocketOf(studio), token, onAction: (action) => void actions.push(action) });
    companion.onLine((piece) => void pieces.push(piece));
  });
  after(async () => {
    await companion?.close();
    await api.close();
    await shared?.stop();
  });

  /** The whole line, and what was heard of it while it grew. */
  async function answer(text: string): Promise<{ whole: string; heard: string }> {
    const { id } = await companion!.chat(text, { lang: 'en', stream: true });
    const spoken = () => actions.find(({ causedBy, dialogue }) => causedBy === id && dialogue);
    await until(() => spoken() !== undefined, 'the line is there');
    const heard = pieces.filter(({ causedBy, retracted }) => causedBy === id && !retracted);
    return { whole: spoken()!.dialogue!.text, heard: heard.map(({ delta }) => delta).join('') };
  }
  const heardGrowing = (text: string) =>
    until(async () => (await answer(text)).heard === LINE, 'a line is heard while it grows');

  it('is heard while it grows', async (t) => {
    if (!shared) return t.skip('no redis-server on this machine');
    await heardGrowing('How should I play this?');
  });

  it('comes whole while Redis is away, and is heard growing again when it is back', async (t) => {
    if (!shared) return t.skip('no redis-server on this machine');
    await shared.killRedis();
    const { whole, heard } = await answer('And now, without it?');
    assert.ok(whole.length > 0);
    assert.equal(heard, '');
    await shared.startRedis();
    await heardGrowing('And with it again?');
  });
});
