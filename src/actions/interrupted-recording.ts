import type { ChannelId } from '../domain/ids.ts';
import type { Recording } from '../domain/recording.ts';
import type { Span } from '../domain/span.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Tuners } from '../stream/tuner/tuners.ts';

export interface InterruptionContext {
  readonly recordings: Pick<Recordings, 'all' | 'takeFromArchive'>;
  readonly tuners: Pick<Tuners, 'recordingTakenFor'>;
}

/** The recording whose connection a screen would take to show something else; null if it takes none. */
export function recordingInterruptedBy(
  { recordings, tuners }: InterruptionContext,
  { broadcast }: Pick<Screen, 'broadcast'>,
  wanted: { readonly channelId: ChannelId; readonly past?: Span },
): Recording | null {
  const taken = tuners.recordingTakenFor(wanted, broadcast.picture);
  if (taken === null) return null;
  // What comes from the archive goes on later.
  return (
    recordings.all().find(({ channelId, state, isFromArchive }) => {
      return channelId === taken && !isFromArchive && (state === 'recording' || state === 'waiting');
    }) ?? null
  );
}
