// Tilt: does a death make the next death likelier? Of each death it is asked whether another followed within so many
// seconds, and the same of each kill. As somebody in a fight dies easily whatever happened before, the kills are what
// deaths are held against; and the chance is what it would be if deaths came at the player's own rate, by dice.
import { insight } from 'agl/insight';

const WINDOWS = [30, 60, 120];

type Moment = { at: number; kind: 'death' | 'kill' };
type Match = { moments: Moment[]; from: number; to: number };

/** A death in the window; `null` when the match was over before the window was. */
function diesWithin(match: Match, moment: Moment, seconds: number): boolean | null {
  const until = moment.at + seconds * 1000;
  if (match.moments.some(({ at, kind }) => kind === 'death' && at > moment.at && at <= until)) return true;
  return until <= match.to ? false : null;
}

export default insight({
  initial: (): Match[] => [],

  step(matches, event, { at }) {
    if (event.type !== 'GameEventRecorded') return matches;
    const { type } = event.data;
    if (type === 'match.start' || matches.length === 0) matches.push({ moments: [], from: at, to: at });
    const match = matches[matches.length - 1]!;
    match.to = Math.max(match.to, at);
    if (type === 'player.death') match.moments.push({ at, kind: 'death' });
    if (type === 'player.kill') match.moments.push({ at, kind: 'kill' });
    return matches;
  },

  end: (matches, { player }) =>
    WINDOWS.flatMap((seconds) =>
      matches.map((match) => {
        const deaths = match.moments.filter(({ kind }) => kind === 'death');
        const kills = match.moments.filter(({ kind }) => kind === 'kill');
        const asked = (moments: Moment[]) => moments.map((one) => diesWithin(match, one, seconds));
        const count = (answers: (boolean | null)[], wanted: boolean) =>
          answers.filter((answer) => answer === wanted).length;
        const [afterDeath, afterKill] = [asked(deaths), asked(kills)];
        const rate = deaths.length / Math.max(1, (match.to - match.from) / 1000);
        return {
          game: player.gameId,
          seconds,
          died: count(afterDeath, true) + count(afterDeath, false),
          diedAgain: count(afterDeath, true),
          killed: count(afterKill, true) + count(afterKill, false),
          diedAfterKill: count(afterKill, true),
          chance: (1 - Math.exp(-rate * seconds)) * deaths.length,
          deaths: deaths.length,
        };
      }),
    ),

  total(rows) {
    const games = [...new Set(rows.map(({ game }) => game))].sort();
    const share = (part: number, of: number) => (of === 0 ? null : Math.round((part / of) * 1000) / 1000);
    return games.flatMap((game) =>
      WINDOWS.map((seconds) => {
        const those = rows.filter((row) => row.game === game && row.seconds === seconds);
        const sum = (column: 'died' | 'diedAgain' | 'killed' | 'diedAfterKill' | 'chance' | 'deaths') =>
          those.reduce((all, row) => all + row[column], 0);
        return {
          game,
          'within s': seconds,
          deaths: sum('died'),
          'died again': share(sum('diedAgain'), sum('died')),
          'died after a kill': share(sum('diedAfterKill'), sum('killed')),
          'by chance': share(sum('chance'), sum('deaths')),
        };
      }),
    );
  },
});
