import type { ChannelId } from '../domain/ids.ts';
import type { ChannelAddress } from './list-entry.ts';

/** Some channels, and their addresses as a JSON array in the same order. */
export interface AddressBatch {
  readonly ids: readonly ChannelId[];
  readonly packed: Uint8Array;
}

/**
 * The addresses of all channels of a list. They stay packed as they came, in batches, since 300,000 objects or one map of them
 * would hold up the process.
 */
export class ChannelAddresses {
  readonly #batches: { readonly indexes: ReadonlyMap<ChannelId, number>; readonly packed: Uint8Array }[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add({ ids, packed }: AddressBatch): void {
    this.#batches.push({ indexes: new Map(ids.map((id, index) => [id, index])), packed });
    this.#size += ids.length;
  }

  /** All batches, as they were added. */
  *batches(): Generator<AddressBatch> {
    for (const { indexes, packed } of this.#batches) yield { ids: [...indexes.keys()], packed };
  }

  /** The addresses of a channel, best first; null if the list does not have it. */
  of(id: ChannelId): readonly ChannelAddress[] | null {
    for (const { indexes, packed } of this.#batches) {
      const index = indexes.get(id);
      if (index === undefined) continue;
      const all: readonly (readonly ChannelAddress[])[] = JSON.parse(Buffer.from(packed).toString());
      return all[index] ?? null;
    }
    return null;
  }
}
