import type { Catalogue } from '../catalogue/catalogue.ts';
import { channelTitle, labelOf } from '../catalogue/channel-title.ts';
import { findAgain } from '../catalogue/find-again.ts';
import { findLike } from '../catalogue/names/find-like.ts';
import type { ChannelGroup } from '../catalogue/variants.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import { type ChannelId, ownIdOf } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Favourite, Favourites } from '../store/favourites.ts';
import type { ChannelMarks } from './channel-marks.ts';

export interface FavouriteContext {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groups' | 'groupOf'>;
  readonly favourites: Pick<Favourites, 'of'>;
}

export interface RemoveFavouriteContext extends FavouriteContext {
  readonly favourites: Pick<Favourites, 'of' | 'remove'>;
}

export interface AddFavouriteContext extends FavouriteContext {
  readonly favourites: Pick<Favourites, 'of' | 'add' | 'remove'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Fits the buttons of one message, and the suggestions. */
const MOST = 25;

/** A person's favourites that match a mark, or a name in any spelling; all of them where nothing is typed. */
export function favouritesLike(
  { catalogue, favourites, marks }: FavouriteContext & { readonly marks: Pick<ChannelMarks, 'read'> },
  person: string,
  typed: string,
): Favourite[] {
  const own = favourites.of(person);
  const wish = typed.trim();
  const id = marks.read(wish);
  if (id !== null) return own.filter(({ channelId }) => channelId === id);
  if (wish === '') return own;
  return findLike(own, wish, (favourite) => [
    labelOf({ catalogue }, favourite),
    channelTitle(favourite.channelName).name,
  ]);
}

/** Tells whether any variant of a channel is a favourite of a person. */
export function favouriteTest(
  { catalogue, favourites }: FavouriteContext,
  person: string,
): (group: Pick<ChannelGroup, 'variants'>) => boolean {
  const ids = new Set(favourites.of(person).map((favourite) => findAgain(catalogue, favourite)?.id));
  return ({ variants }) => variants.some(({ id }) => ids.has(id));
}

/** Adds a favourite, in place of another variant of the same channel. @throws AppError favourites_full */
export function addFavourite(
  { favourites, catalogue, clock }: AddFavouriteContext,
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

/**
 * Removes a favourite, whichever variant of the channel it is, and under whichever id it was added.
 * @throws AppError no_favourite
 */
export function removeFavourite(
  { catalogue, favourites }: RemoveFavouriteContext,
  person: string,
  channelId: ChannelId,
): void {
  const own = favourites.of(person);
  const variants = new Set(catalogue.groupOf(channelId)?.variants.map(({ id }) => id));
  const isIt = (favourite: Favourite) => {
    const channel = findAgain(catalogue, favourite);
    return channel !== null && variants.has(channel.id);
  };
  const found = own.find(isIt) ?? own.find((favourite) => favourite.channelId === channelId);
  if (!found) throw new AppError('no_favourite', { query: `#${ownIdOf(channelId)}` });
  favourites.remove(person, found.channelId);
}
