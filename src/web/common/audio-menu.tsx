import { useSignal } from '@preact/signals';
import { status } from './events.ts';
import { SoundIcon } from './icons.tsx';
import { texts } from './language.ts';

interface AudioMenuProps {
  /** Chooses a track; settles once it is on air or has failed, and shows a failure itself. */
  readonly onChoose: (track: number) => Promise<unknown>;
}

/** Chooses the audio track for everybody; empty for a channel with a single track. */
export function AudioMenu({ onChoose }: AudioMenuProps) {
  const asked = useSignal<number | null>(null);
  const { audio_tracks: tracks = [], audio_track: heard } = status.value ?? {};
  if (tracks.length < 2) return null;
  const choose = async (track: number) => {
    asked.value = track;
    await onChoose(track);
    asked.value = null;
  };
  return (
    <span class="audio-menu">
      {asked.value === null ? <SoundIcon size={17} /> : <span class="spinner" aria-hidden="true" />}
      <select
        aria-label={texts.value.audio}
        aria-busy={asked.value !== null}
        value={asked.value ?? heard ?? ''}
        onChange={({ currentTarget }) => void choose(Number(currentTarget.value))}
      >
        {tracks.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
