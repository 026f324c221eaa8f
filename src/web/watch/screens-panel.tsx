import { useEffect, useRef } from 'preact/hooks';
import { CloseIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { closePanel } from './panels.ts';
import { ScreenLinks } from './screen-links.tsx';

/** Chooses another screen to watch. */
export function ScreensPanel() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
  }, []);
  const t = texts.value;
  return (
    <dialog class="help" ref={dialog} onClose={() => closePanel('screens')} aria-label={t.screens}>
      <header>
        <h2>{t.screens}</h2>
        <button type="button" class="help-close" onClick={() => closePanel()} aria-label={t.close}>
          <CloseIcon />
        </button>
      </header>
      <ScreenLinks />
    </dialog>
  );
}
