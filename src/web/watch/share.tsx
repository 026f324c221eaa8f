import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { copyText } from '../common/copy-text.ts';
import { status } from '../common/events.ts';
import { exactTime } from '../common/format.ts';
import { CheckIcon, ClockIcon, CloseIcon, CopyIcon, ShareIcon } from '../common/icons.tsx';
import { locale, texts } from '../common/language.ts';
import { QrCode } from '../common/qr-code.tsx';
import { withMoment } from './asked-moment.ts';
import { closePanel } from './panels.ts';
import { pastTexts } from './past-texts.ts';
import type { Player } from './player.ts';
import { canRewind } from './rewind.ts';
import { watchAddress } from './rights.ts';

/** Shares the page's address: as a QR code, to copy, or through the system's share dialog. */
export function Share({ player }: { readonly player: Player | null }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const copied = useSignal<'page' | 'moment' | null>(null);
  /** The moment of the address that is shown; null for the page's. */
  const moment = useSignal<number | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const t = texts.value;
  const url = moment.value === null ? watchAddress.value : withMoment(watchAddress.value, moment.value);
  const copy = async (what: 'page' | 'moment') => {
    const at = what === 'moment' ? (player?.moment.peek() ?? null) : null;
    moment.value = at;
    const address = at === null ? watchAddress.peek() : withMoment(watchAddress.peek(), at);
    // what is copied is selected, where there is no other way
    if (field.current) field.current.value = address;
    try {
      await copyText(address, field.current);
      copied.value = what;
    } catch {
      field.current?.select();
    }
  };
  return (
    <dialog class="help share" ref={dialog} onClose={() => closePanel('share')} aria-label={t.share}>
      <header>
        <h2>{t.share}</h2>
        <button type="button" class="help-close" onClick={() => closePanel()} aria-label={t.close}>
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
        <button type="button" class="button button-main" onClick={() => void copy('page')}>
          {copied.value === 'page' ? <CheckIcon size={18} /> : <CopyIcon size={18} />}
          {copied.value === 'page' ? t.copied : t.copy}
        </button>
        {'share' in navigator && (
          <button type="button" class="button" onClick={() => void pass(url)}>
            <ShareIcon size={18} />
            {t.sharePass}
          </button>
        )}
      </div>
      {canRewind.value && (
        <div class="share-buttons">
          <button type="button" class="button" onClick={() => void copy('moment')}>
            {copied.value === 'moment' ? <CheckIcon size={18} /> : <ClockIcon size={18} />}
            {copied.value === 'moment' && moment.value !== null
              ? pastTexts.value.momentCopied(exactTime(new Date(moment.value).toISOString(), locale.value))
              : pastTexts.value.shareMoment}
          </button>
        </div>
      )}
      <p class="hidden-text" role="status">
        {copied.value === null ? '' : t.copied}
      </p>
    </dialog>
  );
}

/** Opens the system's share dialog; cancelling it is no error. */
async function pass(url: string): Promise<void> {
  const title = status.value?.channel_label ?? texts.value.watchTitle;
  await navigator.share({ title, url }).catch(() => undefined);
}
