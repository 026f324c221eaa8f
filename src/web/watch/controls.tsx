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
import { ListIcon, ScissorsIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { clipTexts } from './clip-texts.ts';
import { Menu } from './menu.tsx';
import { canClip, togglePanel } from './panels.ts';
import { BackToLive, PastButtons } from './past-buttons.tsx';
import type { Player } from './player.ts';
import { ReactionPalette } from './reaction-palette.tsx';
import { offeredReactions } from './reactions.ts';
import { mayChooseChannels } from './rights.ts';

/** The bar of media-chrome buttons; a button hides itself where the browser lacks its feature. */
export function Controls({ player }: { readonly player: Player | null }) {
  return (
    <media-control-bar class="controls">
      <media-play-button notooltip />
      {player && <PastButtons player={player} />}
      <media-mute-button notooltip />
      <media-volume-range class="controls-volume" />
      {player?.inPast.value ? (
        <BackToLive player={player} />
      ) : (
        <media-live-button>
          <span slot="text">{texts.value.live}</span>
        </media-live-button>
      )}
      <span class="controls-space" />
      {offeredReactions.value.length > 0 && <ReactionPalette />}
      {canClip.value && (
        <button
          type="button"
          class="controls-button controls-clip"
          aria-label={clipTexts.value.make}
          title={clipTexts.value.make}
          onClick={() => togglePanel('clip')}
        >
          <ScissorsIcon size={24} />
        </button>
      )}
      {mayChooseChannels.value && (
        <button
          type="button"
          class="controls-button"
          aria-label={texts.value.remote}
          title={texts.value.remote}
          data-arrow-start
          onClick={() => togglePanel('remote')}
        >
          <ListIcon size={24} />
        </button>
      )}
      <Menu player={player} />
      <media-cast-button notooltip />
      <media-airplay-button notooltip />
      <media-pip-button notooltip />
      <media-fullscreen-button notooltip />
    </media-control-bar>
  );
}
