import { duration } from '../common/format.ts';
import { Back30Icon, Forward30Icon, FromStartIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { pastTexts } from './past-texts.ts';
import type { Player } from './player.ts';
import { behindLive, canRewind, fromStart, skip } from './rewind.ts';

/** The buttons that go through the past; none where nothing is kept. */
export function PastButtons({ player }: { readonly player: Player }) {
  if (!canRewind.value) return null;
  const t = pastTexts.value;
  return (
    <>
      <button
        type="button"
        class="controls-button controls-from-start"
        aria-label={t.fromStart}
        title={t.fromStart}
        onClick={() => fromStart(player)}
      >
        <FromStartIcon size={24} />
      </button>
      <button
        type="button"
        class="controls-button"
        aria-label={t.back30}
        title={t.back30}
        onClick={() => skip(player, -30)}
      >
        <Back30Icon size={26} />
      </button>
      {player.inPast.value && (
        <button
          type="button"
          class="controls-button"
          aria-label={t.forward30}
          title={t.forward30}
          onClick={() => skip(player, 30)}
        >
          <Forward30Icon size={26} />
        </button>
      )}
    </>
  );
}

/** Says how far the picture is behind live, and leads back there. */
export function BackToLive({ player }: { readonly player: Player }) {
  const t = texts.value;
  const behind = behindLive(player);
  if (behind === null) return null;
  return (
    <button type="button" class="back-to-live" onClick={() => player.goLive()}>
      <span class="back-to-live-dot" aria-hidden="true" />
      <strong>{t.backToLive}</strong>
      <span>{t.behindLive(duration(behind, t.units))}</span>
    </button>
  );
}
