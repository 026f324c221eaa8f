import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../common/api.ts';
import type { Setting } from '../common/contract/server.ts';
import { toastError } from '../common/failure.ts';
import { texts } from '../common/language.ts';

/** The values in use of all settings; for secrets only whether they are set. */
export function SettingList() {
  const t = texts.value;
  const settings = useSignal<readonly Setting[]>([]);
  useEffect(() => {
    api.settings().then((items) => {
      settings.value = items;
    }, toastError);
  }, [settings]);
  return (
    <section class="server-card" aria-label={t.settings}>
      <h2>{t.settings}</h2>
      <p class="server-summary">
        {t.settingsHint} <a href="/setup#settings">{t.settingsChange}</a>
      </p>
      <dl class="settings">
        {settings.value.map((setting) => (
          <div key={setting.name}>
            <dt>{setting.name}</dt>
            <dd>
              <Value setting={setting} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Value({ setting: { value, is_set: isSet, is_hidden: isHidden } }: { readonly setting: Setting }) {
  const t = texts.value;
  if (isHidden || value === null) return <em>{isSet ? t.isSet : t.isNotSet}</em>;
  return (
    <>
      {value}
      {!isSet && <em> {t.isDefault}</em>}
    </>
  );
}
