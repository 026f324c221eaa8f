import { texts } from '../common/language.ts';
import { info, may } from '../common/session.ts';

/** Says that the channels are the demo's, with a way to the set-up page for admins. */
export function DemoBanner() {
  const t = texts.value;
  if (!info.value?.demo) return null;
  return (
    <p class="demo">
      <span class="demo-bars" aria-hidden="true" />
      <span>
        {t.demo} {may('administer') ? <a href="/setup">{t.demoOwn}</a> : t.demoAsk}
      </span>
    </p>
  );
}
