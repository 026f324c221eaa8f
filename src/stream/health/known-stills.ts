import { isFlat, isSame } from './picture-comparison.ts';

/** Channels whose still is remembered. */
const KEPT = 32;

/**
 * Remembers the pictures of channels that never moved. One that another channel has shown as well says nothing of either:
 * it is a notice of the provider.
 */
export class KnownStills {
  readonly #byChannel = new Map<number, Uint8Array>();

  /** @param channel any id that all variants of a channel share. @returns whether another channel has shown the same. */
  note(channel: number, picture: Uint8Array): boolean {
    if (isFlat(picture)) return false;
    this.#byChannel.delete(channel);
    const isKnown = [...this.#byChannel.values()].some((other) => isSame(other, picture));
    this.#byChannel.set(channel, picture);
    const [oldest] = this.#byChannel.keys();
    if (this.#byChannel.size > KEPT && oldest !== undefined) this.#byChannel.delete(oldest);
    return isKnown;
  }
}
