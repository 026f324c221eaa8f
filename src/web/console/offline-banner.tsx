import { useEffect, useState } from 'preact/hooks';
import { online } from '../common/events.ts';
import { texts } from '../common/language.ts';

/** A restart that is over by then shows no banner. */
const PATIENCE_MS = 1_500;

export function OfflineBanner() {
  const away = online.value === false;
  const [told, setTold] = useState(false);
  useEffect(() => {
    if (!away) {
      setTold(false);
      return undefined;
    }
    const timer = setTimeout(() => setTold(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [away]);
  return (
    <div role="alert">
      {told && (
        <p class="offline">
          <span class="spinner" aria-hidden="true" />
          {texts.value.offline}
        </p>
      )}
    </div>
  );
}
