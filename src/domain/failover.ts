/**
 * When another variant of a channel takes its place. off: never · gone: when the channel does not come any more · bad: also
 * when it comes, but its picture stays black or does not move.
 */
export const failoverModes = ['off', 'gone', 'bad'] as const;
export type FailoverMode = (typeof failoverModes)[number];
