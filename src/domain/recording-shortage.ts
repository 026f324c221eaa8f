/** Why a recording may get no connection, as far as it can be foreseen. */
export type RecordingShortage =
  /** All connections are in use now. @param holders such as channel names */
  | { readonly kind: 'now'; readonly capacity: number; readonly holders: readonly string[] }
  /** As many other channels are recorded in its time as there are connections. @param holders their titles */
  | { readonly kind: 'then'; readonly capacity: number; readonly holders: readonly string[] }
  /** There is a single connection, which a screen with another channel would take. */
  | { readonly kind: 'single' };

/**
 * What helps where a recording gets no connection. archive: it is taken from the provider's archive afterwards · shorter: it
 * loses the minutes before and after its programme, as do those in its way · give_up: it is removed.
 */
export const waysOut = ['archive', 'shorter', 'give_up'] as const;
export type WayOut = (typeof waysOut)[number];
