import 'media-chrome/media-controller';
import 'media-chrome/media-control-bar';
import 'media-chrome/media-play-button';
import 'media-chrome/media-mute-button';
import 'media-chrome/media-volume-range';
import 'media-chrome/media-live-button';
import 'media-chrome/media-airplay-button';
import 'media-chrome/media-cast-button';
import 'media-chrome/media-pip-button';
import 'media-chrome/media-fullscreen-button';
import { KeyboardIcon, ListIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { operator } from './operator.ts';
import { ReactionPalette } from './reaction-palette.tsx';
import { offeredReactions } from './reactions.ts';

interface ControlsProps {
  readonly onHelp: () => void;
  readonly onRemote: () => void;
}

/** The bar of media-chrome buttons; each hides itself where the browser cannot do it. */
export function Controls({ onHelp, onRemote }: ControlsProps) {
  return (
    <media-control-bar class="controls">
      <media-play-button notooltip />
      <media-mute-button notooltip />
      <media-volume-range class="controls-volume" />
      <media-live-button />
      <span class="controls-space" />
      {offeredReactions.value.length > 0 && <ReactionPalette />}
      {operator.value && (
        <button
          type="button"
          class="controls-button"
          aria-label={texts.value.remote}
          title={texts.value.remote}
          onClick={onRemote}
        >
          <ListIcon size={24} />
        </button>
      )}
      <button
        type="button"
        class="controls-button controls-help"
        aria-label={texts.value.keyboardHelp}
        title={texts.value.keyboardHelp}
        onClick={onHelp}
      >
        <KeyboardIcon size={22} />
      </button>
      <media-cast-button notooltip />
      <media-airplay-button notooltip />
      <media-pip-button notooltip />
      <media-fullscreen-button notooltip />
    </media-control-bar>
  );
}
