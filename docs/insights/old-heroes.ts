// Does one win more with a hero one has memories of? Of every match that was played to its end: what was remembered of
// the hero when it began, and how it ended. `won` is the share of matches won, `kills` of a match on the mean.
import { insight } from 'agl/insight';

type Match = { remembered: number; won: number | null; kills: number };
type State = { match: Match | null; ended: Match[] };

export default insight({
  memories: true,

  initial: (): State => ({ match: null, ended: [] }),

  step(state, event, context) {
    if (event.type !== 'GameEventRecorded') return state;
    const { type, data } = event.data;
    if (type === 'match.start' && typeof data.hero === 'string') {
      // What is remembered is gathered when it is asked for: here, once a match.
      const of = context.memories!.filter(({ facts }) => facts.hero === data.hero);
      state.match = { remembered: of.length, won: null, kills: 0 };
    }
    if (!state.match) return state;
    if (type === 'player.kill') state.match.kills++;
    if (type === 'player.victory' || type === 'player.defeat')
      state.match.won = Number(type === 'player.victory');
    if (type === 'match.end') {
      if (state.match.won !== null) state.ended.push(state.match);
      state.match = null;
    }
    return state;
  },

  end: ({ ended }) => ended,

  total: (rows) =>
    ['a new one', 'with memories'].map((hero, at) => {
      const those = rows.filter(({ remembered }) => Number(remembered > 0) === at);
      const mean = (of: (row: (typeof rows)[number]) => number) =>
        those.length === 0
          ? null
          : Math.round((100 * those.reduce((sum, row) => sum + of(row), 0)) / those.length) / 100;
      return {
        ...{ hero, matches: those.length },
        ...{ won: mean(({ won }) => won ?? 0), kills: mean(({ kills }) => kills) },
      };
    }),
});
