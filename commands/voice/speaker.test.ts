import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { speechOf } from '../../domain/voice/speech.js';
import { findEspeak, speakByEspeak } from './speaker.espeak.js';
import { mimeOf, type Saying, type Speaker, type SpeakerFailure, SpeakerFault } from './speaker.js';
import { speakByOpenAi } from './speaker.openai.js';
import { aWav, type SpeechApi, startSpeechApi } from './testing/speech-api.js';

const emotion = { valence: 0.5, arousal: 1, intensity: 1 };
const saying = (text: string, over: Partial<Saying> = {}): Saying => {
  const lang = over.lang ?? 'en';
  return { text, lang, persona: 'cool', emotion, ssml: speechOf(text, lang, emotion).ssml, ...over };
};
const patient = () => new AbortController().signal;

async function failsWith(reason: SpeakerFailure, speaking: Promise<unknown>): Promise<SpeakerFault> {
  const fault = await speaking.then(
    () => assert.fail(`spoke, and was to fail as ${reason}`),
    (error) => error,
  );
  assert.ok(fault instanceof SpeakerFault, String(fault));
  assert.equal(fault.reason, reason, fault.message);
  return fault;
}

const texts: [string, Partial<Saying>][] = [
  ['That was close, friend!', {}],
  ['太强了！！！完全碾压！', { lang: 'zh', persona: 'cheerful' }],
  ['<b>&amp; "quotes" \'n\' [[phonemes]] ]]> $(id) `id` 😀 \u0000\ud800', { persona: 'cute' }],
  ['-h --help -w /tmp/x', {}],
  ['A long line. '.repeat(40), {}],
];

/** What holds of every speaker. */
function speaks(open: () => Speaker): void {
  for (const [text, over] of texts)
    it(`speaks ${JSON.stringify(text.slice(0, 30))}`, async () => {
      const { audio, mime } = await open()(saying(text, over), patient());
      assert.equal(mimeOf(audio), mime);
      assert.ok(audio.length > 400, `${audio.length} bytes`);
      if (mime !== 'audio/wav') return;
      assert.equal(audio.readUInt32LE(4), audio.length - 8);
      assert.equal(audio.readUInt32LE(40), audio.length - 44);
    });

  it('speaks several at once', async () => {
    const speak = open();
    const sounds = await Promise.all(texts.map(([text, over]) => speak(saying(text, over), patient())));
    assert.equal(sounds.length, texts.length);
  });

  it('does not begin for nobody', async () => {
    await failsWith('too_late', open()(saying('Hello.'), AbortSignal.abort()));
  });

  it('stops when nobody waits any more', async () => {
    const nobody = new AbortController();
    const speaking = open()(saying('A long story. '.repeat(300)), nobody.signal);
    nobody.abort();
    await failsWith('too_late', speaking);
  });
}

