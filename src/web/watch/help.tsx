import { useEffect, useRef } from 'preact/hooks';
import { CloseIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { otherScreens } from '../common/screens.ts';
import { clipTexts } from './clip-texts.ts';
import { canClip } from './panels.ts';
import { pastTexts } from './past-texts.ts';
import { offeredReactions } from './reactions.ts';
import { canRewind } from './rewind.ts';
import { mayChooseChannels } from './rights.ts';

/** The list of keyboard shortcuts, as a modal dialog. */
export function Help({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);

  const t = texts.value;
  const shortcuts: readonly (readonly [readonly string[], string])[] = [
    [[t.keySpace, 'K'], t.keyPlay],
    [['M'], t.keyMute],
    [['↑', '↓'], t.keyVolume],
    ...(canRewind.value
      ? ([
          [['←', 'J'], pastTexts.value.keyBack],
          [['→'], pastTexts.value.keyForward],
          [[pastTexts.value.keyHome], pastTexts.value.keyStart],
        ] as const)
      : []),
    [['L'], t.keyLive],
    [['F'], t.keyFullscreen],
    [['P'], t.keyPip],
    [['I'], t.stats],
    [['S'], t.share],
    ...(canClip.value ? [[['C'], clipTexts.value.key] as const] : []),
    ...(offeredReactions.value.length > 0 ? [[['E'], t.reactions] as const] : []),
    ...(mayChooseChannels.value
      ? ([
          [['R', '↵'], t.remote],
          [['0', '…', '9'], t.keyNumber],
          [['Page ↑', '↓'], t.keyNeighbours],
        ] as const)
      : []),
    ...(otherScreens.value.length > 0 ? [[['W'], t.keyScreens] as const] : []),
    [['?'], t.keyHelp],
  ];
  return (
    <dialog class="help" ref={dialog} onClose={onClose} aria-label={t.keyboardHelp}>
      <header>
        <h2>{t.keyboardHelp}</h2>
        <button type="button" class="help-close" onClick={onClose} aria-label={t.close}>
          <CloseIcon />
        </button>
      </header>
      <dl>
        {shortcuts.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
