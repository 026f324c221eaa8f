import { useEffect, useRef } from 'preact/hooks';
import { CloseIcon, SearchIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { catalogue } from './catalogue.ts';

/** Search as one types; `/` comes here from anywhere, Escape clears, the down arrow goes to the first channel. */
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
    catalogue.setSearch('');
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
        aria-label={t.searchLabel}
        placeholder={t.searchPlaceholder}
        value={catalogue.search.value}
        onInput={(event) => catalogue.setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') clear();
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          document.querySelector<HTMLElement>('.channel-list .channel-button')?.focus();
        }}
      />
      {catalogue.search.value !== '' && (
        <button type="button" class="icon-button" aria-label={t.clearSearch} onClick={clear}>
          <CloseIcon size={18} />
        </button>
      )}
    </search>
  );
}
