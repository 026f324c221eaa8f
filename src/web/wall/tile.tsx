import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { watchPath } from '../../domain/watch-paths.ts';
import type { Screen } from '../common/contract/screens.ts';
import { EyeIcon, MutedIcon, SoundIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { recallVolume } from '../watch/volume.ts';
import { chooseSound, heard } from './sound.ts';
import { TilePlayer } from './tile-player.ts';
import { useInView } from './use-in-view.ts';

interface TileProps {
  readonly screen: Screen;
  /** The digit that chooses its sound, from 1. */
  readonly number: number;
}

/** One screen of the wall: a link to its watch page with its picture, which plays only in view, and a button for its sound. */
export function Tile({ screen: { id, name, channel_label: channel, viewers }, number }: TileProps) {
  const t = texts.value;
  const tile = useRef<HTMLLIElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const isPlaying = useSignal(false);
  const isHeard = heard.value === id;
  const isInView = useInView(tile);

  useEffect(() => {
    if (!video.current) return;
    video.current.muted = !isHeard;
    video.current.volume = recallVolume().volume;
  }, [isHeard]);
  useEffect(() => {
    if (!video.current || !isInView) return undefined;
    const player = new TilePlayer(video.current, {
      screen: id,
      onSilenced: () => {
        heard.value = null;
      },
    });
    player.start();
    return () => {
      isPlaying.value = false;
      player.stop();
    };
  }, [id, isInView, isPlaying]);

  return (
    <li class={`tile ${isHeard ? 'tile-heard' : ''}`} ref={tile}>
      <a href={watchPath(id)}>
        <video
          ref={video}
          playsinline
          muted
          onPlaying={() => {
            isPlaying.value = true;
          }}
        />
        {!isPlaying.value && <span class="spinner" aria-hidden="true" />}
        <span class="tile-text">
          {number < 10 && (
            <span class="tile-number" aria-hidden="true">
              {number}
            </span>
          )}
          <span class="tile-names">
            <strong>{name}</strong>
            <span>{channel ?? t.nothingOnAir}</span>
          </span>
          <span class="tile-viewers" title={t.viewers(viewers)}>
            <EyeIcon size={16} />
            <span aria-hidden="true">{viewers}</span>
            <span class="hidden-text">{t.viewers(viewers)}</span>
          </span>
        </span>
      </a>
      <button
        type="button"
        class="tile-sound"
        aria-pressed={isHeard}
        aria-label={t.soundOf(name)}
        title={t.soundOf(name)}
        onClick={() => chooseSound(id)}
      >
        {isHeard ? <SoundIcon size={22} /> : <MutedIcon size={22} />}
      </button>
    </li>
  );
}
