// What comes before a rage quit? Sessions are told apart by how they ended; the columns are what their last five
// minutes were like. A session is left when its match had not ended, and in anger when the last thing that happened
// to the player made them angry or frustrated.
import { type Emotion, insight, type Session } from 'agl/insight';

const WINDOW_MS = 5 * 60_000;
const ANGER = ['angry', 'frustrated'];

type Moment = { at: number; type: string };
type Play = {
  /** What happened in the last minutes. */
  recent: Moment[];
  felt: Emotion | null;
  deathsInRow: number;
  inMatch: boolean;
};
type Ended = {
  how: string;
  seconds: number;
  deaths: number;
  kills: number;
  deathsInRow: number;
  defeat: number;
};
type State = { play: Play; ended: Ended[] };

const atRest = (): Play => ({ recent: [], felt: null, deathsInRow: 0, inMatch: false });
const FRAME = ['session.start', 'session.end', 'match.start', 'match.end'];

function endOf({ recent, felt, deathsInRow, inMatch }: Play, session: Session): Ended {
  const count = (type: string) => recent.filter((moment) => moment.type === type).length;
  const anger = felt !== null && ANGER.includes(felt.label);
  return {
    how: `${inMatch ? 'left' : 'played to the end'}${anger ? ', in anger' : ''}`,
    seconds: (session.lastAt - session.startedAt) / 1000,
    deaths: count('player.death'),
    kills: count('player.kill'),
    deathsInRow,
    defeat: count('player.defeat') > 0 ? 1 : 0,
  };
}

export default insight({
  initial: (): State => ({ play: atRest(), ended: [] }),

  step(state, event, { at, emotion, previousSession }) {
    if (event.type !== 'GameEventRecorded') return state;
    if (previousSession)
      state = { play: atRest(), ended: [...state.ended, endOf(state.play, previousSession)] };
    const { play } = state;
    const { type } = event.data;
    if (type === 'match.start') play.inMatch = true;
    if (type === 'match.end') play.inMatch = false;
    if (FRAME.includes(type)) return state;
    play.recent = [...play.recent.filter((moment) => at - moment.at <= WINDOW_MS), { at, type }];
    play.felt = emotion;
    if (type === 'player.death') play.deathsInRow++;
    else if (type === 'player.kill') play.deathsInRow = 0;
    return state;
  },

  end: ({ play, ended }, { session }) => (session ? [...ended, endOf(play, session)] : ended),

  total(rows) {
    const ways = [...new Set(rows.map(({ how }) => how))].sort();
    return ways.map((how) => {
      const those = rows.filter((row) => row.how === how);
      const mean = (column: Exclude<keyof Ended, 'how'>) =>
        Math.round((those.reduce((sum, row) => sum + row[column], 0) / those.length) * 100) / 100;
      return {
        how,
        sessions: those.length,
        minutes: Math.round(mean('seconds') / 6) / 10,
        deaths: mean('deaths'),
        kills: mean('kills'),
        'deaths in a row': mean('deathsInRow'),
        'after a defeat': mean('defeat'),
      };
    });
  },
});
