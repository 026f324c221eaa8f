/**
 * When a variant replaces a channel. off: never · gone: when the channel delivers no stream any more · bad: also when it
 * delivers one whose picture stays black or does not move.
 */
export const failoverModes = ['off', 'gone', 'bad'] as const;
export type FailoverMode = (typeof failoverModes)[number];
