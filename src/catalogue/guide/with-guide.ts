import type { Channel } from '../../domain/channel.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Catalogue } from '../catalogue.ts';

/** The id of a variant that has a guide, since not every variant of a channel has one. */
export function withGuide(
  { catalogue }: { readonly catalogue: Pick<Catalogue, 'groupOf'> },
  { id, epgId }: Pick<Channel, 'id' | 'epgId'>,
): ChannelId {
  if (epgId !== null) return id;
  return catalogue.groupOf(id)?.variants.find((variant) => variant.epgId !== null)?.id ?? id;
}
