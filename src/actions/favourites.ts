import { channelTitle } from '../catalogue/channel-title.ts';
import { findAgain } from '../catalogue/find-again.ts';
import { findLike } from '../catalogue/names/find-like.ts';
import type { ChannelGroup } from '../catalogue/variants.ts';
import type { CommandContext } from '../commands/context.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { Favourite } from '../store/favourites.ts';

type FavouriteContext = Pick<CommandContext, 'catalogue' | 'favourites'>;

/** So many fit the buttons of one message, and the suggestions. */
const MOST = 25;

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
  if (wish === '') return own;
  return findLike(own, wish, (favourite) => [
    labelOf({ catalogue }, favourite),
    channelTitle(favourite.channelName).name,
  ]);
}

/** Whether somebody keeps any variant of a channel. */
export function keeps(
  { catalogue, favourites }: FavouriteContext,
  person: string,
): (group: Pick<ChannelGroup, 'variants'>) => boolean {
  const ids = new Set(favourites.of(person).map((favourite) => findAgain(catalogue, favourite)?.id));
  return ({ variants }) => variants.some(({ id }) => ids.has(id));
}

/** One variant of a channel is kept: another one takes its place. @throws AppError favourites_full */
export function keepFavourite(
  { favourites, catalogue, clock }: FavouriteContext & Pick<CommandContext, 'clock'>,
  person: string,
  { id, name }: Pick<Channel, 'id' | 'name'>,
): void {
  const variants = new Set(catalogue.groupOf(id)?.variants.map((variant) => variant.id));
  const own = favourites.of(person).filter(({ channelId }) => channelId !== id);
  const same = own.filter(({ channelId }) => variants.has(channelId));
  if (own.length - same.length >= MOST) throw new AppError('favourites_full', { most: MOST });
  for (const { channelId } of same) favourites.remove(person, channelId);
  favourites.add(person, { channelId: id, channelName: name }, clock.now());
}

/** Keeps a channel no longer, whichever variant of it was kept, and under whichever id. @throws AppError no_favourite */
export function forgetFavourite(
  { catalogue, favourites }: FavouriteContext,
  person: string,
  channelId: number,
): void {
  const own = favourites.of(person);
  const variants = new Set(catalogue.groupOf(channelId)?.variants.map(({ id }) => id));
  const isIt = (favourite: Favourite) => variants.has(findAgain(catalogue, favourite)?.id ?? Number.NaN);
  const found = own.find(isIt) ?? own.find((favourite) => favourite.channelId === channelId);
  if (!found) throw new AppError('no_favourite', { query: `#${channelId}` });
  favourites.remove(person, found.channelId);
}

/** The channel as people know it. */
export function labelOf(
  { catalogue }: Pick<FavouriteContext, 'catalogue'>,
  { channelId, channelName }: Favourite,
): string {
  return catalogue.groupOf(channelId)?.label ?? channelTitle(channelName).name;
}
