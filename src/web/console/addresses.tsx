import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { liveScreen } from '../../domain/ids.ts';
import { api } from '../common/api.ts';
import type { Addresses as Paths } from '../common/contract/screens.ts';
import { CopyField } from '../common/copy-field.tsx';
import { texts } from '../common/language.ts';
import { ScanCode } from '../common/scan-code.tsx';
import { screenHere } from '../common/screens.ts';
import { info } from '../common/session.ts';
import { useWide } from './wide.ts';

/** The addresses to watch on other devices; folded where there is little room. */
export function Addresses() {
  const t = texts.value;
  const wide = useWide();
  const addresses = useAddresses(screenHere.value);
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

/** The addresses of a screen; undefined until they are known. */
function useAddresses(screen: string): Paths | undefined {
  const others = useSignal<ReadonlyMap<string, Paths>>(new Map());
  useEffect(() => {
    if (screen === liveScreen) return;
    api.screens().then(
      (list) => {
        others.value = new Map(list.map(({ id, addresses }) => [id, addresses]));
      },
      // offline: they stay unknown until the screen is chosen again
      () => undefined,
    );
  }, [screen, others]);
  return screen === liveScreen ? info.value?.addresses : others.value.get(screen);
}
