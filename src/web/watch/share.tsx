import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { copyText } from '../common/copy-text.ts';
import { status } from '../common/events.ts';
import { CheckIcon, CloseIcon, CopyIcon, ShareIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { QrCode } from '../common/qr-code.tsx';
import { closePanel } from './panels.ts';
import { watchAddress } from './rights.ts';

/** Shares the page's address: as a QR code, to copy, or through the system's share dialog. */
export function Share() {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const copied = useSignal(false);
  useEffect(() => dialog.current?.showModal(), []);
  const t = texts.value;
  const url = watchAddress.value;
  const copy = async () => {
    try {
      await copyText(url, field.current);
      copied.value = true;
    } catch {
      field.current?.select();
    }
  };
  return (
    <dialog class="help share" ref={dialog} onClose={closePanel} aria-label={t.share}>
      <header>
        <h2>{t.share}</h2>
        <button type="button" class="help-close" onClick={closePanel} aria-label={t.close}>
          <CloseIcon />
        </button>
      </header>
      <QrCode text={url} label={t.addressQr} />
      <p class="share-hint">{t.shareHint}</p>
      <input
        ref={field}
        type="text"
        readonly
        value={url}
        aria-label={t.addressWatch}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="share-buttons">
        <button type="button" class="button button-main" onClick={() => void copy()}>
          {copied.value ? <CheckIcon size={18} /> : <CopyIcon size={18} />}
          {copied.value ? t.copied : t.copy}
        </button>
        {'share' in navigator && (
          <button type="button" class="button" onClick={() => void pass(url)}>
            <ShareIcon size={18} />
            {t.sharePass}
          </button>
        )}
      </div>
      <p class="hidden-text" role="status">
        {copied.value ? t.copied : ''}
      </p>
    </dialog>
  );
}

/** Opens the system's share dialog; cancelling it is no error. */
async function pass(url: string): Promise<void> {
  const title = status.value?.channel_label ?? texts.value.watchTitle;
  await navigator.share({ title, url }).catch(() => undefined);
}
