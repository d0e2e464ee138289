import type { Moment } from '../emotion/moment.js';
import type { GameEvent } from '../events/game-event.js';
import { occasionOfScene, type Scene, sceneOf } from '../voice/scene.js';
import type { Career } from './career.js';
import { isGreat, type Occasion, occasionFor, occasionOf } from './occasions.js';
import type { Stage } from './stage.js';

type Happening = { event: GameEvent; moment: Moment; career: Career; stage: Stage };

/** The occasion that an event is to speak, and the scene that it makes, of what this player had lived through before. */
export function occasionIn({ event, moment, career, stage }: Happening): {
  occasion: Occasion;
  scene: Scene | null;
} {
  const usual = occasionOf(event, moment);
  const recaps = event.type === 'session.end' && stage.recap;
  const scene = recaps ? 'recap' : sceneOf({ event, moment, career, salient: isGreat(usual) });
  const own = scene && occasionOfScene[scene];
  return { occasion: own && usual.yields !== false ? occasionFor(own) : usual, scene };
}
