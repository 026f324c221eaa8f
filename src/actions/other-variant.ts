import type { Catalogue } from '../catalogue/catalogue.ts';
import { variantsOf } from '../catalogue/find-again.ts';
import { type BroadcastStatus, chosenChannel } from '../domain/broadcast-status.ts';
import type { Channel } from '../domain/channel.ts';
import { nextVariant } from '../stream/screen/next-variant.ts';

/** The variant to take where what is on air is bad: the best one that is neither on air nor was left for that; null: none. */
export function otherVariant(
  { catalogue }: { readonly catalogue: Pick<Catalogue, 'snapshot' | 'groups' | 'groupOf'> },
  status: Pick<BroadcastStatus, 'channel' | 'standsInFor'>,
): Channel | null {
  const chosen = chosenChannel(status);
  if (!chosen || !status.channel) return null;
  const variants = variantsOf(catalogue, { channelId: chosen.id, channelName: chosen.name });
  const ids = variants.map(({ id }) => id);
  const next = nextVariant(status.channel.id, [chosen.id], ids);
  return variants.find(({ id }) => id === next) ?? null;
}
