import type { Channel } from '../domain/channel.ts';
import { accountOf, type ChannelId } from '../domain/ids.ts';
import type { Catalogue } from './catalogue.ts';
import type { NamedChannel } from './channel-title.ts';
import { parseName } from './names/parse-name.ts';
import { orderVariants } from './variants.ts';

/** A channel by its id and name at an earlier time. */
export interface RememberedChannel {
  readonly channelId: ChannelId;
  readonly channelName: string;
}

/** A remembered channel in the form of the list's channels. */
export function toChannel({ channelId, channelName }: RememberedChannel): NamedChannel {
  return { id: channelId, name: channelName };
}

/** A channel of the current list and what it was recognised by; no channel if it is not in the list any more. */
export type Recognised =
  | { readonly by: 'name' | 'id'; readonly channel: Channel }
  | { readonly by: 'nothing'; readonly channel: null };

/**
 * Finds a remembered channel in the current list. Providers renumber their lists and give free ids to other channels, so the
 * name decides, and the id only if no channel has the name any more.
 */
export function recognise(
  catalogue: Pick<Catalogue, 'snapshot' | 'groups'>,
  { channelId, channelName }: RememberedChannel,
): Recognised {
  const known = catalogue.snapshot().byId.get(channelId) ?? null;
  if (known && isSame(known.name, channelName)) return { by: 'name', channel: known };
  const variants = catalogue.groups(channelName, { limit: 3 }).flatMap((group) => group.variants);
  const found =
    nearest(variants, channelId, ({ name }) => name === channelName) ??
    nearest(variants, channelId, ({ name }) => isSame(name, channelName));
  if (found) return { by: 'name', channel: found };
  return known ? { by: 'id', channel: known } : { by: 'nothing', channel: null };
}

/** The remembered channel in the current list; null if it is not in the list any more. */
export function findAgain(
  catalogue: Pick<Catalogue, 'snapshot' | 'groups'>,
  remembered: RememberedChannel,
): Channel | null {
  return recognise(catalogue, remembered).channel;
}

/** All variants of a remembered channel, those of its quality first; empty if it is not in the list any more. */
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

/** A channel of the same account is nearer than that of another. */
function nearest(
  variants: readonly Channel[],
  channelId: ChannelId,
  isWanted: (channel: Channel) => boolean,
): Channel | undefined {
  const wanted = variants.filter(isWanted);
  return wanted.find(({ id }) => accountOf(id) === accountOf(channelId)) ?? wanted[0];
}

function isSame(name: string, other: string): boolean {
  if (name === other) return true;
  const [one, two] = [parseName(name), parseName(other)];
  return one.words === two.words && one.country === two.country;
}
