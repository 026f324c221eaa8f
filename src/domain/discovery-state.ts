/**
 * Whether players of the local network find this server by themselves. `key_needed`: they would need a key, so it keeps
 * silent; `only_here`: it listens for this machine alone; `port_taken`: another program has the port of the discovery.
 */
export type DiscoveryState = 'off' | 'on' | 'key_needed' | 'only_here' | 'port_taken' | 'failed';
