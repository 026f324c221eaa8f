import { CopyField } from '../common/copy-field.tsx';
import { texts } from '../common/language.ts';
import { ScanCode } from '../common/scan-code.tsx';
import { info } from '../common/session.ts';
import { useWide } from './wide.ts';

/** The addresses to watch on other devices; folded where there is little room. */
export function Addresses() {
  const t = texts.value;
  const wide = useWide();
  const addresses = info.value?.addresses;
  if (!addresses) return null;
  return (
    <aside class="addresses">
      <details open={wide}>
        <summary>{t.addresses}</summary>
        <CopyField label={t.addressWatch} value={addresses.watch} />
        <CopyField label={t.addressHls} value={addresses.hls} />
        <CopyField label={t.addressTs} value={addresses.ts} />
        <ScanCode text={addresses.watch} label={t.addressQr} />
        <p class="addresses-hint">{t.addressesHint}</p>
      </details>
    </aside>
  );
}
