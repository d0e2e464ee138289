import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { partNames, readArguments } from './arguments.js';
import { parts } from './parts.js';

describe('the arguments of the bench', () => {
  it('run everything when nothing is named', () => {
    assert.deepEqual(readArguments([]), {
      parts: [...partNames],
      seconds: 3,
      rounds: 5,
      events: null,
      dimension: 384,
    });
  });

  it('run what is named, in the order of the bench', () => {
    const wanted = readArguments([
      'ready',
      'ingest',
      '--seconds',
      '0.5',
      '--rounds',
      '2',
      '--events',
      '20000',
    ]);
    assert.deepEqual(wanted, {
      parts: ['ingest', 'ready'],
      seconds: 0.5,
      rounds: 2,
      events: 20_000,
      dimension: 384,
    });
  });

  it('ask for help', () => assert.equal(readArguments(['--help']), 'help'));

  for (const [args, says] of [
    [['speed'], /no part speed: ingest, latency, ready, log, projections, emotion/],
    [['--seconds', 'long'], /--seconds long is not a number from 0.2 to 60/],
    [['--seconds', '0'], /--seconds 0 is not/],
    [['--seconds', '61'], /--seconds 61 is not/],
    [['--seconds', ''], /--seconds {2}is not/],
    [['--rounds', '1.5'], /--rounds 1.5 is not a whole number/],
    [['--rounds', '0'], /--rounds 0 is not/],
    [['--events', '9999'], /--events 9999 is not a number from 10000 to 10000000/],
    [['--events', '10000.5'], /--events 10000.5 is not a whole number/],
    [['--dimension', '0'], /--dimension 0 is not a number from 1 to 4096/],
    [['--faster'], /--faster/],
  ] as const) {
    it(`say what is wrong with ${args.join(' ')}`, () => {
      assert.throws(() => readArguments([...args]), says);
    });
  }

  it('name every part there is', () => assert.deepEqual(Object.keys(parts), [...partNames]));
});
