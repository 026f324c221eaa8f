import type { ChannelId } from '../domain/ids.ts';
import type { Catalogue } from './catalogue.ts';
import { parseName } from './names/parse-name.ts';
import type { Quality } from './names/tags.ts';

/** The source of a channel's name for people. */
export interface TitleSource {
  readonly catalogue: Pick<Catalogue, 'groupOf'>;
}

/** A channel as the provider names it, in the list or at an earlier time. */
export interface NamedChannel {
  readonly id: ChannelId;
  readonly name: string;
}

/** A channel with its name for people. */
export interface LabelledChannel extends NamedChannel {
  readonly label: string;
}

/** A channel's name for people, and the quality that the provider's name tells. */
export interface ChannelTitle {
  readonly name: string;
  readonly quality: Quality | null;
}

/**
 * The one name of a channel for people, without country, quality and decoration: "┃FR┃ TF1 ᶠᴴᴰ" is "TF1". Channels of the same
 * name have their country with it: "RTL (DE)". A channel that the list does not have by this id and name is named by its own name,
 * since the provider may have given its id to another one.
 */
export function labelOf({ catalogue }: TitleSource, { id, name }: NamedChannel): string {
  const group = catalogue.groupOf(id);
  const isListed = group?.variants.some((variant) => variant.id === id && variant.name === name);
  return group && isListed ? group.label : parseName(name, group?.country ?? null).name;
}

/** A channel as people are asked about it. */
export function labelled(source: TitleSource, { id, name }: NamedChannel): LabelledChannel {
  return { id, name, label: labelOf(source, { id, name }) };
}

/** The name for people, and the quality. */
export function titleOf(source: TitleSource, channel: NamedChannel): ChannelTitle {
  return { name: labelOf(source, channel), quality: parseName(channel.name).quality };
}

/** The name for people with the quality: "TF1 FHD". */
export function fullName(source: TitleSource, channel: NamedChannel): string {
  const { name, quality } = titleOf(source, channel);
  return quality === null ? name : `${name} ${quality}`;
}

/** The provider's name without its tags, by which people may also look for a channel that they remember. */
export function nameWithoutTags(raw: string): string {
  return parseName(raw).name;
}
