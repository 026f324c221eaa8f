/**
 * What is wrong with a channel that comes: its picture stays black, or does not move any more; it is a notice of the
 * provider; there is nothing to hear; or it comes damaged.
 */
export const troubles = ['black', 'frozen', 'notice', 'silent', 'damaged'] as const;
export type TroubleKind = (typeof troubles)[number];

export interface Trouble {
  readonly kind: TroubleKind;
  /** Epoch milliseconds. */
  readonly since: number;
}
