import type { Rejection } from './rejection.js';

/**
 * One stream's story. `decide` applies the rules and writes outcomes; `evolve` only assigns.
 * A command that was already carried out decides an empty list.
 */
export type Decider<Command, Event, State> = {
  readonly initial: State;
  decide(command: Command, state: State): Event[] | Rejection;
  evolve(state: State, event: Event): State;
};

/** The state after a history. */
export function fold<State, Event>(
  decider: { initial: State; evolve(state: State, event: Event): State },
  history: Iterable<Event>,
  from: State = decider.initial,
): State {
  let state = from;
  for (const event of history) state = decider.evolve(state, event);
  return state;
}
