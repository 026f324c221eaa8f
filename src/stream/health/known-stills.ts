import type { ChannelId } from '../../domain/ids.ts';
import { isFlat, isSame } from './picture-comparison.ts';

/** Largest number of channels to remember. */
const KEPT = 32;

/**
 * Remembers the pictures of channels that never moved. A picture that two channels show is a notice of the provider.
 */
export class KnownStills {
  readonly #byChannel = new Map<ChannelId, Uint8Array>();

  /** Remembers a picture. @param channel an id that all variants share. @returns true if another channel has shown it. */
  note(channel: ChannelId, picture: Uint8Array): boolean {
    if (isFlat(picture)) return false;
    this.#byChannel.delete(channel);
    const isKnown = [...this.#byChannel.values()].some((other) => isSame(other, picture));
    this.#byChannel.set(channel, picture);
    const [oldest] = this.#byChannel.keys();
    if (this.#byChannel.size > KEPT && oldest !== undefined) this.#byChannel.delete(oldest);
    return isKnown;
  }
}
