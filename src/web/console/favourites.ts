import { computed, signal } from '@preact/signals';
import { api } from '../common/api.ts';
import type { ChannelId, Favourite } from '../common/contract/channels.ts';
import { toastError } from '../common/failure.ts';

/** The favourites of the person who is logged in, which they also have in the bots, as last loaded. */
export const favourites = signal<readonly Favourite[]>([]);

interface PendingChange {
  readonly isKept: boolean;
}

/** The changes by channel that the server has not confirmed yet; they are shown as if they were done. */
const pendingChanges = signal<ReadonlyMap<ChannelId, PendingChange>>(new Map());

/** The ids of all variants of the favourites. */
const kept = computed(
  () => new Set(favourites.value.flatMap(({ channel }) => channel?.variants.map(({ id }) => id) ?? [])),
);

/** Runs the changes one after the other, so that the last press of a star wins. */
let queue: Promise<void> = Promise.resolve();

/** True if a channel is a favourite. @param ids its variants, as far as they are known */
export function isFavourite(ids: readonly ChannelId[]): boolean {
  const change = ids.map((id) => pendingChanges.value.get(id)).find((one) => one !== undefined);
  return change?.isKept ?? ids.some((id) => kept.value.has(id));
}

/** Adds or removes a favourite; after a failure, a toast says so and the star shows the server's state again. */
export function setFavourite(id: ChannelId, isKept: boolean): void {
  const change = { isKept };
  pendingChanges.value = new Map(pendingChanges.value).set(id, change);
  queue = queue.then(async () => {
    try {
      await (isKept ? api.keepFavourite(id) : api.forgetFavourite(id));
    } catch (error) {
      toastError(error);
    }
    await loadFavourites().catch(() => {});
    if (pendingChanges.value.get(id) === change)
      pendingChanges.value = new Map([...pendingChanges.value].filter(([other]) => other !== id));
  });
}

/** Loads the favourites, which may also change in a bot or in another tab. @throws ApiError */
export async function loadFavourites(signal?: AbortSignal): Promise<readonly Favourite[]> {
  favourites.value = await api.favourites(signal);
  return favourites.value;
}
