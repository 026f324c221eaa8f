import type { ChannelGroup } from '../common/contract/channels.ts';
import type { Programme } from '../common/contract/guide.ts';
import type { Recording } from './recordings-api.ts';

/** Recordings as the tab shows them. */
export interface RecordingGroups {
  /** Those that run, the first to end first. */
  readonly now: readonly Recording[];
  /** The next one first. */
  readonly planned: readonly Recording[];
  /** Those with a file, the last one first. */
  readonly done: readonly Recording[];
  /** The last one first. */
  readonly failed: readonly Recording[];
}

const begin = ({ start }: Recording) => Date.parse(start);
const end = ({ stop }: Recording) => Date.parse(stop);

/** Sorts recordings into the groups of the tab. */
export function groupsOf(all: readonly Recording[]): RecordingGroups {
  const having = (...states: readonly Recording['state'][]) =>
    all.filter(({ state }) => states.includes(state));
  return {
    now: having('waiting', 'recording', 'finishing').toSorted((one, other) => end(one) - end(other)),
    planned: having('planned').toSorted((one, other) => begin(one) - begin(other)),
    done: having('done', 'incomplete').toSorted((one, other) => begin(other) - begin(one)),
    failed: having('failed').toSorted((one, other) => begin(other) - begin(one)),
  };
}

/** The planned or running recording that has most of a programme; null where there is none. */
export function recordingOf(
  all: readonly Recording[],
  { variants }: Pick<ChannelGroup, 'variants'>,
  { start, stop }: Pick<Programme, 'start' | 'stop'>,
): Recording | null {
  const [from, to] = [Date.parse(start), Date.parse(stop)];
  const isMarked = (recording: Recording): boolean => {
    const { programme, follows_guide: follows } = recording;
    // The margins of a programme also have something of its neighbours.
    const span = follows && programme ? programme : { from: recording.start, to: recording.stop };
    const shared = Math.min(to, Date.parse(span.to)) - Math.max(from, Date.parse(span.from));
    return shared > (to - from) / 2;
  };
  return (
    all.find(
      (recording) =>
        (recording.state === 'planned' || recording.state === 'waiting' || recording.state === 'recording') &&
        variants.some(({ id }) => id === recording.channel_id) &&
        isMarked(recording),
    ) ?? null
  );
}
