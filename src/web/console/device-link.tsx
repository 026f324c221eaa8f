import { useState } from 'preact/hooks';
import { api } from '../common/api.ts';
import type { OneTimeLink as Link } from '../common/contract/people.ts';
import { toastError } from '../common/failure.ts';
import { texts } from '../common/language.ts';
import { OneTimeLink } from '../common/one-time-link.tsx';

/** Makes a link that logs in another device of the same person. */
export function DeviceLink() {
  const t = texts.value;
  const [link, setLink] = useState<Link | null>(null);
  const make = () => api.sessionLink().then(setLink, toastError);
  return (
    <div class="part-more">
      <button type="button" class="button button-plain" onClick={() => void make()}>
        {t.otherDevice}
      </button>
      <div role="status">{link && <OneTimeLink label={t.otherDeviceLink} link={link} />}</div>
    </div>
  );
}
