/** A piece of text. Names come from the provider and from people, so every renderer must escape them. */
export type Span =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  | { readonly link: string; readonly label: string }
  /** Epoch milliseconds, shown as hours and minutes, and the day, in the reader's own time where the platform can. */
  | { readonly clock: number; readonly withDate?: boolean }
  /**
   * Epoch milliseconds, shown as "5 minutes ago" or "in 30 seconds" where the platform keeps that true, else as hours and
   * minutes.
   */
  | { readonly ago: number };

export type Line = readonly Span[];
