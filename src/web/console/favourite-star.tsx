import { StarIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { isFavourite, setFavourite } from './favourites.ts';

interface StarProps {
  /** The variant that would be kept. */
  readonly id: number;
  /** All variants, as far as they are known. */
  readonly variants?: readonly number[];
  readonly name: string;
}

/** Says whether a channel is one of one's favourites, and makes it one. */
export function FavouriteStar({ id, variants = [id], name }: StarProps) {
  const t = texts.value;
  const isKept = isFavourite(variants);
  return (
    <button
      type="button"
      class="icon-button star"
      aria-pressed={isKept}
      aria-label={t.favourite(name)}
      title={isKept ? t.removeFavourite : t.addFavourite}
      onClick={() => setFavourite(id, !isKept)}
    >
      <StarIcon size={19} />
    </button>
  );
}
