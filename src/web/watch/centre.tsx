import { status } from '../common/events.ts';
import { MutedIcon, PlayIcon, WarningIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { isScreenGone } from '../common/screens.ts';
import type { Player } from './player.ts';
import { ScreenLinks } from './screen-links.tsx';

/** The middle of the picture: the screens in place of one that is gone, the start button, the spinner or the button that unmutes. */
export function Centre({
  player,
  video,
}: {
  readonly player: Player;
  readonly video: HTMLVideoElement | null;
}) {
  const t = texts.value;
  const phase = player.phase.value;
  // the slate is silent
  const hasSound = status.value?.channel_id != null;
  if (phase === 'unsupported') {
    return (
      <p class="centre centre-note" role="alert">
        <WarningIcon size={32} />
        {t.unsupported}
      </p>
    );
  }
  if (isScreenGone.value) {
    return (
      <section class="centre centre-blocked centre-gone" aria-labelledby="screen-gone">
        <p class="centre-note" id="screen-gone" role="alert">
          {t.screenGone}
        </p>
        <ScreenLinks />
      </section>
    );
  }
  if (phase === 'blocked') {
    return (
      <div class="centre centre-blocked">
        <button type="button" class="big-play" onClick={() => start(player)}>
          <PlayIcon size={44} />
          <span>{t.play}</span>
        </button>
        <p class="centre-hint">{t.pressPlay}</p>
      </div>
    );
  }
  return (
    <>
      {(phase === 'loading' || player.buffering.value) && (
        <p class="centre centre-wait">
          <span class="spinner" aria-hidden="true" />
          <span class={phase === 'loading' ? 'centre-hint' : 'hidden-text'}>{t.loading}</span>
        </p>
      )}
      {player.silenced.value && phase === 'playing' && video?.muted && hasSound && (
        <button type="button" class="unmute" onClick={() => player.unmute()}>
          <MutedIcon size={24} />
          {t.unmute}
        </button>
      )}
    </>
  );
}

/** Starts with sound, which browsers allow after a click. */
function start(player: Player): void {
  player.unmute();
  player.play();
}
