import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dataAbsent, sharedData } from '../../cli/imports/test-data.js';
import { eventsOf, livesOf } from '../../cli/lines/lived.js';
import { languages } from '../../domain/kernel/language.js';
import { hashedGrams } from '../../projections/embedding/built-in/grams.js';
import type { Embedder } from '../../projections/embedding/embedder.js';
import { recordedIn } from '../recorded.js';
import { type Answered, askLong, askRecorded, keepsStatements, playedBy } from './asking.js';
import { askedKinds, longHistory } from './long-history.js';
import { meaningOf, type Person, personOf, recallOf } from './person.js';
import { questions } from './questions.js';
import { rankings } from './rankings.js';

/** What the report does is tested here, not how well the shipped embedder finds: so by spelling, which is quick. */
const bySpelling: Embedder = {
  model: 'spelling',
  dimension: async () => 512,
  embed: async (texts) => texts.map((text) => hashedGrams(text)),
  close: async () => {},
};

for (const lang of languages)
  describe(`the long history, ${lang}`, () => {
    const { told, matches, events, asked } = longHistory(lang);
    let person: Person;
    before(() => {
      person = personOf(events, lang, keepsStatements);
    });

    it('is the same every time, in the order of time, each thing once', () => {
      assert.deepEqual(longHistory(lang), longHistory(lang));
      assert.deepEqual(
        events,
        events.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)),
      );
      assert.equal(new Set(events.map(({ id }) => id)).size, events.length);
    });

    it('is asked for by at least 60 questions of every kind, each with an answer that was there by then', () => {
      assert.ok(asked.length >= 60, `${asked.length}`);
      assert.deepEqual(new Set(asked.map(({ kind }) => kind)), new Set(askedKinds));
      const since = new Map([
        ...told.map(({ id, at }) => [id, at] as const),
        ...matches.map(({ id }) => [id, events[0]!.at] as const),
      ]);
      for (const { asks, about, at } of asked) {
        assert.ok(about.length > 0 && !/[{}]|undefined/.test(asks), asks);
        for (const id of about) assert.ok(since.get(id)! < at, `${asks}: ${id}`);
      }
    });

    it('never finds what was told later than it is asked', async () => {
      const meaning = await meaningOf(person, bySpelling);
      const times = new Map(events.map(({ id, at }) => [id, at]));
      const early = asked.filter(({ kind }) => kind === 'as of');
      assert.ok(early.length >= 5);
      for (const { asks, at } of early) {
        const revision = events.filter((event) => event.at < at).length;
        const ask = { playerId: '', revision, text: asks, limit: 1_000, cue: { at, facts: {} } };
        const recalled = await recallOf(person, meaning).recallAt(ask);
        assert.ok(recalled.length > 0);
        for (const { memory } of recalled)
          for (const source of memory.sources) assert.ok(times.get(source)! < at, `${asks}: ${memory.key}`);
      }
    });
  });

describe('the report on memory', () => {
  it('ranks each question in every way, and the same every time', async () => {
    const once = await askLong(bySpelling, keepsStatements);
    assert.deepEqual(await askLong(bySpelling, keepsStatements), once);
    for (const { asks, kept, places } of once) {
      assert.ok(kept, asks);
      assert.deepEqual(Object.keys(places), [...rankings]);
      for (const place of Object.values(places)) assert.ok(place >= 1);
    }
  });

  it('says that there are no recorded matches, and ends well', async () => {
    const report = fileURLToPath(new URL('../memory.js', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [report, '/nowhere', 'recorded']);
    assert.match(stdout, /^There are no recorded matches in \/nowhere/);
  });
});

describe('the 50 questions', { skip: dataAbsent }, () => {
  it('are of matches that their players have played, in both languages', () => {
    const lives = livesOf(recordedIn(sharedData)!);
    assert.equal(questions.length, 50);
    for (const { player, match } of questions) {
      const { life, played } = playedBy(lives, player, match);
      assert.ok(life.matches.length >= 5 && played.events.length > 0);
      const times = eventsOf(life).map(({ at }) => Date.parse(at));
      assert.deepEqual(
        times,
        times.toSorted((one, other) => one - other),
      );
    }
    for (const lang of languages) assert.ok(questions.filter((one) => one.lang === lang).length >= 20);
  });

  it('are each of something that is kept', async () => {
    const answered: Answered[] = await askRecorded(recordedIn(sharedData)!, bySpelling);
    assert.deepEqual(
      answered.filter(({ kept }) => !kept),
      [],
    );
    assert.equal(answered.length, questions.length);
  });
});
