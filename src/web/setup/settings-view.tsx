import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { toastError } from '../common/failure.ts';
import type { Setting } from './contract.ts';
import { RestartNotice } from './restart-notice.tsx';
import { searchSettings } from './search-settings.ts';
import { SettingRows } from './setting-rows.tsx';
import { settingsApi } from './settings-api.ts';
import { SettingsBar } from './settings-bar.tsx';
import { SettingsEditor } from './settings-editor.ts';
import { SettingsFinder } from './settings-finder.tsx';
import { settingsTexts } from './settings-texts.ts';
import { reloadSetup } from './setup-state.ts';

/** Lives as long as the page, so that another tab of it loses no draft. */
const editor = new SettingsEditor(settingsApi);
const search = signal('');
const onlyChanged = signal(false);

const found = computed<readonly Setting[]>(() => {
  const all = editor.settings.value ?? [];
  const drafts = editor.drafts.value;
  const wanted = onlyChanged.value
    ? all.filter(({ name, source }) => source !== 'default' || drafts.has(name))
    : all;
  return searchSettings(wanted, search.value);
});

async function load(): Promise<void> {
  try {
    await Promise.all([editor.load(), reloadSetup()]);
  } catch (error) {
    toastError(error, load);
  }
}

/** Every setting with its meaning, value and origin, to search and to change. */
export function SettingsView() {
  const t = settingsTexts.value;
  useEffect(() => void load(), []);
  useEffect(() => {
    addEventListener('beforeunload', keepDrafts);
    return () => removeEventListener('beforeunload', keepDrafts);
  }, []);
  if (editor.settings.value === null) return <Loading />;
  const count = found.value.length;
  return (
    <>
      <SettingsFinder search={search} onlyChanged={onlyChanged} />
      <RestartNotice onBack={load} />
      {editor.notices.value.map((notice) => (
        <p key={notice} class="restart-notice">
          {notice}
        </p>
      ))}
      <p class="settings-count" role="status">
        {count === 0 ? t.none : t.count(count)}
      </p>
      {count === 0 && (
        <p class="settings-none">
          {t.noneHint}{' '}
          <button type="button" class="button button-plain" onClick={showAll}>
            {t.showAll}
          </button>
        </p>
      )}
      {byGroup(found.value).map(([group, settings]) => (
        <section key={group} class="settings-group" aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`}>{t.groups[group] ?? group}</h2>
          <SettingRows settings={settings} editor={editor} isSearch={search.value.trim() !== ''} />
        </section>
      ))}
      <SettingsBar editor={editor} onProblems={showProblem} onSaved={reloadSetup} />
    </>
  );
}

/** The settings of each group, in the order of the first of each. */
function byGroup(settings: readonly Setting[]): [group: string, settings: Setting[]][] {
  const groups = new Map<string, Setting[]>();
  for (const setting of settings) groups.set(setting.group, [...(groups.get(setting.group) ?? []), setting]);
  return [...groups];
}

function Loading() {
  const t = settingsTexts.value;
  if (editor.isBusy.value) return <p class="setup-hint">{t.loading}</p>;
  return (
    <p class="setup-buttons">
      <button type="button" class="button button-plain" onClick={() => void load()}>
        {t.retry}
      </button>
    </p>
  );
}

function showAll(): void {
  search.value = '';
  onlyChanged.value = false;
}

/** Shows the first wrong field, also one that the search hides. */
function showProblem(): void {
  const { problems } = editor;
  if (![...problems.value.keys()].every((wrong) => found.value.some(({ name }) => name === wrong))) showAll();
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('.setting-wrong :is(input, select, textarea, button)')?.focus(),
  );
}

/** The browser asks before it closes a page with drafts. */
function keepDrafts(event: BeforeUnloadEvent): void {
  if (editor.changeCount.peek() > 0) event.preventDefault();
}
