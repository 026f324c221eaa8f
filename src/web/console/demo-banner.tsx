import { texts } from '../common/language.ts';
import { info } from '../common/session.ts';

export function DemoBanner() {
  if (!info.value?.demo) return null;
  return (
    <p class="demo">
      <span class="demo-bars" aria-hidden="true" />
      <span>
        {texts.value.demo} <code>XTREAM_URL</code>, <code>XTREAM_USERNAME</code>, <code>XTREAM_PASSWORD</code>{' '}
        {texts.value.demoEnd}
      </span>
    </p>
  );
}
