/** Milliseconds from one refresh of the channel list to the next. The guide and the doctor derive their limits from it. */
export const REFRESH_INTERVAL = 6 * 3_600_000;
