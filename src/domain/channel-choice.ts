/** What somebody has chosen for a channel of the list. */
export interface ChannelChoice {
  /** What it is called and grouped by instead of the provider's name; null for the provider's. */
  readonly called: CalledAs | null;
  /** From 100, since players know screens by the numbers before; null for the provider's. */
  readonly number: number | null;
  /** Whether it is left out of the list. */
  readonly isHidden: boolean;
}

/** A channel's name for people, without country and quality, and its country. */
export interface CalledAs {
  readonly name: string;
  /** The code as lists write it: "DE". */
  readonly country: string | null;
}

export const FIRST_CHOSEN_NUMBER = 100;
export const LAST_CHOSEN_NUMBER = 99_999;
