import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Rejection } from '../../domain/kernel/rejection.js';
import { openSounds, type SoundsParts } from './sounds.js';
import { type Audio, type Saying, SpeakerFault } from './speaker.js';

const emotion = { valence: 0.2, arousal: 0.1, intensity: 0.5 };
const line = (text: string) => ({ text, lang: 'en' as const, persona: 'cool' as const, emotion });

/** A speaker that speaks when it is told to. */
function open(over: Partial<SoundsParts> = {}) {
  const asked: Saying[] = [];
  const warned: unknown[] = [];
  const under: { speak(bytes?: number): void; fail(fault: unknown): void; signal: AbortSignal }[] = [];
  let now = 0;
  const sounds = openSounds({
    speaker: (saying, signal) => {
      asked.push(saying);
      return new Promise<Audio>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new SpeakerFault('too_late', 'nobody waits')));
        const speak = (bytes = 100) => resolve({ audio: Buffer.alloc(bytes), mime: 'audio/wav' });
        under.push({ speak, fail: reject, signal });
      });
    },
    warn: (_, error) => warned.push(error),
    clock: () => now,
    ...over,
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { sounds, asked, under, warned, pass };
}

const refusalOf = async (sound: Promise<Audio | Rejection>) => {
  const rejection = await sound;
  assert.ok(rejection instanceof Rejection, 'was to be refused');
  assert.equal(rejection.code, 'unavailable');
  assert.ok(rejection.detail.retryAfterMs! >= 1_000);
  return rejection;
};
/** Whatever waits has gone on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('sounds', () => {
  it('are asked for once, however many want them, then and later', async () => {
    const { sounds, asked, under } = open();
    const both = [sounds.of(line('Hi.')), sounds.of(line('Hi.'))];
    await settle();
    under[0]!.speak();
    const [one, other] = await Promise.all(both);
    assert.equal(one, other);
    assert.equal(await sounds.of(line('Hi.')), one);
    assert.equal(asked.length, 1);
    assert.match(asked[0]!.ssml, />Hi\.</);
  });

  it('differ by what is said and how', async () => {
    const { sounds, asked } = open();
    const ways = [
      line('Hi.'),
      line('Hi!'),
      { ...line('Hi.'), persona: 'cute' as const },
      { ...line('Hi.'), emotion: { valence: 1, arousal: 1, intensity: 1 } },
    ];
    for (const way of ways) void sounds.of(way);
    await settle();
    assert.equal(asked.length, 4);
    sounds.close();
  });

  it('are kept as far as there is room, those used last the longest', async () => {
    const { sounds, asked, under } = open({ keptBytes: 250 });
    const said = async (text: string, bytes?: number) => {
      const sound = sounds.of(line(text));
      await settle();
      under.at(-1)!.speak(bytes);
      await sound;
    };
    for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) await said(text);
    assert.deepEqual(
      asked.map(({ text }) => text),
      ['a', 'b', 'c', 'b'],
    );
    await said('too large to keep', 300);
    await said('b');
    assert.equal(asked.length, 5);
  });

  it('are made some at a time, and too many are refused at once', async () => {
    const { sounds, under } = open();
    const waiting = Array.from({ length: 68 }, (_, at) => sounds.of(line(`line ${at}`)));
    await settle();
    assert.equal(under.length, 4);
    await refusalOf(sounds.of(line('one more')));
    const again = sounds.of(line('line 67'));
    for (let done = 0; done < 68; done++) {
      assert.ok(under.length <= done + 4);
      under[done]!.speak();
      await settle();
    }
    for (const sound of [...waiting, again]) assert.ok(!((await sound) instanceof Rejection));
  });

  it('are unavailable when the speaker fails, and are tried again', async () => {
    const { sounds, under, warned } = open();
    const failed = sounds.of(line('Hi.'));
    await settle();
    under[0]!.fail(new SpeakerFault('overloaded', 'answered 503'));
    await refusalOf(failed);
    assert.equal(warned.length, 1);
    const again = sounds.of(line('Hi.'));
    await settle();
    under[1]!.speak();
    assert.ok(!((await again) instanceof Rejection));
  });

  it('are not asked of a speaker that fails again and again, or wants a rest, until that is over', async () => {
    for (const [times, retryAfterMs, rest] of [
      [5, undefined, 5_000] as const,
      [1, 20_000, 20_000] as const,
    ]) {
      const { sounds, under, asked, pass } = open();
      for (let at = 0; at < times; at++) {
        const failed = sounds.of(line('Hi.'));
        await settle();
        under[at]!.fail(new SpeakerFault('rate_limited', 'answered 429', retryAfterMs));
        await refusalOf(failed);
      }
      assert.equal((await refusalOf(sounds.of(line('Hi.')))).detail.retryAfterMs, rest);
      assert.equal(asked.length, times);
      pass(rest);
      void sounds.of(line('Hi.'));
      await settle();
      assert.equal(asked.length, times + 1);
      sounds.close();
    }
  });

  it('let a bug be one', async () => {
    const { sounds, under } = open();
    const failed = sounds.of(line('Hi.'));
    await settle();
    under[0]!.fail(new TypeError('a bug'));
    await assert.rejects(failed, TypeError);
  });

  it('that nobody waits for any more end when all is closed, also those that wait for their turn', async () => {
    const { sounds, under } = open();
    const waiting = Array.from({ length: 6 }, (_, at) => sounds.of(line(`line ${at}`)));
    await settle();
    sounds.close();
    for (const sound of waiting) await refusalOf(sound);
    assert.equal(under.length, 4);
  });
});
