import { useRef } from 'preact/hooks';
import { MoveIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { otherScreens } from '../common/screens.ts';
import { moveTo, moving } from './broadcast.ts';
import { screenTexts } from './screen-texts.ts';

/** The button that moves the channel on air to another screen; empty where there is none that this browser may change. */
export function MoveMenu() {
  const dialog = useRef<HTMLDialogElement>(null);
  const t = screenTexts.value;
  const targets = otherScreens.value.filter((screen) => screen.may_control);
  if (targets.length === 0) return null;
  return (
    <>
      <button
        type="button"
        class="button button-plain"
        aria-haspopup="dialog"
        aria-label={t.move}
        title={t.move}
        disabled={moving.value}
        onClick={() => dialog.current?.showModal()}
      >
        {moving.value ? <span class="spinner" aria-hidden="true" /> : <MoveIcon size={18} />}
        <span class="button-text">{t.moveShort}</span>
      </button>
      <dialog class="confirm move-menu" ref={dialog} aria-label={t.move}>
        <h2>{t.move}</h2>
        <ul>
          {targets.map((screen) => (
            <li key={screen.id}>
              <button
                type="button"
                class="button button-plain"
                onClick={() => {
                  dialog.current?.close();
                  void moveTo(screen);
                }}
              >
                <strong>{t.moveTo(screen.name)}</strong>
                <span>{screen.channel_label ?? texts.value.nothingOnAir}</span>
              </button>
            </li>
          ))}
        </ul>
        <div class="confirm-buttons">
          <button type="button" class="button button-plain" onClick={() => dialog.current?.close()}>
            {texts.value.cancel}
          </button>
        </div>
      </dialog>
    </>
  );
}
