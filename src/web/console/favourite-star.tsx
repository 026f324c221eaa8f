import type { ChannelId } from '../common/contract/channels.ts';
import { StarIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { isFavourite, setFavourite } from './favourites.ts';

interface StarProps {
  /** The variant to add to the favourites. */
  readonly id: ChannelId;
  /** All variants of the channel, as far as they are known. */
  readonly variants?: readonly ChannelId[];
  readonly name: string;
}

/** The star that adds a channel to the favourites or removes it. */
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
