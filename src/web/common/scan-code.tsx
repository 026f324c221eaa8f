import { texts } from './language.ts';
import { QrCode } from './qr-code.tsx';
import { info } from './session.ts';

/** An address as a QR code; a hint in its place if phones could not open the address. */
export function ScanCode({ text, label }: { readonly text: string; readonly label: string }) {
  const t = texts.value;
  const onlyHere = info.value?.only_here ?? null;
  if (onlyHere === null) return <QrCode text={text} label={label} />;
  return (
    <p class="only-here">
      <strong>{t.onlyHere}</strong> {t.onlyHereHints[onlyHere]}
    </p>
  );
}
