import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import * as t from './index.js';

const colour = t.painter(true);

describe('width', () => {
  test('Chinese and emoji take two columns, marks and colours none', () => {
    for (const [text, columns] of [
      ['abc', 3],
      ['太强了', 6],
      ['！', 2],
      ['é', 1],
      ['e\u0301', 1],
      ['🎉', 2],
      ['👨‍👩‍👧', 2],
      ['', 0],
    ] as const)
      assert.equal(t.width(text), columns, text);
    assert.equal(t.width(colour.red('太a')), 3);
  });

  test('whatever the text: cut and wrapped lines fit, wrapping loses no letter', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b ', '太', '强！', '🎉', ' ', 'longword', 'é') });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (value, columns) => {
        assert.ok(t.width(t.cut(value, columns)) <= columns);
        const lines = t.wrap(value, columns);
        for (const line of lines) assert.ok(t.width(line) <= columns, line);
        assert.equal(lines.join('').replace(/\s/g, ''), value.replace(/\s/g, ''));
      }),
    );
  });

  test('what a player wrote cannot colour the screen or break a line', () => {
    assert.equal(t.harmless('a\u001b[31mb\nc\u0007\u202ed'), 'ab c  d');
  });
});

test('tables stand in columns, also with Chinese in them; numbers to the right', () => {
  assert.deepEqual(
    t.columns(
      ['name', 'n'],
      [
        ['小晴', '5'],
        ['Robin', '12'],
      ],
    ),
    ['name    n', '─────  ──', '小晴    5', 'Robin  12'],
  );
  assert.deepEqual(t.columns(['a'], []), ['a', '─']);
});

describe('colour', () => {
  test('only on a terminal, never where NO_COLOR is set', () => {
    assert.equal(t.wantsColour({ isTTY: true }, {}), true);
    assert.equal(t.wantsColour({}, {}), false);
    assert.equal(t.wantsColour({ isTTY: true }, { NO_COLOR: '1' }), false);
    assert.equal(t.wantsColour({ isTTY: true }, { NO_COLOR: '' }), true);
    assert.equal(t.wantsColour({ isTTY: true }, { TERM: 'dumb' }), false);
  });
});

test('percentile is by nearest rank', () => {
  const values = [5, 1, 4, 2, 3];
  assert.deepEqual(
    [0, 20, 50, 99, 100].map((p) => t.percentile(values, p)),
    [1, 1, 3, 5, 5],
  );
  assert.deepEqual(values, [5, 1, 4, 2, 3]);
  assert.ok(Number.isNaN(t.percentile([], 50)));
  assert.throws(() => t.percentile(values, 101), RangeError);
});

describe('progress', () => {
  const screen = (isTTY: boolean) => {
    const written: string[] = [];
    return { isTTY, columns: 60, written, write: (text: string) => written.push(text) };
  };

  test('says nothing where no terminal is', () => {
    const quiet = screen(false);
    const progress = t.progress(10, 'import', quiet);
    progress.update(5, 'half');
    progress.stop();
    assert.deepEqual(quiet.written, []);
  });

  test('draws a bar that fits, seldom, and takes it away', () => {
    const terminal = screen(true);
    const progress = t.progress(1000, 'import', terminal);
    for (let i = 0; i <= 1000; i++) progress.update(i, `a rather long name of a match, number ${i}`);
    progress.stop();
    assert.ok(terminal.written.length < 50, `${terminal.written.length} writes`);
    const drawn = terminal.written.filter((text) => !text.startsWith('\r'));
    for (const line of drawn) assert.ok(t.width(line) < 60, line);
    assert.match(drawn.at(-1)!, /100 %/);
    assert.equal(terminal.written.at(-1), '\r\u001b[2K');
  });

  test('a bar is always as long as it should be', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 20 }), fc.integer({ min: 0, max: 10 }), (done, total) => {
        assert.equal([...t.bar(done, total, 12)].length, 12);
      }),
    );
    assert.equal(t.bar(0.5, 1, 4), '██  ');
  });
});
