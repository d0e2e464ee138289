import type { LogEventData } from '../events/log-events.js';
import type { Tastes } from '../voice/choose.js';

export { noTastes } from '../voice/choose.js';

/** A line of a template, by the action that said it. */
export type Spoken = { actionId: string; templateId: string };

/** A player thinks of the last lines, not of those of a week ago. */
const SPOKEN_MAX = 20;
const TASTES_MAX = 100;

export const withSpoken = (spoken: readonly Spoken[], one: Spoken): readonly Spoken[] =>
  [...spoken, one].slice(-SPOKEN_MAX);

/** What a player likes after this reaction: the last word on a line counts. */
export function tasted(
  tastes: Tastes,
  spoken: readonly Spoken[],
  { actionId, reaction }: LogEventData<'FeedbackGiven'>,
): Tastes {
  const id = spoken.find((one) => one.actionId === actionId)?.templateId;
  if (id === undefined || reaction === 'mute') return tastes;
  const without = (ids: readonly string[]) => ids.filter((one) => one !== id);
  const liked = without(tastes.liked);
  const disliked = without(tastes.disliked);
  (reaction === 'like' ? liked : disliked).push(id);
  return { liked: liked.slice(-TASTES_MAX), disliked: disliked.slice(-TASTES_MAX) };
}
