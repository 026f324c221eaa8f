import type { Catalogue } from '../catalogue/catalogue.ts';
import { labelOf, nameWithoutTags } from '../catalogue/channel-title.ts';
import { findAgain, toChannel } from '../catalogue/find-again.ts';
import { findLike } from '../catalogue/names/find-like.ts';
import type { ChannelGroup } from '../catalogue/variants.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Favourite, Favourites } from '../store/favourites.ts';
import type { ChannelMarks } from './channel-marks.ts';
import { type Requester, requireRole } from './rights.ts';

export interface FavouriteContext {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groups' | 'groupOf'>;
  readonly favourites: Pick<Favourites, 'of'>;
}

export interface RemoveFavouriteContext {
  readonly favourites: Pick<Favourites, 'remove'>;
}

export interface AddFavouriteContext extends FavouriteContext {
  readonly favourites: Pick<Favourites, 'of' | 'add' | 'remove'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Fits the buttons of one message, and the suggestions. */
const MOST = 25;

/**
 * A person's favourites that match a name in any spelling, all of them where nothing is typed. A mark matches the favourite of its
 * channel, or else the one of another variant.
 */
export function favouritesLike(
  { catalogue, favourites, marks }: FavouriteContext & { readonly marks: Pick<ChannelMarks, 'read'> },
  person: string,
  typed: string,
): Favourite[] {
  const own = favourites.of(person);
  const wish = typed.trim();
  const id = marks.read(wish);
  if (id === 'unknown') return [];
  if (id !== null) {
    const found =
      own.find(({ channelId }) => channelId === id) ?? findFavourite({ catalogue, favourites }, person, id);
    return found ? [found] : [];
  }
  if (wish === '') return own;
  return findLike(own, wish, (favourite) => [
    labelOf({ catalogue }, toChannel(favourite)),
    nameWithoutTags(favourite.channelName),
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

/**
 * Adds a favourite of the requester, in place of another variant of the same channel.
 * @throws AppError not_allowed, favourites_full
 */
export function addFavourite(
  context: AddFavouriteContext,
  by: Requester,
  { id, name }: Pick<Channel, 'id' | 'name'>,
): void {
  requireRole(by, 'own');
  const { favourites, catalogue, clock } = context;
  const { id: person } = by;
  const variants = new Set(catalogue.groupOf(id)?.variants.map((variant) => variant.id));
  const own = favourites.of(person).filter(({ channelId }) => channelId !== id);
  const same = own.filter(({ channelId }) => variants.has(channelId));
  if (own.length - same.length >= MOST) throw new AppError('favourites_full', { most: MOST });
  for (const { channelId } of same) favourites.remove(person, channelId);
  favourites.add(person, { channelId: id, channelName: name }, clock.now());
}

/** A person's favourite of a channel, whichever variant it is, and under whichever id it was added. */
export function findFavourite(
  { catalogue, favourites }: FavouriteContext,
  person: string,
  channelId: ChannelId,
): Favourite | null {
  const own = favourites.of(person);
  const variants = new Set(catalogue.groupOf(channelId)?.variants.map(({ id }) => id));
  const isIt = (favourite: Favourite) => {
    const channel = findAgain(catalogue, favourite);
    return channel !== null && variants.has(channel.id);
  };
  return own.find(isIt) ?? own.find((favourite) => favourite.channelId === channelId) ?? null;
}

/** Removes a favourite of the requester. @throws AppError not_allowed */
export function removeFavourite(
  context: RemoveFavouriteContext,
  by: Requester,
  { channelId }: Favourite,
): void {
  requireRole(by, 'own');
  context.favourites.remove(by.id, channelId);
}
