import { type ConnectionInfo, type Members, perSecond } from './members.js';
import type { Reading } from './reading.js';
import { type GroupKey, type GroupSettings, placeText } from './settings.js';

/** What the real server tells of a group. Places are texts, '' when there is none yet. */
export type GroupInfo = GroupKey & {
  settings: GroupSettings;
  status: string;
  connections: ConnectionInfo[];
  averagePerSecond: number;
  totalItems: number;
  countSinceLastMeasurement: number;
  lastCheckpointed: string;
  lastKnown: string;
  readBufferCount: number;
  liveBufferCount: number;
  retryBufferCount: number;
  outstandingMessagesCount: number;
  parkedMessageCount: number;
};

type State = Reading & { checkpoint?: number };

/** Rates are since the last time that somebody asked. */
export function statisticsOf(now: () => number) {
  let askedAt = now();
  let counted = 0;
  return {
    info(state: State, members: Members): GroupInfo {
      const { fresh, again, outstanding, delivered } = state.group.counts();
      const seconds = (now() - askedAt) / 1000;
      const since = delivered - counted;
      askedAt = now();
      counted = delivered;
      return {
        ...state.key,
        settings: state.settings,
        status: statusOf(state),
        connections: members.measure(seconds),
        averagePerSecond: perSecond(since, seconds),
        totalItems: delivered,
        countSinceLastMeasurement: since,
        lastCheckpointed: text(state, state.checkpoint),
        lastKnown: text(state, knownBy(state)),
        readBufferCount: fresh,
        liveBufferCount: state.liveCount,
        retryBufferCount: again,
        outstandingMessagesCount: outstanding,
        parkedMessageCount: state.replay.parkedCount(),
      };
    },
  };
}

const isLive = ({ at, source }: State) => at >= source.end();

/** A .NET set of flags, lowest first. */
function statusOf(state: State): string {
  const flags = [];
  if (!isLive(state)) flags.push('Behind');
  if (state.replay.running) flags.push('ReplayingParkedMessages');
  if (isLive(state)) flags.push('Live');
  return flags.join(', ');
}

/** Which events there are is known also of those that there was no room for yet; of a filter's, it is not. */
function knownBy(state: State): number | undefined {
  if (isLive(state) || state.settings.filter !== undefined) return state.known;
  return state.source.end();
}

const text = ({ key }: State, place: number | undefined) =>
  place === undefined ? '' : placeText(key.stream, { commit: place, prepare: place });
