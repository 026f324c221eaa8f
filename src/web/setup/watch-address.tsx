import type { ComponentChildren } from 'preact';
import { CopyField } from '../common/copy-field.tsx';
import { texts } from '../common/language.ts';
import { QrCode } from '../common/qr-code.tsx';
import { info } from '../common/session.ts';
import { setupTexts } from './texts.ts';

/** The address to watch at, behind an address of this server; it has the key where one is needed. */
function watchUrl(address: string): string {
  const known = info.value?.addresses.watch;
  const key = known !== undefined && URL.canParse(known) ? new URL(known).search : '';
  return `${address}/watch${key}`;
}

interface WatchLinkProps {
  readonly address: string;
  /** What is known of the address. */
  readonly children?: ComponentChildren;
}

/** An address to open, to copy and to scan. */
export function WatchLink({ address, children }: WatchLinkProps) {
  const t = setupTexts.value;
  const url = watchUrl(address);
  return (
    <div class="watch-link">
      <QrCode text={url} label={t.qrOf(url)} />
      <div>
        <CopyField label={texts.value.addressWatch} value={url} />
        {children}
        <a class="watch-open" href={url} target="_blank" rel="noreferrer">
          {t.open}
        </a>
      </div>
    </div>
  );
}

/** The one address of a server on the internet. */
export function WatchAddress({ address }: { readonly address: string }) {
  return (
    <section class="setup-card" aria-labelledby="address-title">
      <h2 id="address-title">{setupTexts.value.yourAddress}</h2>
      <WatchLink address={address} />
    </section>
  );
}
