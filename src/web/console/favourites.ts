import { computed, signal } from '@preact/signals';
import { api } from '../common/api.ts';
import type { Favourite } from '../common/contract.ts';
import { tell } from './failure.ts';

/** What whoever is logged in keeps, here and in the bots alike, as the server last told it. */
export const favourites = signal<readonly Favourite[]>([]);

interface Wish {
  readonly isKept: boolean;
}

/** By channel: what this page has asked for and not heard of yet. It is shown as if it were done. */
const wishes = signal<ReadonlyMap<number, Wish>>(new Map());

/** The favourites in all their variants. */
const kept = computed(
  () => new Set(favourites.value.flatMap(({ channel }) => channel?.variants.map(({ id }) => id) ?? [])),
);

/** Changes go one after the other: the last press of a star wins. */
let queue: Promise<void> = Promise.resolve();

/** Whether a channel is kept. @param ids its variants, as far as they are known. */
export function isFavourite(ids: readonly number[]): boolean {
  const wish = ids.map((id) => wishes.value.get(id)).find((one) => one !== undefined);
  return wish?.isKept ?? ids.some((id) => kept.value.has(id));
}

/** Keeps a channel, or no longer. A failure is told, and what is true is shown again. */
export function setFavourite(id: number, isKept: boolean): void {
  const wish = { isKept };
  wishes.value = new Map(wishes.value).set(id, wish);
  queue = queue.then(async () => {
    try {
      await (isKept ? api.keepFavourite(id) : api.forgetFavourite(id));
    } catch (error) {
      tell(error);
    }
    await loadFavourites().catch(() => {});
    if (wishes.value.get(id) === wish)
      wishes.value = new Map([...wishes.value].filter(([other]) => other !== id));
  });
}

/** Asks for them anew: they may have changed in a bot, or in another tab. @throws ApiError */
export async function loadFavourites(signal?: AbortSignal): Promise<readonly Favourite[]> {
  favourites.value = await api.favourites(signal);
  return favourites.value;
}