describe('a speaker over OpenAI’s API', () => {
  let api: SpeechApi;
  before(async () => {
    api = await startSpeechApi();
  });
  after(() => api.close());
  afterEach(() => {
    api.asked.length = 0;
    api.faults.length = 0;
  });
  const open = (over: Partial<Parameters<typeof speakByOpenAi>[0]> = {}) =>
    speakByOpenAi({ url: api.url, key: 'a-key', model: 'a-model', ...over });

  speaks(open);

  it('asks for the text as the persona speaks it', async () => {
    assert.equal((await open()(saying('Hello.'), patient())).mime, 'audio/mpeg');
    const [{ path, headers, body }] = api.asked as [SpeechApi['asked'][0]];
    assert.equal(path, '/v1/audio/speech');
    assert.equal(headers.authorization, 'Bearer a-key');
    const asked = { model: 'a-model', voice: 'onyx', input: 'Hello.', response_format: 'mp3', speed: 1.2 };
    assert.deepEqual(body, asked);
  });

  it('takes an address with /v1 or without, a key or none, and WAV', async () => {
    for (const url of [`${api.url}/v1`, `${api.url}/v1/`, `${api.url}/`]) {
      const { key: _, ...keyless } = { url, key: '', model: 'm', format: 'wav' as const };
      assert.equal((await speakByOpenAi(keyless)(saying('Hello.'), patient())).mime, 'audio/wav');
    }
    for (const { path, headers } of api.asked) {
      assert.equal(path, '/v1/audio/speech');
      assert.equal(headers.authorization, undefined);
    }
  });

  const refusals: [number, SpeakerFailure][] = [
    [400, 'rejected'],
    [401, 'rejected'],
    [404, 'rejected'],
    [408, 'overloaded'],
    [429, 'rate_limited'],
    [500, 'overloaded'],
    [503, 'overloaded'],
  ];
  it('says why there is no sound, and neither the text nor the key', async () => {
    for (const [status, reason] of refusals) {
      api.faults.push({ status, retryAfter: 7 });
      const fault = await failsWith(reason, open()(saying('A secret.'), patient()));
      assert.equal(fault.retryAfterMs, 7_000);
      assert.doesNotMatch(fault.message, /secret|a-key/);
    }
  });

  it('takes nothing for sound that is none', async () => {
    const bodies = ['', '{"ok":true}', '<html>', 'RIFF', aWav(0).subarray(0, 44)];
    for (const body of bodies) {
      api.faults.push({ body: Buffer.from(body) });
      await failsWith('malformed', open()(saying('Hello.'), patient()));
    }
    api.faults.push({ body: aWav(9 * 1024 * 1024) });
    await failsWith('too_large', open()(saying('Hello.'), patient()));
  });

  it('is left when it is silent, cuts off, sends elsewhere, or is not there', async () => {
    for (const fault of [{ hang: true }, { hangHalfway: true }] as const) {
      api.faults.push(fault);
      await failsWith('too_late', open({ deadlineMs: 100 })(saying('Hello.'), patient()));
    }
    api.faults.push({ cut: true });
    await failsWith('unreachable', open()(saying('Hello.'), patient()));
    api.faults.push({ redirect: `${api.url}/elsewhere` });
    await failsWith('unreachable', open()(saying('Hello.'), patient()));
    assert.ok(api.asked.every(({ path }) => path === '/v1/audio/speech'));
    await failsWith('unreachable', open({ url: 'http://127.0.0.1:1' })(saying('Hello.'), patient()));
  });
});

const installed = findEspeak(process.env.PATH);

describe('eSpeak NG', { skip: installed ? false : 'espeak-ng is not installed' }, () => {
  speaks(() => speakByEspeak({ program: installed! }));

  it('sounds otherwise by persona and by feeling', async () => {
    const speak = speakByEspeak({ program: installed! });
    const sounds = await Promise.all([
      speak(saying('Well played, my friend.'), patient()),
      speak(saying('Well played, my friend.', { persona: 'cute' }), patient()),
      speak(
        saying('Well played, my friend.', {
          ssml: speechOf('Well played, my friend.', 'en', { ...emotion, arousal: -1 }).ssml,
        }),
        patient(),
      ),
    ]);
    assert.equal(new Set(sounds.map(({ audio }) => audio.toString('base64'))).size, 3);
    assert.ok(sounds[2]!.audio.length > sounds[0]!.audio.length, 'who is tired speaks slowly');
  });

  it('is not let say more than there is room for', async () => {
    const speak = speakByEspeak({ program: installed!, bytesMax: 10_000 });
    await failsWith('too_large', speak(saying('A story that goes on and on.'), patient()));
  });
});

describe('a program that should speak', () => {
  const folder = mkdtempSync(join(tmpdir(), 'agl-espeak-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const program = (name: string, script: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
    return join(folder, name);
  };

  it('and does not: why is told', async () => {
    const speak = (script: string, deadlineMs = 10_000) =>
      speakByEspeak({ program: program('one', script), deadlineMs })(saying('Hello.'), patient());
    const fault = await failsWith('rejected', speak('echo no such voice >&2; exit 1'));
    assert.match(fault.message, /exit 1: no such voice/);
    await failsWith('malformed', speak('cat >/dev/null'));
    await failsWith('malformed', speak('cat'));
    await failsWith('too_late', speak('exec sleep 60', 100));
    await failsWith('too_large', speak('exec cat /dev/zero'));
    const gone = speakByEspeak({ program: join(folder, 'gone') });
    await failsWith('unreachable', gone(saying('Hello.'), patient()));
  });

  it('is found on the PATH, by whole folders alone', () => {
    const found = program('espeak-ng', 'true');
    assert.equal(findEspeak(`/nowhere:${folder}`), found);
    for (const path of [undefined, '', '/nowhere', '.:']) assert.equal(findEspeak(path), null);
    chmodSync(found, 0o644);
    // Root may run what anybody may; a file that nobody may run is none.
    assert.equal(findEspeak(folder), null);
  });
});
