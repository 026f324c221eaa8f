import { useSignal } from '@preact/signals';
import { status } from './events.ts';
import { SoundIcon } from './icons.tsx';
import { texts } from './language.ts';

interface AudioMenuProps {
  /** Settled once it is heard, or cannot be; it tells of that itself. */
  readonly onChoose: (track: number) => Promise<unknown>;
}

/** What all hear of the channel, where there is a choice. */
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
