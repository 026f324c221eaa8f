import { SoundIcon } from './icons.tsx';
import { texts } from './language.ts';

interface TrackMenuProps {
  readonly tracks: readonly { readonly id: number; readonly name: string }[];
  /** The id of the one that is heard. */
  readonly heard: number | null;
  /** Whether the choice is still to be heard. */
  readonly isBusy?: boolean;
  readonly onChoose: (track: number) => void;
}

/** Chooses an audio track; empty where there is a single one. */
export function TrackMenu({ tracks, heard, isBusy = false, onChoose }: TrackMenuProps) {
  if (tracks.length < 2) return null;
  return (
    <span class="audio-menu">
      {isBusy ? <span class="spinner" aria-hidden="true" /> : <SoundIcon size={17} />}
      <select
        aria-label={texts.value.audio}
        aria-busy={isBusy}
        value={heard ?? ''}
        onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}
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
