import { useEffect } from 'preact/hooks';
import { toastError } from '../common/failure.ts';
import { toast } from '../common/toasts.tsx';
import { SettingRow } from './setting-row.tsx';
import { settingsApi } from './settings-api.ts';
import { SettingsEditor } from './settings-editor.ts';
import { setupTexts } from './texts.ts';

const names: ReadonlySet<string> = new Set(['HIDDEN_CHANNELS', 'ONLY_CHANNELS']);

/** Lives as long as the page, so that another step of it loses no draft. */
const editor = new SettingsEditor(settingsApi);

/** Which channels are left out or kept by words of their names. */
export function NamePatterns() {
  const t = setupTexts.value;
  useEffect(() => void editor.load().catch(toastError), []);
  const settings = editor.settings.value?.filter(({ name }) => names.has(name)) ?? [];
  if (settings.length === 0) return null;
  const isChanged = editor.changeCount.value > 0;
  const save = async () => {
    try {
      await editor.save();
      toast('good', t.namesSaved);
    } catch (error) {
      // Beside its field it says what to do.
      if (editor.problems.value.size === 0) toastError(error);
    }
  };
  return (
    <section class="settings-group" aria-labelledby="names-title">
      <h2 id="names-title">{t.names}</h2>
      <ul>
        {settings.map((setting) => (
          <SettingRow key={setting.name} setting={setting} editor={editor} />
        ))}
      </ul>
      <div class="setup-buttons">
        <button
          type="button"
          class={`button ${isChanged ? 'button-main' : 'button-plain'}`}
          disabled={editor.isBusy.value || !isChanged}
          aria-label={t.saveNames}
          onClick={() => void save()}
        >
          {t.save}
        </button>
      </div>
    </section>
  );
}
