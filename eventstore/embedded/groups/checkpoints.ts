import type { Mark } from './progress.js';
import type { GroupSettings } from './settings.js';

type Bounds = Pick<GroupSettings, 'checkPointAfter' | 'minCheckPointCount' | 'maxCheckPointCount'>;

/** When a group writes down how far it is: after so many events, or at a tick after so much time and some. */
export type Checkpoints = {
  due(mark: Mark, when: { now: number; tick: boolean }): boolean;
  written(mark: Mark, now: number): void;
};

export function checkpointsBy(bounds: Bounds): Checkpoints {
  const after = bounds.checkPointAfter === 0 ? Number.POSITIVE_INFINITY : bounds.checkPointAfter;
  let lastCount = 0;
  let lastTime = Number.MIN_SAFE_INTEGER;
  return {
    due({ count }, { now, tick }) {
      const passed = count - lastCount;
      if (passed <= 0) return false;
      if (passed >= bounds.maxCheckPointCount) return true;
      return tick && now - lastTime >= after && passed >= bounds.minCheckPointCount;
    },
    written({ count }, now) {
      lastCount = count;
      lastTime = now;
    },
  };
}
