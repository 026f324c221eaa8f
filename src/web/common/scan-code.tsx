import { texts } from './language.ts';
import { QrCode } from './qr-code.tsx';
import { info, may } from './session.ts';

/** An address as a QR code; a hint in its place if phones could not open the address. */
export function ScanCode({ text, label }: { readonly text: string; readonly label: string }) {
  const t = texts.value;
  const onlyHere = info.value?.only_here ?? null;
  if (onlyHere === null) return <QrCode text={text} label={label} />;
  const hint = t.onlyHereHints[onlyHere];
  const isTheirs = onlyHere === 'host' && may('administer');
  return (
    <p class="only-here">
      <strong>{t.onlyHere}</strong> {isTheirs ? <a href="/setup#watch">{hint}</a> : hint}
    </p>
  );
}
