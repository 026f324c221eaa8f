import type { OneTimeLink as Link } from './contract/people.ts';
import { CopyField } from './copy-field.tsx';
import { locale, texts } from './language.ts';
import { ScanCode } from './scan-code.tsx';

interface OneTimeLinkProps {
  readonly label: string;
  readonly link: Link;
}

/** A link that works once, to copy or scan; it is shown until the page closes or makes another one. */
export function OneTimeLink({ label, link: { url, expires_at: end } }: OneTimeLinkProps) {
  const t = texts.value;
  const until = new Intl.DateTimeFormat(locale.value, { dateStyle: 'long', timeStyle: 'short' });
  return (
    <div class="one-time-link">
      <CopyField label={label} value={url} />
      <p>{t.opensOnce(until.format(new Date(end)))}</p>
      <ScanCode text={url} label={t.linkQr} />
    </div>
  );
}
