import { useSignal } from '@preact/signals';
import { status } from './events.ts';
import { TrackMenu } from './track-menu.tsx';

interface AudioMenuProps {
  /** Chooses a track; settles once it is on air or has failed, and shows a failure itself. */
  readonly onChoose: (track: number) => Promise<unknown>;
}

/** Chooses the audio track for everybody; empty for a channel with a single track. */
export function AudioMenu({ onChoose }: AudioMenuProps) {
  const asked = useSignal<number | null>(null);
  const { audio_tracks: tracks = [], audio_track: heard = null } = status.value ?? {};
  const choose = async (track: number) => {
    asked.value = track;
    await onChoose(track);
    asked.value = null;
  };
  return (
    <TrackMenu
      tracks={tracks}
      heard={asked.value ?? heard}
      isBusy={asked.value !== null}
      onChoose={(track) => void choose(track)}
    />
  );
}
