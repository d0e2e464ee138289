import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { startHeart } from './heart.js';

const EVERY_MS = 25_000;
const CONNECTIONS = 10_000;

describe('the heart of the gateway', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setInterval'] }));
  afterEach(() => mock.timers.reset());

  it('beats everybody once a round, and never many together', () => {
    const heart = startHeart(EVERY_MS);
    const beaten = Array.from({ length: CONNECTIONS }, () => 0);
    let together = 0;
    beaten.forEach((_, nth) => {
      heart.add(() => {
        beaten[nth]!++;
        together++;
      });
    });
    let most = 0;
    for (let ms = 0; ms < EVERY_MS; ms += 100) {
      together = 0;
      mock.timers.tick(100);
      most = Math.max(most, together);
    }
    assert.ok(beaten.every((times) => times === 1));
    assert.equal(most, CONNECTIONS / 250);
    heart.stop();
  });

  it('lets be who has left, and stops', () => {
    const heart = startHeart(EVERY_MS);
    const beaten = { stays: 0, leaves: 0 };
    heart.add(() => beaten.stays++);
    const leave = heart.add(() => beaten.leaves++);
    mock.timers.tick(EVERY_MS);
    leave();
    mock.timers.tick(EVERY_MS);
    heart.stop();
    mock.timers.tick(EVERY_MS);
    assert.deepEqual(beaten, { stays: 2, leaves: 1 });
  });
});
