import type { Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { CloseIcon, SearchIcon } from '../common/icons.tsx';
import { settingsTexts } from './settings-texts.ts';

interface SettingsFinderProps {
  readonly search: Signal<string>;
  readonly onlyChanged: Signal<boolean>;
}

/** The search field for settings, and a filter for those that are not at their default. */
export function SettingsFinder({ search, onlyChanged }: SettingsFinderProps) {
  const t = settingsTexts.value;
  const input = useRef<HTMLInputElement>(null);
  const clear = () => {
    search.value = '';
    input.current?.focus();
  };
  return (
    <search class="settings-finder">
      <div class="settings-search">
        <SearchIcon />
        <input
          ref={input}
          type="text"
          inputmode="search"
          enterkeyhint="search"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-label={t.search}
          placeholder={t.searchPlaceholder}
          value={search.value}
          onInput={(event) => {
            search.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || search.value === '') return;
            event.preventDefault();
            clear();
          }}
        />
        {search.value !== '' && (
          <button type="button" class="icon-button" aria-label={t.clearSearch} onClick={clear}>
            <CloseIcon size={18} />
          </button>
        )}
      </div>
      <label class="settings-filter">
        <input
          type="checkbox"
          checked={onlyChanged.value}
          onChange={(event) => {
            onlyChanged.value = event.currentTarget.checked;
          }}
        />
        {t.onlyChanged}
      </label>
    </search>
  );
}
