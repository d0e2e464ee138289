import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { GrowingLine, wholeSentences } from './growing-line.js';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('"', '\\', '\n', '"line":"', '{', '}', 'u0041', '😀', '稳', ' '), {
      maxLength: 12,
    })
    .map((signs) => signs.join('')),
);
const fields = fc.dictionary(
  fc
    .oneof(fc.constantFrom('gesture', 'tone', 'Line', '"line"', 'li\\ne'), fc.string())
    .filter((k) => k !== 'line'),
  fc.oneof(text, fc.jsonValue(), fc.record({ line: text }), fc.constantFrom(['line', 'line'], 'line')),
  { maxKeys: 3, noNullPrototype: true },
);
const answer = fc
  .record({ before: fields, line: text, after: fields, indent: fc.constantFrom(0, 2), ascii: fc.boolean() })
  .map(({ before, line, after, indent, ascii }) => {
    const json = JSON.stringify({ ...before, line, ...after }, null, indent);
    // Some write all that is not ASCII as escapes.
    const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return ascii ? json.replace(/[^\x20-\x7e\n]/g, escaped) : json;
  });

/** By the units of UTF-16: the worst that a split can be. */
function split(json: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (json.length + 1)))].sort((a, b) => a - b);
  return [...places, json.length].map((place, at) => json.slice(places[at - 1] ?? 0, place));
}

describe('a line that grows', () => {
  it('is what JSON says it is, however the answer is cut, and only ever grows', () => {
    fc.assert(
      fc.property(answer, fc.array(fc.nat(), { maxLength: 40 }), (json, cuts) => {
        const { line } = JSON.parse(json) as { line: string };
        const growing = new GrowingLine();
        let told = '';
        for (const piece of split(json, cuts)) {
          told += growing.push(piece);
          assert.equal(told, growing.text);
          assert.ok(line.startsWith(told));
          assert.doesNotMatch(told, /[\ud800-\udbff]$/, 'never half a sign');
        }
        assert.equal(told, line);
        assert.ok(growing.over);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same sign by sign', () => {
    fc.assert(
      fc.property(answer, (json) => {
        const growing = new GrowingLine();
        for (let at = 0; at < json.length; at++) growing.push(json[at]!);
        assert.equal(growing.text, (JSON.parse(json) as { line: string }).line);
      }),
    );
  });

  it('takes whatever comes: what is no JSON breaks nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(text, fc.constant('{"line":"')), { maxLength: 8 }), (pieces) => {
        const growing = new GrowingLine();
        let told = '';
        for (const piece of pieces) told += growing.push(piece);
        assert.equal(told, growing.text);
      }),
    );
  });

  it('ends where the string is broken, and says nothing of a line that is no string', () => {
    const said = (json: string) => {
      const growing = new GrowingLine();
      growing.push(json);
      return growing.text;
    };
    assert.equal(said('{"line":"One.\nTwo."}'), 'One.');
    assert.equal(said('{"line":"One.\\xTwo."}'), 'One.');
    assert.equal(said('{"line":null,"tone":"warm"}'), '');
    assert.equal(said('{"line":{"line":"deep"}}'), '');
    assert.equal(said('{"tone":{"line":"deep"},"line":"mine"}'), 'mine');
    assert.equal(said('"line":"nowhere"'), '');
  });
});

describe('whole sentences', () => {
  const cases: [string, string][] = [
    ['', ''],
    ['No end', ''],
    ['One. Tw', 'One.'],
    ['One. Two!', 'One.'],
    ['One. Two! ', 'One. Two!'],
    ['Write to annika.', ''],
    ['Write to annika.berg@example.com now', ''],
    ['Go!稳住', 'Go!'],
    ['“稳住。”再来', '“稳住。”'],
    ['走！快走', '走！'],
    ['Up 3.5 points', ''],
    ['Wait... what', 'Wait...'],
    ['She said "go." And', 'She said "go."'],
  ];
  for (const [growing, whole] of cases)
    it(`of ${JSON.stringify(growing)}`, () => assert.equal(wholeSentences(growing), whole));

  it('are how the text begins, and end with the end of a sentence', () => {
    const signs = fc.array(fc.constantFrom('a', ' ', '.', '!', '。', '"', '1', '稳', '…'), { maxLength: 30 });
    fc.assert(
      fc.property(signs, (drawn) => {
        const whole = wholeSentences(drawn.join(''));
        assert.ok(drawn.join('').startsWith(whole));
        assert.match(whole, /^$|[.!?…。！？～]["'”’]*$/);
      }),
    );
  });
});
