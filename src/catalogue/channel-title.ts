import type { ChannelId } from '../domain/ids.ts';
import type { Catalogue } from './catalogue.ts';
import { parseName } from './names/parse-name.ts';
import type { Quality } from './names/tags.ts';

/** A channel's name for people, and the quality that the list tells. */
export interface ChannelTitle {
  /** The name without country, quality and decoration: "TF1". */
  readonly name: string;
  readonly quality: Quality | null;
}

/**
 * The title that people read instead of the provider's name: "┃FR┃ TF1 ᶠᴴᴰ" is TF1 in FHD.
 * @param country the country of the category, if it is known, since "FR TF1" could be a name.
 */
export function channelTitle(raw: string, country: string | null = null): ChannelTitle {
  const { name, quality } = parseName(raw, country);
  return { name, quality };
}

/** The source of a channel's country. */
export interface TitleSource {
  readonly catalogue: Pick<Catalogue, 'groupOf'>;
}

/** The title of a channel in the list, whose group tells its country. */
export function titleOf(
  { catalogue }: TitleSource,
  { id, name }: { readonly id: ChannelId; readonly name: string },
): ChannelTitle {
  return channelTitle(name, catalogue.groupOf(id)?.country ?? null);
}

/** The title with its quality: "TF1 FHD". */
export function fullName(
  source: TitleSource,
  channel: { readonly id: ChannelId; readonly name: string },
): string {
  const { name, quality } = titleOf(source, channel);
  return quality === null ? name : `${name} ${quality}`;
}

/** The label of a remembered channel in the catalogue, or its title if it has left the catalogue. */
export function labelOf(
  { catalogue }: TitleSource,
  { channelId, channelName }: { readonly channelId: ChannelId; readonly channelName: string },
): string {
  return catalogue.groupOf(channelId)?.label ?? channelTitle(channelName).name;
}
