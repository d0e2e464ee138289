import assert from 'node:assert/strict';
import { it } from 'node:test';
import { convertToCommandError } from '@eventstore/db-client/dist/utils/CommandError.js';
import { unavailable } from './errors.eventstore.js';
import { LogUnavailable } from './log.js';

/** An error of the transport, as the client hands it on. */
const handedOn = (code: number, details: string) =>
  convertToCommandError(Object.assign(new Error(`${code}: ${details}`), { code, details }) as never);

it('what has to do with the log being away is told as that, and what was asked wrongly is not', () => {
  const away: [number, string][] = [
    [1, 'Cancelled on client'],
    [1, 'Call cancelled'],
    [4, 'Deadline exceeded'],
    [10, 'aborted'],
    [14, 'No connection established'],
    [13, 'write after end'],
  ];
  for (const [code, details] of away)
    assert.ok(unavailable(handedOn(code, details)) instanceof LogUnavailable, `${code} ${details}`);
  for (const [code, details] of [
    [3, 'the name is empty'],
    [2, 'Exception was thrown by handler.'],
    [5, 'not found'],
  ] as const)
    assert.ok(!(unavailable(handedOn(code, details)) instanceof LogUnavailable), `${code} ${details}`);
});
