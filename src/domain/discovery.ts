/** Whether players of the local network find this server by themselves, as an HDHomeRun tuner. */
export const discoveryModes = ['on', 'off'] as const;
