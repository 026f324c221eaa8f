import type { Catalogue } from './catalogue.ts';
import { parseName } from './names/parse-name.ts';
import type { Quality } from './names/tags.ts';

/** A channel's name as people say it, and what the list says of its picture. */
export interface ChannelTitle {
  /** Without country, quality and decoration: "TF1". */
  readonly name: string;
  readonly quality: Quality | null;
}

/**
 * What people read instead of the provider's name: "┃FR┃ TF1 ᶠᴴᴰ" is TF1 in FHD.
 * @param country of its category, where that is known: "FR TF1" could be a name.
 */
export function channelTitle(raw: string, country: string | null = null): ChannelTitle {
  const { name, quality } = parseName(raw, country);
  return { name, quality };
}

/** Where a channel's country is read from. */
export interface TitleSource {
  readonly catalogue: Pick<Catalogue, 'groupOf'>;
}

/** The same of a channel of the list, whose category says its country. */
export function titleOf(
  { catalogue }: TitleSource,
  { id, name }: { readonly id: number; readonly name: string },
): ChannelTitle {
  return channelTitle(name, catalogue.groupOf(id)?.country ?? null);
}

/** The title with its quality: "TF1 FHD". */
export function fullName(
  source: TitleSource,
  channel: { readonly id: number; readonly name: string },
): string {
  const { name, quality } = titleOf(source, channel);
  return quality === null ? name : `${name} ${quality}`;
}

/** The name that a remembered channel has in lists, or its title once it has left the catalogue. */
export function labelOf(
  { catalogue }: TitleSource,
  { channelId, channelName }: { readonly channelId: number; readonly channelName: string },
): string {
  return catalogue.groupOf(channelId)?.label ?? channelTitle(channelName).name;
}
