import { useEffect, useRef } from 'preact/hooks';
import { CloseIcon, SearchIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { clearSearch, find, scope, searched, searchesTitles } from './search-scope.ts';
import { view } from './view.ts';

/** The search field; `/` focuses it from anywhere, Escape clears it, and the down arrow leads to the first channel. */
export function SearchBox() {
  const input = useRef<HTMLInputElement>(null);
  const t = texts.value;

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea');
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);

  const clear = () => {
    clearSearch();
    input.current?.focus();
  };
  return (
    <search class="search">
      <SearchIcon />
      <input
        ref={input}
        id="search"
        type="text"
        inputmode="search"
        enterkeyhint="search"
        autocomplete="off"
        spellcheck={false}
        aria-label={searchesTitles.value ? t.searchTitles : t.searchLabel}
        placeholder={searchesTitles.value ? t.searchTitles : t.searchPlaceholder}
        value={searched.value}
        onInput={(event) => find(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && searched.value !== '') {
            event.preventDefault();
            clear();
          }
          if (event.key !== 'ArrowDown') return;
          const first = document.querySelector<HTMLElement>('.channel-list .channel-button');
          if (!first) return;
          event.preventDefault();
          first.focus();
        }}
      />
      {searched.value !== '' && (
        <button type="button" class="icon-button" aria-label={t.clearSearch} onClick={clear}>
          <CloseIcon size={18} />
        </button>
      )}
      {view.value === 'guide' && <ScopeMenu />}
    </search>
  );
}

/** Chooses between channels and programmes for a search in the guide. */
function ScopeMenu() {
  const t = texts.value;
  return (
    <select
      class="search-scope"
      aria-label={t.searchScope}
      value={scope.value}
      onChange={({ currentTarget }) => {
        scope.value = currentTarget.value === 'titles' ? 'titles' : 'channels';
      }}
    >
      <option value="channels">{t.views.channels}</option>
      <option value="titles">{t.programmes}</option>
    </select>
  );
}
