import { foldWords } from '../catalogue/names/fold.ts';
import type { Favourite } from '../store/favourites.ts';
import type { CommandContext } from './context.ts';

type FavouriteContext = Pick<CommandContext, 'catalogue' | 'favourites'>;

/** So many channels like what was typed are looked at for one that is kept. */
const LOOKED_AT = 25;

/** Somebody's favourites that are meant by `#` and an id, or by a name in any spelling; nothing typed means all. */
export function favouritesLike(
  { catalogue, favourites }: FavouriteContext,
  person: string,
  typed: string,
): Favourite[] {
  const own = favourites.of(person);
  const wish = typed.trim();
  const id = /^#(\d{1,15})$/.exec(wish)?.[1];
  if (id !== undefined) return own.filter(({ channelId }) => channelId === Number(id));
  const words = foldWords(wish);
  const named = own.filter(({ channelName }) => foldWords(channelName).includes(words));
  if (named.length > 0 || own.length === 0) return named;
  const ids = new Set(own.map(({ channelId }) => channelId));
  const like = catalogue
    .groups(wish, { limit: LOOKED_AT, boosts: { favourites: ids } })
    .flatMap(({ variants }) => variants.map((variant) => variant.id));
  return like.flatMap((channelId) => own.find((favourite) => favourite.channelId === channelId) ?? []);
}

/** The channel as people know it. */
export function labelOf(
  { catalogue }: Pick<FavouriteContext, 'catalogue'>,
  { channelId, channelName }: Favourite,
): string {
  return catalogue.groupOf(channelId)?.label ?? channelName;
}
