/**
 * Troubles of a channel that does deliver a stream: the picture stays black, the picture stopped moving, the picture is a
 * notice of the provider, the sound is silent, or the stream is damaged.
 */
export const troubles = ['black', 'frozen', 'notice', 'silent', 'damaged'] as const;
export type TroubleKind = (typeof troubles)[number];

export interface Trouble {
  readonly kind: TroubleKind;
  /** Epoch milliseconds. */
  readonly since: number;
}
