/**
 * What is wrong with a channel that comes: its picture stays black, or does not move any more; there is nothing to hear; or
 * it comes damaged.
 */
export const troubles = ['black', 'frozen', 'silent', 'damaged'] as const;
export type TroubleKind = (typeof troubles)[number];

export interface Trouble {
  readonly kind: TroubleKind;
  /** Epoch milliseconds. */
  readonly since: number;
}
