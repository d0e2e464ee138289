import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { anniversariesAt, livedOn } from './anniversary.js';
import { DAY_MS } from './strength.js';

const anniversaryOf = (lived: number, at: number) => anniversariesAt(at)(livedOn(lived));
const between = (lived: string, at: string) => anniversaryOf(Date.parse(lived), Date.parse(at));

it('is a year or months later by the calendar, give or take a day, or a week to the day', () => {
  assert.equal(between('2025-03-01T20:00Z', '2026-03-01T08:00Z'), 'year');
  assert.equal(between('2025-03-01', '2026-02-28'), 'year');
  assert.equal(between('2025-03-01', '2026-03-02'), 'year');
  assert.equal(between('2025-03-01', '2026-03-03'), null);
  assert.equal(between('2020-03-01', '2026-03-01'), 'year');
  assert.equal(between('2026-01-31', '2026-02-28'), 'month', 'of a shorter month its last day');
  assert.equal(between('2024-02-29', '2025-02-28'), 'year');
  assert.equal(between('2026-01-15', '2026-07-16'), 'month');
  assert.equal(between('2026-01-15', '2026-07-18'), null);
  assert.equal(between('2025-01-15', '2026-04-15'), null, 'fifteen months are no round time');
  assert.equal(between('2026-01-01', '2026-01-08'), 'week');
  assert.equal(between('2026-01-01', '2026-01-09'), null);
  assert.equal(between('2026-01-01', '2026-03-05'), null, 'nine weeks are no round time');
});

it('is none within the first week, nor before', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), fc.integer({ min: -900, max: 6 }), (lived, days) => {
      assert.equal(anniversaryOf(lived.getTime(), lived.getTime() + days * DAY_MS), null);
    }),
  );
});

it('comes back every year', () => {
  const day = fc.date({ min: new Date('1971-01-02'), max: new Date('2200-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 80 }), (lived, years) => {
      const later = new Date(lived);
      later.setUTCFullYear(lived.getUTCFullYear() + years);
      assert.equal(anniversaryOf(lived.getTime(), later.getTime()), 'year');
    }),
  );
});

it('is the same however it is reckoned: every day of four years', () => {
  const lived = Date.parse('2024-01-31T12:00:00Z');
  const years: string[] = [];
  for (let days = 0; days < 4 * 366; days++) {
    const at = lived + days * DAY_MS;
    if (anniversaryOf(lived, at) === 'year') years.push(new Date(at).toISOString().slice(0, 10));
  }
  const around = [2025, 2026, 2027].flatMap((year) => [`${year}-01-30`, `${year}-01-31`, `${year}-02-01`]);
  assert.deepEqual(years, [...around, '2028-01-30', '2028-01-31', '2028-02-01'].slice(0, years.length));
  assert.ok(years.length >= 9);
});
