import { useRef } from 'preact/hooks';
import { CloseIcon, ListIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { CategoryList, chosenName } from './category-list.tsx';

/** The categories in a drawer with its button, for screens without room for a column. */
export function CategoryDrawer() {
  const drawer = useRef<HTMLDialogElement>(null);
  const t = texts.value;
  const chosen = chosenName();
  const close = () => drawer.current?.close();
  return (
    <div class="drawer-holder">
      <button
        type="button"
        class={`drawer-open ${chosen === null ? '' : 'drawer-open-chosen'}`}
        aria-haspopup="dialog"
        aria-label={chosen === null ? t.categories : `${t.categories}: ${chosen}`}
        onClick={() => drawer.current?.showModal()}
      >
        <ListIcon size={22} />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the click is one beside the drawer; Escape closes a dialog anyway */}
      <dialog
        class="drawer"
        ref={drawer}
        aria-label={t.categories}
        onClick={(event) => {
          if (event.target === drawer.current) close();
        }}
      >
        <div class="drawer-inside">
          <header>
            <h2>{t.categories}</h2>
            <button type="button" class="icon-button" aria-label={t.close} onClick={close}>
              <CloseIcon />
            </button>
          </header>
          <CategoryList onChoose={close} />
        </div>
      </dialog>
    </div>
  );
}
