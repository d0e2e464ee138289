import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewEvent } from '../eventstore/log.js';
import { asked, lineRequested, lineWritten } from '../projections/testing/spoken.js';
import { acted, registered } from '../projections/testing/stories.js';
import { type Body, served } from './testing/served.js';

const { log, get } = served();

const AT = '2026-11-20T12:00:00Z';
const recalled = [{ memoryId: 'm1', score: 0.4 }];
const remembering = (event: NewEvent): NewEvent => ({
  ...event,
  data: { ...(event.data as Body), recalled },
});

test('what was recalled is told with the act, or with the line that followed, in the list and in why', async () => {
  const spoken = remembering(acted('spoken of', AT));
  const coming = asked('written with it', AT);
  const line = remembering(lineWritten(coming));
  log.tell('player-p', registered(), spoken, coming, lineRequested(coming, recalled), line);
  const { items } = (await get('/players/p/actions')).body;
  assert.deepEqual(
    items.map((item: Body) => item.recalled),
    [recalled, recalled],
  );
  for (const { actionId } of items) {
    const { body } = await get(`/players/p/actions/${actionId}/why`);
    assert.deepEqual(body.memories, recalled);
  }
});
