import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import {
  detectFormat,
  formats,
  ImportError,
  type ImportFormat,
  importFormats,
  loadMatch,
  type Source,
} from './index.js';
import { reconcile } from './summary.js';
import { csgoLogSample, csgoSample } from './test-csgo.js';
import { source } from './test-data.js';
import { dotaSample } from './test-dota2.js';
import { lolSample } from './test-lol.js';

const lol = lolSample();
const samples: Record<ImportFormat, Source[]> = {
  lol: [source('replay.json', lol.replay), source('meta_info.json', lol.meta)],
  csgo: [source('csgo.json', csgoSample())],
  'csgo-log': [source('server.log', csgoLogSample())],
  dota2: [source('dota.json', dotaSample())],
};

test('each sample is told from the others by what is in it', () => {
  for (const format of importFormats) assert.equal(detectFormat(samples[format][0]!), format);
  assert.throws(
    () => detectFormat(source('holiday.txt', 'dear all')),
    /holiday\.txt: is none of the known formats \(lol, csgo, csgo-log, dota2\)/,
  );
});

describe('a broken file is one clear error that names it', () => {
  for (const format of importFormats) {
    const [main, ...beside] = samples[format] as [Source, ...Source[]];
    test(`${format}: empty, and cut anywhere`, () => {
      assert.throws(() => formats[format].read([{ ...main, text: '' }, ...beside]), ImportError);
      const cuts = format === 'csgo-log' ? main.text.indexOf('Game Over') : main.text.length - 1;
      for (let at = 1; at < cuts; at += 37)
        assert.throws(
          () => formats[format].read([{ ...main, text: main.text.slice(0, at) }, ...beside]),
          (error: unknown) => error instanceof ImportError && error.message.startsWith(`${main.name}: `),
          `cut at ${at}`,
        );
    });

    test(`${format}: a file of any other format`, () => {
      for (const other of importFormats.filter((one) => one !== format))
        assert.throws(
          () => formats[format].read([{ ...samples[other][0]!, name: main.name }, ...beside]),
          ImportError,
        );
    });
  }

  test('the path inside the file is named', () => {
    const sample = lolSample();
    sample.replay.player_3.stats.kills = '7';
    assert.throws(() => formats.lol.read([source('r.json', sample.replay), samples.lol[1]!]), {
      message: 'r.json: player_3.stats.kills is not a number',
    });
  });
});

type Place = { holder: Record<string, unknown>; key: string };
function places(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...places(holder[key])]);
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'x', {}, [], [null], true, -1, 0.5, 1e9, 1e300),
  fc.jsonValue({ maxDepth: 1 }),
);

describe('whatever stands at one place of a file, it is read to the last count or refused', () => {
  for (const format of ['lol', 'csgo', 'dota2'] as const)
    test(format, () => {
      fc.assert(
        fc.property(fc.nat(), junk, fc.boolean(), (n, value, remove) => {
          const [main, ...beside] = samples[format] as [Source, ...Source[]];
          const changed = JSON.parse(main.text);
          const all = places(changed);
          const { holder, key } = all[n % all.length]!;
          if (remove && !Array.isArray(holder)) delete holder[key];
          else holder[key] = value;
          try {
            const match = formats[format].read([source(main.name, changed), ...beside]);
            for (const player of match.players) assert.ok(reconcile(player).agrees, player.externalId);
          } catch (error) {
            if (!(error instanceof ImportError)) throw error;
            assert.ok(error.message.startsWith(`${main.name}: `));
          }
        }),
        { numRuns: 400 },
      );
    });

  test('csgo-log', () => {
    const lines = csgoLogSample().split('\r\n');
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.string(), (n, text) => {
        const changed = lines.with(n, text).join('\n');
        try {
          const match = formats['csgo-log'].read([source('server.log', changed)]);
          for (const player of match.players) assert.ok(reconcile(player).agrees, player.externalId);
        } catch (error) {
          if (!(error instanceof ImportError)) throw error;
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('files on disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'agl-imports-'));
  after(() => rmSync(folder, { recursive: true }));

  test('a LoL match is its folder or its replay.json, with meta_info.json beside it', () => {
    const match = join(folder, 'match_00');
    mkdirSync(match);
    writeFileSync(join(match, 'replay.json'), samples.lol[0]!.text);
    assert.throws(() => loadMatch(match), /meta_info\.json: cannot be read \(ENOENT\)/);
    writeFileSync(join(match, 'meta_info.json'), samples.lol[1]!.text);
    assert.deepEqual(loadMatch(match), loadMatch(join(match, 'replay.json'), 'lol'));
  });

  test('a file that is not there, a folder without a match, a format that does not fit', () => {
    assert.throws(() => loadMatch(join(folder, 'none.json')), /none\.json: cannot be read \(ENOENT\)/);
    assert.throws(() => loadMatch(folder), /replay\.json: cannot be read \(ENOENT\)/);
    const log = join(folder, 'server.log');
    writeFileSync(log, csgoLogSample());
    assert.throws(() => loadMatch(log, 'dota2'), /server\.log: is not complete JSON/);
  });

  test('a byte order mark does no harm', () => {
    const marked = join(folder, 'marked.json');
    writeFileSync(marked, `\uFEFF${samples.csgo[0]!.text}`);
    assert.equal(loadMatch(marked).format, 'csgo');
  });
});
