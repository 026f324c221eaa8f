/** When another variant of a channel takes its place. off: never · gone: when the channel does not come any more. */
export const failoverModes = ['off', 'gone'] as const;
export type FailoverMode = (typeof failoverModes)[number];
