import type { TimeSlices } from '../catalogue/time-slices.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { OfferedChannel } from './offered-channels.ts';

interface KeptChannel {
  readonly channelId: ChannelId;
  readonly channelName: string;
}

/** The stored keys of channels. */
export interface LineUpKeys {
  /** A page of the keys that mean a channel, in their order. */
  page(after: number, limit: number): readonly { readonly key: number; readonly channelId: ChannelId }[];
  /** The keys of channels, minted where they are missing. */
  keysOf(channels: readonly KeptChannel[]): readonly number[];
  /** A further key of a channel, which is none of these. */
  mint(channel: KeptChannel, except: ReadonlySet<number>): number;
}

/** The numbers of a channel of the line-up, as `LineUpEntry` has them. */
export interface ChannelNumbers {
  readonly number: number;
  readonly shownNumber: number;
}

/** Keys that are read or minted at once, which takes a few milliseconds. */
const KEYS_AT_ONCE = 500;

/**
 * The numbers of channels, in their order. Each has the oldest key that any of its variants has, so that it keeps it when
 * another variant becomes the best. One whose key is a number that somebody has chosen for another shows a further key.
 */
export async function numberChannels(
  found: readonly OfferedChannel[],
  keys: LineUpKeys,
  slices: TimeSlices,
): Promise<readonly ChannelNumbers[]> {
  const taken = new Set(found.flatMap(({ chosenNumber }) => chosenNumber ?? []));
  const { first, further } = await knownKeys(keys, taken, slices);
  const keyed: (number | null)[] = [];
  const without: number[] = [];
  for (const [place, { variants }] of found.entries()) {
    const key = oldest(variants, first);
    keyed.push(key);
    if (key === null) without.push(place);
    if (slices.due()) await slices.rest();
  }
  for (let at = 0; at < without.length; at += KEYS_AT_ONCE) {
    const some = without.slice(at, at + KEYS_AT_ONCE);
    const minted = keys.keysOf(some.flatMap((place) => keptOf(found[place])));
    for (const [index, place] of some.entries()) keyed[place] = minted[index] ?? null;
    await slices.rest();
  }
  const left = new Set(taken);
  const numbers: ChannelNumbers[] = [];
  for (const [place, channel] of found.entries()) {
    const number = keyed[place] ?? 0;
    // Of two channels with one number, the first one shows it.
    const chosen = channel.chosenNumber !== null && left.delete(channel.chosenNumber);
    const own = chosen ? channel.chosenNumber : taken.has(number) ? null : number;
    const another = () => oldest(channel.variants, further) ?? keys.mint(toKept(channel), taken);
    numbers.push({ number, shownNumber: own ?? another() });
    if (slices.due()) await slices.rest();
  }
  return numbers;
}

/** The oldest key of each channel, and the oldest that is not taken of those whose oldest one is. */
async function knownKeys(
  keys: LineUpKeys,
  taken: ReadonlySet<number>,
  slices: TimeSlices,
): Promise<Record<'first' | 'further', ReadonlyMap<ChannelId, number>>> {
  const first = new Map<ChannelId, number>();
  const further = new Map<ChannelId, number>();
  for (let after = 0; ; ) {
    const page = keys.page(after, KEYS_AT_ONCE);
    for (const { key, channelId } of page) {
      const known = first.get(channelId);
      if (known === undefined) first.set(channelId, key);
      else if (taken.has(known) && !taken.has(key) && !further.has(channelId)) further.set(channelId, key);
    }
    const last = page.at(-1);
    if (!last) return { first, further };
    after = last.key;
    await slices.rest();
  }
}

/** The oldest key that any of the variants has; null if none has one. */
function oldest(variants: readonly ChannelId[], known: ReadonlyMap<ChannelId, number>): number | null {
  const keys = variants.flatMap((id) => known.get(id) ?? []);
  return keys.length > 0 ? Math.min(...keys) : null;
}

function keptOf(channel: OfferedChannel | undefined): KeptChannel[] {
  return channel ? [toKept(channel)] : [];
}

function toKept({ best }: OfferedChannel): KeptChannel {
  return { channelId: best.id, channelName: best.name };
}
