import type { Channel } from '../domain/channel.ts';
import type { Catalogue } from './catalogue.ts';
import { parseName } from './names/parse-name.ts';
import { orderVariants } from './variants.ts';

/** A channel as it was remembered. */
export interface RememberedChannel {
  readonly channelId: number;
  readonly channelName: string;
}

/**
 * The channel that was remembered, as the list has it now. Providers renumber their lists, and give a number that has
 * become free to another channel: so the name counts, and the id only where nobody has the name any more.
 * @returns null where it has left the list.
 */
export function findAgain(
  catalogue: Pick<Catalogue, 'snapshot' | 'groups'>,
  { channelId, channelName }: RememberedChannel,
): Channel | null {
  const known = catalogue.snapshot().byId.get(channelId) ?? null;
  if (known && isSame(known.name, channelName)) return known;
  const variants = catalogue.groups(channelName, { limit: 3 }).flatMap((group) => group.variants);
  return (
    variants.find(({ name }) => name === channelName) ??
    variants.find(({ name }) => isSame(name, channelName)) ??
    known
  );
}

/** All entries of the list that are a remembered channel, in its quality first; none where it has left the list. */
export function variantsOf(
  catalogue: Pick<Catalogue, 'snapshot' | 'groups' | 'groupOf'>,
  remembered: RememberedChannel,
): Channel[] {
  const channel = findAgain(catalogue, remembered);
  const group = channel && catalogue.groupOf(channel.id);
  if (!group) return [];
  const variants = group.variants.map((each) => ({ channel: each, traits: parseName(each.name) }));
  return orderVariants(variants, parseName(remembered.channelName).quality).map((each) => each.channel);
}

function isSame(name: string, other: string): boolean {
  if (name === other) return true;
  const [one, two] = [parseName(name), parseName(other)];
  return one.words === two.words && one.country === two.country;
}
