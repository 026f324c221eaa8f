import { useEffect, useState } from 'preact/hooks';
import { toastError } from '../common/failure.ts';
import { locale, texts } from '../common/language.ts';
import { toast } from '../common/toasts.tsx';
import type { SetupCategory } from './contract.ts';
import { hasWords } from './has-words.ts';
import { setupApi } from './setup-api.ts';
import { setupTexts } from './texts.ts';

const RETRY_MS = 2_000;
const MOST_TURNS = 30;

/** Which categories of the provider's list are in the channel list: ticks with a filter, saved by one button. */
export function CategoryPicker() {
  const t = setupTexts.value;
  const [items, setItems] = useState<readonly SetupCategory[] | null>(null);
  const [filter, setFilter] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [isChanged, setChanged] = useState(false);
  const [asked, setAsked] = useState(1);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      const found = await setupApi.categories();
      if (isOver) return;
      setItems(found);
      // the list of a new subscription may still be on its way
      if (found.length === 0 && asked < MOST_TURNS) timer = setTimeout(() => setAsked(asked + 1), RETRY_MS);
    };
    load().catch(toastError);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [asked]);
  if (items === null || items.length === 0) return null;

  const shown = items.filter(({ name }) => hasWords(name, filter));
  const kept = items.filter((each) => !each.is_hidden);
  const channels = kept.reduce((sum, { count }) => sum + count, 0);
  const keep = (ids: ReadonlySet<string>, isKept: boolean) => {
    setItems(items.map((each) => (ids.has(each.id) ? { ...each, is_hidden: !isKept } : each)));
    setChanged(true);
  };
  const keepShown = (isKept: boolean) => keep(new Set(shown.map(({ id }) => id)), isKept);
  const save = async () => {
    setBusy(true);
    try {
      await setupApi.hideCategories(items.filter((each) => each.is_hidden).map(({ id }) => id));
      setChanged(false);
      toast('good', t.categoriesSaved);
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };

  return (
    <section class="setup-card" aria-labelledby="categories-title">
      <h2 id="categories-title">{t.categories}</h2>
      <p class="setup-hint">{t.categoriesHint}</p>
      <div class="category-tools">
        <input
          type="search"
          value={filter}
          aria-label={t.filterCategories}
          placeholder={t.filterCategories}
          autocomplete="off"
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        <button type="button" class="button button-plain" onClick={() => keepShown(true)}>
          {t.all}
        </button>
        <button type="button" class="button button-plain" onClick={() => keepShown(false)}>
          {t.none}
        </button>
      </div>
      {shown.length === 0 ? (
        <p class="setup-hint">{t.noCategory}</p>
      ) : (
        <ul class="category-ticks">
          {shown.map(({ id, name, count, is_hidden: isHidden }) => (
            <li key={id}>
              <label>
                <input
                  type="checkbox"
                  checked={!isHidden}
                  onChange={({ currentTarget }) => keep(new Set([id]), currentTarget.checked)}
                />
                <span>{name}</span>
                <span class="category-tick-count">
                  {count.toLocaleString(locale.value)}
                  <span class="hidden-text"> {texts.value.views.channels}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      <div class="setup-buttons">
        <button
          type="button"
          class={`button ${isChanged ? 'button-main' : 'button-plain'}`}
          disabled={isBusy || !isChanged}
          onClick={() => void save()}
        >
          {t.save}
        </button>
        <p class="setup-hint" role="status">
          {t.kept(kept.length, items.length, channels.toLocaleString(locale.value))}
        </p>
      </div>
    </section>
  );
}
