import type { Channel } from '../domain/channel.ts';
import { accountOf, type ChannelId } from '../domain/ids.ts';
import type { Catalogue } from './catalogue.ts';
import { parseName } from './names/parse-name.ts';
import { orderVariants } from './variants.ts';

/**
 * A channel and what stands for it in each other account: the variant of its quality, or of the nearest one. Other variants of
 * its own account are a choice of people's, or of the failover.
 * @param isFit whether a variant of another account will do.
 */
export function variantsInAccounts(
  catalogue: Pick<Catalogue, 'snapshot' | 'groupOf'>,
  wanted: ChannelId,
  isFit: (variant: Channel) => boolean,
): ChannelId[] {
  const group = catalogue.groupOf(wanted);
  const channel = catalogue.snapshot().byId.get(wanted);
  if (!group || !channel) return [wanted];
  const own = accountOf(wanted);
  const others = group.variants.filter((other) => accountOf(other.id) !== own && isFit(other));
  if (others.length === 0) return [wanted];
  const entries = others.map((other) => ({ channel: other, traits: parseName(other.name) }));
  const best = new Map<string, ChannelId>();
  for (const { channel: other } of orderVariants(entries, parseName(channel.name).quality))
    if (!best.has(accountOf(other.id))) best.set(accountOf(other.id), other.id);
  return [wanted, ...best.values()];
}
