import { usualPlaceOf } from '../domain/account-settings.ts';
import type { Category, Channel } from '../domain/channel.ts';
import type { AccountId } from '../domain/ids.ts';
import { foldWords } from './names/fold.ts';
import type { CatalogueData } from './snapshot.ts';
import { TimeSlices } from './time-slices.ts';

/** The list with `<account>:<id>` for the ids of its categories, since providers give the same ids. */
export async function withAccount(
  { channels, categories, refreshedAt }: CatalogueData,
  account: AccountId,
  signal?: AbortSignal,
): Promise<CatalogueData> {
  const slices = new TimeSlices(signal);
  const ids = new Map<string, string>();
  const idOf = (own: string): string => {
    const id = ids.get(own) ?? `${account}:${own}`;
    ids.set(own, id);
    return id;
  };
  const renamed: Channel[] = [];
  for (const channel of channels) {
    const { categoryId } = channel;
    renamed.push(categoryId === null ? channel : { ...channel, categoryId: idOf(categoryId) });
    if (slices.due()) await slices.rest();
  }
  return {
    channels: renamed,
    categories: categories.map(({ id, name }) => ({ id: idOf(id), name })),
    refreshedAt,
  };
}

/**
 * The categories of all accounts. A name that an account of a lower number has too gets the account behind it, in any order, since
 * settings name categories.
 */
export function labelled<T extends Category>(
  lists: readonly { readonly account: AccountId; readonly categories: readonly T[] }[],
): T[] {
  const known = new Set<string>();
  const shown = new Map<AccountId, T[]>();
  for (const { account, categories } of lists.toSorted(
    (one, other) => usualPlaceOf(one.account) - usualPlaceOf(other.account),
  )) {
    const names = categories.map(({ name }) => foldWords(name));
    shown.set(
      account,
      categories.map((category, at) =>
        known.has(names[at] ?? '') ? { ...category, name: `${category.name} (${account})` } : category,
      ),
    );
    for (const name of names) known.add(name);
  }
  return lists.flatMap(({ account }) => shown.get(account) ?? []);
}
