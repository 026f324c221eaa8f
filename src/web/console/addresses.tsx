import { useEffect, useState } from 'preact/hooks';
import { CheckIcon, CopyIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { tell } from './failure.ts';
import { QrCode } from './qr-code.tsx';
import { info } from './session.ts';

const WIDE = '(min-width: 1120px)';
const COPIED_MS = 2_000;

/** Where else the channel can be watched; folded where it would be in the way. */
export function Addresses() {
  const t = texts.value;
  const wide = useWide();
  const addresses = info.value?.addresses;
  if (!addresses) return null;
  return (
    <aside class="addresses">
      <details open={wide}>
        <summary>{t.addresses}</summary>
        <Address label={t.addressWatch} url={addresses.watch} />
        <Address label={t.addressHls} url={addresses.hls} />
        <Address label={t.addressTs} url={addresses.ts} />
        <QrCode text={addresses.watch} label={t.addressQr} />
        <p class="addresses-hint">{t.addressesHint}</p>
      </details>
    </aside>
  );
}

function Address({ label, url }: { readonly label: string; readonly url: string }) {
  const t = texts.value;
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (field: HTMLInputElement | null) => {
    try {
      await copyText(url, field);
      setCopied(true);
    } catch (error) {
      tell(error);
    }
  };
  return (
    <div class="address">
      <span class="address-label">{label}</span>
      <div class="address-field">
        <input
          type="text"
          readonly
          value={url}
          aria-label={label}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button
          type="button"
          class="icon-button"
          aria-label={copied ? t.copied : t.copyAddress(label)}
          title={copied ? t.copied : t.copy}
          onClick={(event) => void copy(event.currentTarget.parentElement?.querySelector('input') ?? null)}
        >
          {copied ? <CheckIcon size={18} /> : <CopyIcon size={18} />}
        </button>
      </div>
    </div>
  );
}

/** A page that came by plain http from another machine has no clipboard: there, the selection is copied. */
async function copyText(text: string, field: HTMLInputElement | null): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  field?.select();
  if (!document.execCommand('copy')) throw new Error('The browser refuses to copy');
}

function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const follow = () => setWide(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return wide;
}
