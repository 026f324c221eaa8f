import { CloseIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { favourites, setFavourite } from './favourites.ts';

/** The favourites that are no longer in the provider's list, with buttons that remove them. */
export function GoneFavourites() {
  const t = texts.value;
  const gone = favourites.value.filter(({ channel }) => channel === null);
  if (gone.length === 0) return null;
  return (
    <section class="gone" aria-label={t.goneFavourites}>
      <h2>{t.goneFavourites}</h2>
      <ul>
        {gone.map(({ channel_id: id, channel_name: name }) => (
          <li key={id}>
            <span>{name}</span>
            <button
              type="button"
              class="icon-button"
              aria-label={t.forgetFavourite(name)}
              onClick={() => setFavourite(id, false)}
            >
              <CloseIcon size={16} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
